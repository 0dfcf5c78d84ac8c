/**
 * The loopback host: the page, its ports and uploads on 127.0.0.1, and for guests on another interface when sharing was
 * chosen (docs/adr/0006). Wires the parts of this folder together and owns the listening sockets; it computes nothing.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { contract } from '../contract/contract.ts';
import { hostContract } from '../contract/host-contract.ts';
import { contractErrorOf } from '../engine/api/contract-error-of.ts';
import { contractHandlers } from '../engine/api/contract-handlers.ts';
import type { EngineSession } from '../engine/api/engine-session.ts';
import { PRODUCT_VERSION } from '../engine/product-version.ts';
import { serve } from '../rpc/server.ts';
import { browserHostHandlers } from './browser-host-handlers.ts';
import { DEFAULT_LIMITS } from './host-limits.ts';
import type { HostLimits } from './host-limits.ts';
import { readPageFiles } from './page-files.ts';
import { PageRoutes } from './page-routes.ts';
import { isRefusal, placeOf } from './request-guard.ts';
import type { GuardOptions, Refusal } from './request-guard.ts';
import { sessionSecretOf } from './session-cookie.ts';
import { Sessions } from './sessions.ts';
import type { Session } from './sessions.ts';
import { EVERY_INTERFACE, hostOf, sharedAddresses, sharedNames } from './share-addresses.ts';
import { SocketGate } from './socket-gate.ts';
import type { PortService } from './socket-gate.ts';
import { SocketSet } from './socket-set.ts';
import { StagingFolder, sweepStagingFolders } from './staging-folder.ts';

const LOOPBACK = '127.0.0.1';

export interface LoopbackHostOptions {
  /** What answers the engine's contract, for all pages of this host. Closed with the host. */
  readonly session: EngineSession;
  /** dist/page. */
  readonly pageFolder: string;
  /** Where uploads are staged, in a private folder of its own. */
  readonly stagingParent: string;
  /** Where cases go that a page asks for. */
  readonly casesFolder: string;
  /** 0 = any free one. */
  readonly port: number;
  /** The address guests may come in on; null = this machine only. */
  readonly shareAddress: string | null;
  /** Gets what nobody foresaw. */
  readonly onBug: (error: unknown, where: string) => void;
  /** Check what handlers answer against the contract. */
  readonly isOutputChecked?: boolean;
  readonly limits?: Partial<HostLimits>;
  /** Unix milliseconds; the clock of the machine by default. */
  readonly nowMs?: () => number;
}

export interface LoopbackHost {
  readonly port: number;
  /** A fresh link for the owner; it works once. */
  newOwnerLink(): string;
  /** Links for guests, one per address of this machine; empty without sharing. */
  readonly viewerLinks: readonly string[];
  /** Refuses what is new, says goodbye to what is open, closes the case, removes what was staged. */
  close(): Promise<void>;
}

/** Resolves when the host listens; rejects when it cannot (a port in use, an address that is not ours, no page). */
export async function startLoopbackHost(options: LoopbackHostOptions): Promise<LoopbackHost> {
  const host = new Host(options, await readPageFiles(options.pageFolder));
  await sweepStagingFolders(options.stagingParent);
  await host.listen();
  return host;
}

class Host implements LoopbackHost {
  readonly #options: LoopbackHostOptions;
  readonly #limits: HostLimits;
  readonly #sessions: Sessions;
  readonly #sockets: SocketSet;
  readonly #staging: StagingFolder;
  readonly #routes: PageRoutes;
  readonly #gate: SocketGate;
  readonly #guard: GuardOptions;
  readonly #servers: Server[] = [];
  readonly #connections = new Map<string, number>();
  #port = 0;
  #closing: Promise<void> | undefined;

