/**
 * The open sockets of a host: asks each whether its peer is still there, ends those whose session is over, and closes
 * all of them politely at the end.
 */
import type { WebSocket } from 'ws';
import { CLOSE } from './bounded-socket.ts';
import type { Session } from './sessions.ts';

interface KeptSocket {
  readonly socket: WebSocket;
  readonly session: Session;
  isAlive: boolean;
  waitingBytes: number;
}

export class SocketSet {
  readonly #kept = new Set<KeptSocket>();
  readonly #nowMs: () => number;
  readonly #timer: NodeJS.Timeout;
  #isClosing = false;

  constructor(pingIntervalMs: number, nowMs: () => number) {
    this.#nowMs = nowMs;
    // A whole turn of the loop later, when what has arrived was read: an answer may have lain here while the machine slept.
    this.#timer = setInterval(() => setImmediate(() => setImmediate(() => this.#look())), pingIntervalMs);
    this.#timer.unref();
  }

  countOf(scope: Session['scope']): number {
    return [...this.#kept].filter(({ session }) => session.scope === scope).length;
  }

  add(socket: WebSocket, session: Session): void {
    const kept: KeptSocket = { socket, session, isAlive: true, waitingBytes: 0 };
    this.#kept.add(kept);
    socket.on('pong', () => (kept.isAlive = true));
    socket.on('message', () => (kept.isAlive = true));
    socket.once('close', () => this.#kept.delete(kept));
  }

  /** Resolves when every socket is gone: politely, or cut after the time given. */
  async closeAll(reason: string, timeoutMs: number): Promise<void> {
    clearInterval(this.#timer);
    this.#isClosing = true;
    const gone = [...this.#kept].map(
      ({ socket }) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
    );
    for (const { socket } of this.#kept) socket.close(CLOSE.goingAway, reason);
    const cut = setTimeout(() => {
      for (const { socket } of this.#kept) socket.terminate();
    }, timeoutMs);
    await Promise.all(gone);
    clearTimeout(cut);
  }

  #look(): void {
    if (this.#isClosing) return;
    for (const kept of this.#kept) {
      const { socket, session } = kept;
      if (session.expiresMs <= this.#nowMs()) {
        socket.close(CLOSE.policy, 'The session is over. Open the link again.');
        continue;
      }
      // A pong waits behind what was sent before it: a peer that still takes that is there.
      const isReading = socket.bufferedAmount < kept.waitingBytes;
      if (!kept.isAlive && !isReading) {
        socket.terminate();
        continue;
      }
      kept.isAlive = false;
      kept.waitingBytes = socket.bufferedAmount;
      socket.ping();
    }
  }
}
