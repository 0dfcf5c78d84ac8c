/**
 * Two ports joined in memory. Messages are cloned as on a real wire, so nobody can lean on shared objects, and arrive
 * in later microtasks in the order they were posted.
 */
import type { Port } from './port.ts';

class MemoryPort implements Port {
  #peer: MemoryPort | undefined;
  #listener: ((message: unknown) => void) | undefined;
  #closeListener: (() => void) | undefined;
  #isClosed = false;
  #waiting: unknown[] = [];

  join(peer: MemoryPort): void {
    this.#peer = peer;
  }

  post(message: unknown, transfer: readonly ArrayBuffer[] = []): void {
    const peer = this.#peer;
    if (this.#isClosed || !peer) return;
    const copy: unknown = structuredClone(message, { transfer });
    queueMicrotask(() => peer.#receive(copy));
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#listener = listener;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const message of waiting) queueMicrotask(() => this.#receive(message));
  }

  onClose(listener: () => void): void {
    this.#closeListener = listener;
    if (this.#isClosed) queueMicrotask(listener);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const peer = this.#peer;
    // Behind whatever was posted before, as on a real wire.
    if (peer) queueMicrotask(() => peer.close());
    this.#closeListener?.();
  }

  #receive(message: unknown): void {
    if (this.#isClosed) return;
    if (this.#listener) this.#listener(message);
    else this.#waiting.push(message);
  }
}

/** What is posted into one comes out of the other. Closing one closes both. */
export function createMemoryPorts(): readonly [Port, Port] {
  const left = new MemoryPort();
  const right = new MemoryPort();
  left.join(right);
  right.join(left);
  return [left, right];
}
