/**
 * The real loopback host, with a planted page and an engine session of the test's choice, and clients that send what a
 * browser never would: any header, any path, any frame.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { EngineSession } from '../../shared/engine/api/engine-session.ts';
import { startLoopbackHost } from '../../shared/serve/loopback-host.ts';
import type { LoopbackHost, LoopbackHostOptions } from '../../shared/serve/loopback-host.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
export interface AskOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Where to connect; 127.0.0.1 by default. */
  readonly address?: string;
}

export const PAGE_ASSET = '/assets/index-AbCd1234.js';

export class TestHost {
  readonly host: LoopbackHost;
  /** Holds `page`, `staging` and `cases`. */
  readonly folder: string;
  readonly bugs: readonly unknown[];
  /** The clock of sessions, in milliseconds. */
  readonly clock: { nowMs: number };

  constructor(host: LoopbackHost, folder: string, bugs: readonly unknown[], clock: { nowMs: number }) {
    this.host = host;
    this.folder = folder;
    this.bugs = bugs;
    this.clock = clock;
  }

  get authority(): string {
    return `127.0.0.1:${this.host.port}`;
  }
  get origin(): string {
    return `http://${this.authority}`;
  }
  get stagingParent(): string {
    return join(this.folder, 'staging');
  }

  /** One request with the path exactly as given. */
  ask(path: string, { method = 'GET', headers = {}, body, address = '127.0.0.1' }: AskOptions = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options = { host: address, port: this.host.port, path, method, headers, agent: false };
      const request = httpRequest(options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /** Sends bytes as they are and answers all that comes back until the connection ends. */
  askRaw(bytes: string): Promise<string> {
    return new Promise((resolve) => {
      let text = '';
      const socket = connect(this.host.port, '127.0.0.1', () => socket.write(bytes));
      socket.setEncoding('utf8').on('data', (part: string) => (text += part));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(text));
    });
  }

  /** The owner's cookie, by a link of its own. */
  async ownerCookie(): Promise<string> {
    return this.cookieOf(this.host.newOwnerLink());
  }

  /** The cookie a link is exchanged for. */
  async cookieOf(link: string): Promise<string> {
    const { hostname, pathname, search } = new URL(link);
    const headers = { host: new URL(link).host };
    const answer = await this.ask(pathname + search, { address: hostname, headers });
    const [cookie] = answer.headers['set-cookie'] ?? [];
    if (cookie === undefined) throw new Error(`No session for the link: ${answer.status} ${answer.body}`);
    return cookie.split(';')[0] ?? '';
  }

  /** A socket to `path`, not yet open. */
  socket(path: string, headers: Readonly<Record<string, string>>, options: { autoPong?: boolean } = {}): WebSocket {
    const { host } = headers;
    const { hostname } = new URL(`http://${host ?? this.authority}`);
    const isOwnAddress = /^[\d.]+$/.test(hostname);
    const address = isOwnAddress ? hostname : '127.0.0.1';
    return new WebSocket(`ws://${address}:${this.host.port}${path}`, { headers, ...options });
  }

  async close(): Promise<void> {
    await this.host.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function startTestHost(options: Partial<LoopbackHostOptions> = {}): Promise<TestHost> {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-serve-test-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  mkdirSync(join(folder, 'staging'));
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html><title>planted page</title>\n');
  writeFileSync(join(folder, 'page', PAGE_ASSET), 'export {};\n');
  writeFileSync(join(folder, 'secret.html'), 'secret beside the page\n');
  const bugs: unknown[] = [];
  const clock = { nowMs: 1_000_000 };
  const host = await startLoopbackHost({
    session: new EngineSession(() => Promise.reject(new Error('this test opens no case'))),
    pageFolder: join(folder, 'page'),
    stagingParent: join(folder, 'staging'),
    casesFolder: join(folder, 'cases'),
    port: 0,
    shareAddress: null,
    onBug: (error) => bugs.push(error),
    nowMs: () => clock.nowMs,
    ...options,
  });
  return new TestHost(host, folder, bugs, clock);
}

/** How a socket ended: refused with an HTTP status, or closed with a code. */
export interface SocketEnd {
  readonly status?: number;
  readonly code?: number;
  readonly reason?: string;
}

/** Resolves when the socket is over, however that came about. */
export function endOf(socket: WebSocket): Promise<SocketEnd> {
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.once('unexpected-response', (request, response) => {
      resolve({ status: response.statusCode ?? 0 });
      request.destroy();
    });
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
}

export function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
}
