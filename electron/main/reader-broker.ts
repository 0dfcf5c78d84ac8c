/**
 * In the engine's process: readers that can be killed, as processes of their own. An installed Electron does not start
 * itself as Node (a fuse forbids it), so the main process starts them and hands the port over.
 */
import type { MessagePortMain } from 'electron';
import type { ReaderProcess } from '../../shared/engine/workers/reader-process.ts';
import type { FromEngine } from './engine-messages.ts';

export class ReaderBroker {
  readonly #post: (message: FromEngine) => void;
  readonly #readers = new Map<number, BrokeredReader>();
  #nextId = 1;

  constructor(post: (message: FromEngine) => void) {
    this.#post = post;
  }

  readonly start = (caseFile: string): ReaderProcess => {
    const readerId = this.#nextId++;
    const reader = new BrokeredReader(() => this.#post({ type: 'killReader', readerId }));
    this.#readers.set(readerId, reader);
    this.#post({ type: 'startReader', readerId, caseFile });
    return reader;
  };

  /** The main process has started it. */
  started(readerId: number, port: MessagePortMain): void {
    this.#readers.get(readerId)?.connect(port);
  }

  ended(readerId: number): void {
    this.#readers.get(readerId)?.exit();
    this.#readers.delete(readerId);
  }
}

class BrokeredReader implements ReaderProcess {
  readonly #kill: () => void;
  readonly #exitListeners: (() => void)[] = [];
  #port: MessagePortMain | undefined;
  #unsent: unknown[] = [];
  #listener: ((message: unknown) => void) | undefined;

  constructor(kill: () => void) {
    this.#kill = kill;
  }

  postMessage(message: unknown): void {
    if (this.#port) this.#port.postMessage(message);
    else this.#unsent.push(message);
  }
  on(_event: 'message', listener: (message: unknown) => void): void {
    this.#listener = listener;
  }
  onExit(listener: () => void): void {
    this.#exitListeners.push(listener);
  }
  kill(): void {
    this.#kill();
  }

  connect(port: MessagePortMain): void {
    this.#port = port;
    port.on('message', ({ data }) => this.#listener?.(data));
    port.start();
    for (const message of this.#unsent) port.postMessage(message);
    this.#unsent = [];
  }
  exit(): void {
    this.#port?.close();
    for (const listener of this.#exitListeners) listener();
  }
}
