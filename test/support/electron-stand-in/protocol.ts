/**
 * Schemes of the program's own. Chromium cannot be taught one over its debugging port, so `scheme://host/path` is shown as
 * `http://host.scheme.localhost:port/path` (a secure context as well) and a server in this process asks the real handler.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Handler = (request: Request) => Response | Promise<Response>;

const schemes = new Set<string>();
const handlers = new Map<string, Handler>();
let server: Server | undefined;
let port = 0;

export const protocol = {
  registerSchemesAsPrivileged(list: readonly { readonly scheme: string }[]): void {
    for (const { scheme } of list) schemes.add(scheme);
  },
  handle(scheme: string, handler: Handler): void {
    handlers.set(scheme, handler);
  },
};

/** Where Chromium finds an address of the program's own scheme; other addresses stay as they are. */
export async function shownUrl(url: string): Promise<string> {
  await listen();
  const own = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)(.*)$/.exec(url);
  if (!own || !schemes.has(own[1]!)) return url;
  return `http://${own[2]}.${own[1]}.localhost:${port}${own[3] === '' ? '/' : own[3]}`;
}

/** The inverse: what the program knows as the address. */
export function programUrl(shown: string): string {
  const url = URL.parse(shown);
  const own = url && /^(.+)\.([a-z][a-z0-9+-]*)\.localhost$/.exec(url.hostname);
  if (!url || !own || url.port !== String(port) || !schemes.has(own[2]!)) return shown;
  return `${own[2]}://${own[1]}${url.pathname}${url.search}${url.hash}`;
}

async function listen(): Promise<void> {
  if (server) return;
  server = createServer((request, response) => void answer(request, response));
  server.unref();
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', () => resolve()));
  port = (server.address() as AddressInfo).port;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = programUrl(`http://${request.headers.host}${request.url}`);
  const handler = handlers.get(url.slice(0, url.indexOf(':')));
  if (!handler) {
    response.writeHead(404).end();
    return;
  }
  const answered = await handler(new Request(url, { method: request.method ?? 'GET' }));
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(Buffer.from(await answered.arrayBuffer()));
}
