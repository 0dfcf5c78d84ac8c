/**
 * A reader in a process of its own, for statements that people write: SQLite's native code cannot be interrupted from
 * outside, a thread that is in it cannot be ended, and a program that holds such a thread cannot exit. A process can be
 * killed at any time. Speaks the same calls as a thread.
 */
import { EngineError } from '../engine-error.ts';
import { createCallClient, type CallClient, type Procedures } from './call-channel.ts';
import type { ReaderProcess } from './reader-process.ts';

export class WorkerProcess<P extends Procedures, Event> {
  readonly client: CallClient<P, Event>;
  readonly #child: ReaderProcess;
  readonly #exited: Promise<void>;
  #hasEnded = false;

  constructor(child: ReaderProcess) {
    this.#child = child;
    this.client = createCallClient<P, Event>(child);
    this.#exited = new Promise((resolve) => {
      child.onExit((error) => {
        this.#hasEnded = true;
        const why = error instanceof Error ? `: ${error.message}` : '.';
        this.client.fail(
          new EngineError('unavailable', `The reader process ended unexpectedly${why}`, { cause: error }),
        );
        resolve();
      });
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Ends the process at once; what it was asked for fails. Waits until it is gone. */
  async terminate(): Promise<void> {
    this.#child.kill();
    await this.#exited;
  }

  /** Fails what is under way with `error` and ends the process without waiting. */
  abandon(error: Error): void {
    this.#hasEnded = true;
    this.client.fail(error);
    this.#child.kill();
  }
}
