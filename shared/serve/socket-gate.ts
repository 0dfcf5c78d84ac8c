/**
 * The way in for sockets: `/rpc` speaks the engine's contract, `/host` the host's. A request is looked at as strictly as
 * any other, needs a session, and is granted that session's scope and nothing else.
 */
import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Port } from '../rpc/port.ts';
import { boundedSocketPort } from './bounded-socket.ts';
import type { HostLimits } from './host-limits.ts';
import type { Refusal } from './request-guard.ts';
import type { Session } from './sessions.ts';
import type { SocketSet } from './socket-set.ts';

/** Serves one port with what a session may do. */
export type PortService = (port: Port, session: Session) => void;

export interface SocketGateOptions {
  readonly limits: HostLimits;
  readonly sockets: SocketSet;
  /** The session of the request, or why it is refused. */
  readonly admit: (request: IncomingMessage) => Session | Refusal;
  /** By path: `/rpc`, `/host`. */
  readonly services: ReadonlyMap<string, PortService>;
}

export class SocketGate {
  readonly #options: SocketGateOptions;
  readonly #servers: Readonly<Record<Session['scope'], WebSocketServer>>;

  constructor(options: SocketGateOptions) {
    this.#options = options;
    const { limits } = options;
    const serverOf = (maxPayload: number): WebSocketServer =>
      // Compression would spend a peer's few bytes on much of our memory.
      new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload });
    this.#servers = {
      operator: serverOf(limits.maxOwnerMessageBytes),
      viewer: serverOf(limits.maxGuestMessageBytes),
    };
  }

  /** Answers an upgrade, whatever it holds. */
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Until ws takes over, an error of the wire would end the process.
    const ignore = (): void => undefined;
    socket.on('error', ignore);
    const service = this.#options.services.get(request.url ?? '');
    if (!service) return refuse(socket, { status: 404, message: 'There is nothing at this address.' });
    const admitted = this.#options.admit(request);
    if ('status' in admitted) return refuse(socket, admitted);
    if (this.#isFull(admitted.scope)) return refuse(socket, { status: 503, message: 'Too many pages are open.' });
    this.#servers[admitted.scope].handleUpgrade(request, socket, head, (webSocket) => {
      socket.off('error', ignore);
      const { sockets, limits } = this.#options;
      sockets.add(webSocket, admitted);
      service(boundedSocketPort(webSocket, { maxWaitingBytes: limits.maxWaitingBytes }), admitted);
    });
  }

  #isFull(scope: Session['scope']): boolean {
    const { limits, sockets } = this.#options;
    return sockets.countOf(scope) >= (scope === 'operator' ? limits.maxOwnerSockets : limits.maxGuestSockets);
  }
}

function refuse(socket: Duplex, { status, message }: Refusal): void {
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    `Content-Length: ${Buffer.byteLength(message)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${message}`);
}