  constructor(options: LoopbackHostOptions, files: ConstructorParameters<typeof PageRoutes>[0]['files']) {
    const nowMs = options.nowMs ?? Date.now;
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#guard = { sharedNames: options.shareAddress === null ? new Set() : sharedNames() };
    this.#sessions = new Sessions({ nowMs, isShared: options.shareAddress !== null });
    this.#sockets = new SocketSet(this.#limits.pingIntervalMs, nowMs);
    this.#staging = new StagingFolder(options.stagingParent);
    this.#routes = new PageRoutes({
      files,
      sessions: this.#sessions,
      staging: this.#staging,
      guard: this.#guard,
      uploadIdleMs: this.#limits.uploadIdleMs,
      onBug: options.onBug,
    });
    this.#gate = new SocketGate({
      limits: this.#limits,
      sockets: this.#sockets,
      admit: (request) => this.#admit(request),
      services: new Map([
        ['/rpc', this.#engineService()],
        ['/host', this.#hostService()],
      ]),
    });
  }

  get port(): number {
    return this.#port;
  }

  get viewerLinks(): readonly string[] {
    const { viewerToken } = this.#sessions;
    const { shareAddress } = this.#options;
    if (viewerToken === null || shareAddress === null) return [];
    return sharedAddresses(shareAddress).map((address) => linkOf(address, this.port, viewerToken));
  }

  newOwnerLink(): string {
    return linkOf(LOOPBACK, this.port, this.#sessions.newOwnerToken());
  }

  async listen(): Promise<void> {
    const { shareAddress, port } = this.#options;
    const isEverywhere = shareAddress === EVERY_INTERFACE || shareAddress === '::';
    try {
      await this.#listenOn(isEverywhere ? shareAddress : LOOPBACK, port);
      // One interface was chosen: the owner still comes in on this machine's own.
      if (shareAddress !== null && !isEverywhere && shareAddress !== LOOPBACK) {
        await this.#listenOn(shareAddress, this.#port);
      }
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { closeTimeoutMs } = this.#limits;
    const closed = this.#servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    for (const server of this.#servers) server.closeIdleConnections();
    await this.#sockets.closeAll('Faultline is shutting down.', closeTimeoutMs);
    for (const server of this.#servers) server.closeAllConnections();
    await Promise.all(closed);
    await this.#options.session.close();
    await this.#staging.remove();
  }

  async #listenOn(address: string, port: number): Promise<void> {
    const { maxHeaderBytes, headersTimeoutMs, maxConnections } = this.#limits;
    const server = createServer({
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: headersTimeoutMs,
      connectionsCheckingInterval: Math.min(headersTimeoutMs, 5_000),
      // An upload may take as long as it moves (see upload-route); everything else has no body.
      requestTimeout: 0,
      requireHostHeader: true,
    });
    server.maxConnections = maxConnections;
    server.on('connection', (socket: Socket) => this.#count(socket));
    server.on('request', (request, response) => void this.#routes.handle(request, response));
    server.on('upgrade', (request, socket, head) => this.#gate.handle(request, socket, head));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, address, () => {
        server.off('error', reject);
        server.on('error', (error) => this.#options.onBug(error, 'listening'));
        resolve();
      });
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#servers.push(server);
  }

  /** One machine cannot take all connections from the rest of the room. */
  #count(socket: Socket): void {
    const address = socket.remoteAddress ?? '';
    if (address.endsWith(LOOPBACK)) return;
    const count = (this.#connections.get(address) ?? 0) + 1;
    if (count > this.#limits.maxConnectionsOfOneGuest) {
      socket.destroy();
      return;
    }
    this.#connections.set(address, count);
    socket.once('close', () => {
      const left = (this.#connections.get(address) ?? 1) - 1;
      if (left === 0) this.#connections.delete(address);
      else this.#connections.set(address, left);
    });
  }

  #admit(request: IncomingMessage): Session | Refusal {
    if (this.#closing) return { status: 503, message: 'Faultline is shutting down.' };
    const place = placeOf(request, this.#guard, true);
    if (isRefusal(place)) return place;
    const session = this.#sessions.find(sessionSecretOf(request), place.isLocal);
    return session ?? { status: 401, message: 'This socket needs a session. Open the link that Faultline printed.' };
  }

  #engineService(): PortService {
    const handlers = contractHandlers(this.#options.session);
    return (port, { scope }) => {
      serve(contract, handlers, port, {
        engineVersion: PRODUCT_VERSION,
        scope,
        isOutputChecked: this.#options.isOutputChecked === true,
        errorOf: contractErrorOf,
        onBug: this.#options.onBug,
      });
    };
  }

  #hostService(): PortService {
    const { casesFolder, shareAddress, onBug } = this.#options;
    const handlers = browserHostHandlers({
      version: PRODUCT_VERSION,
      isSharing: shareAddress !== null,
      casesFolder,
      staging: this.#staging,
    });
    return (port, { scope }) => {
      // The owner sits at this machine: what the host offers in place of dialogs is theirs.
      const granted = scope === 'operator' ? 'host' : scope;
      serve(hostContract, handlers, port, { engineVersion: PRODUCT_VERSION, scope: granted, onBug });
    };
  }
}

function linkOf(address: string, port: number, token: string): string {
  return `http://${hostOf(address, port)}/?token=${token}`;
}
