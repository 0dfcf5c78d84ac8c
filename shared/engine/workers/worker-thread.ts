/**
 * A worker thread as its owner sees it: typed calls, and a crash that fails them with a sentence. A crashed thread is
 * replaced by asking the slot again; nothing else in the engine notices.
 */
import { Worker } from 'node:worker_threads';
import { EngineError } from '../engine-error.ts';
import { createCallClient, type CallClient, type Procedures } from './call-channel.ts';
import type { WorkerRole } from './contract.ts';

const NURSERY_MB = 24;

export class WorkerThread<P extends Procedures, Event> {
  readonly client: CallClient<P, Event>;
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  #hasEnded = false;

  constructor(role: WorkerRole) {
    // Run from source the entry is TypeScript; the bundle puts a JavaScript twin beside this module.
    const entry = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
    this.#worker = new Worker(new URL(entry, import.meta.url), {
      workerData: role,
      name: `faultline ${role.role}`,
      // Batches die young; a large nursery only lets dead ones pile up (measured: a third of the peak memory of an import).
      ...(role.role !== 'analysis' && { resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MB } }),
    });
    this.client = createCallClient<P, Event>(this.#worker);
    this.#worker.on('error', (error) => this.#end(role, error));
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#end(role, undefined);
        resolve();
      });
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Ends the thread at once; what it was asked for fails. Waits until it is gone. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
    await this.#exited;
  }

  /** Gives a thread up that does not answer: native code cannot be interrupted, so it may run on for a while. */
  abandon(error: Error): void {
    this.#hasEnded = true;
    this.client.fail(error);
    this.#worker.unref();
    void this.#worker.terminate();
  }

  #end(role: WorkerRole, error: unknown): void {
    this.#hasEnded = true;
    const why = error instanceof Error ? `: ${error.message}` : '.';
    this.client.fail(
      new EngineError('unavailable', `The ${role.role} thread ended unexpectedly${why}`, { cause: error }),
    );
  }
}

/** Holds one thread, started when first needed and anew after a crash. */
export class ThreadSlot<
  P extends Procedures,
  Event,
  Thread extends { readonly hasEnded: boolean } = WorkerThread<P, Event>,
> {
  readonly #start: () => Thread;
  #thread: Thread | undefined;
  #isRetired = false;

  constructor(start: () => Thread) {
    this.#start = start;
  }

  /** No thread is started from here on; the one that lives may finish. */
  retire(): void {
    this.#isRetired = true;
  }

  /** Throws `failed_precondition` once retired. */
  get(): Thread {
    if (this.#isRetired) throw new EngineError('failed_precondition', 'The case was closed.');
    if (!this.#thread || this.#thread.hasEnded) this.#thread = this.#start();
    return this.#thread;
  }

  /** The thread, if one was ever started and lives. */
  get current(): Thread | undefined {
    return this.#thread?.hasEnded === false ? this.#thread : undefined;
  }
}
