/**
 * Imports and analyses as jobs: one at a time, with progress, cancel, and a row in the case's history that says how each
 * ended.
 */
import { randomUUID } from 'node:crypto';
import type { JobId } from '../../model/ids.ts';
import { EngineError } from '../engine-error.ts';
import type { JobKind, JobProgress, JobStatus, StartedJob } from '../engine-interface.ts';
import { createCancelFlag, raiseCancelFlag, setWaiting } from '../workers/cancel-flag.ts';
import type { CancelFlag, JobEnd, JobStart } from '../workers/contract.ts';
import { JobProgressMeter } from './job-progress.ts';

/** Where jobs are written down. */
export interface JobJournal {
  startJob(job: JobStart): Promise<void>;
  updateJob(progress: JobProgress): Promise<void>;
  finishJob(job: JobEnd): Promise<void>;
}
export interface RunningJob {
  readonly id: JobId;
  readonly cancel: CancelFlag;
  readonly meter: JobProgressMeter;
  /** Called when the job is cancelled, after the flag is up. */
  onCancel?: (() => void) | undefined;
}
export interface JobOrder<T> {
  readonly kind: JobKind;
  readonly parametersJson: string;
  readonly bytesTotal: number;
  run(job: RunningJob): Promise<T>;
  /** What history keeps of the result, as JSON; null for nothing. */
  summary(result: T): string | null;
}

const JOURNAL_GAP_MS = 2_000;
/** What an input asks for is answered and drawn in this time. */
const ASIDE_MS = 500;
/** Most batches and steps of the writer take less. */
const STEP_MS = 200;

export class JobList {
  readonly #journal: JobJournal;
  readonly #listeners = new Set<(progress: JobProgress) => void>();
  #running: { readonly job: RunningJob; readonly ended: Promise<unknown> } | undefined;
  #lastJournalled = 0;
  #goOn: NodeJS.Timeout | undefined;
  #workOnUntil = -Infinity;

  constructor(journal: JobJournal) {
    this.#journal = journal;
  }

  onProgress(listener: (progress: JobProgress) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  get running(): RunningJob | undefined {
    return this.#running?.job;
  }

  /** Throws `failed_precondition` while a job runs; for who has to look at much before it can start one. */
  refuseBeside(): void {
    if (!this.#running) return;
    throw new EngineError('failed_precondition', `Job ${this.#running.job.id} is running; wait for it or cancel it.`);
  }

  async start<T>(order: JobOrder<T>): Promise<StartedJob<T>> {
    this.refuseBeside();
    const id = randomUUID() as JobId;
    const meter = new JobProgressMeter({ id, kind: order.kind, bytesTotal: order.bytesTotal }, (progress) =>
      this.#tell(progress),
    );
    const job: RunningJob = { id, cancel: createCancelFlag(), meter };
    let release: (value: unknown) => void = () => undefined;
    this.#running = { job, ended: new Promise((resolve) => (release = resolve)) };
    try {
      await this.#journal.startJob({
        id,
        kind: order.kind,
        parametersJson: order.parametersJson,
        progress: meter.current,
      });
    } catch (error) {
      this.#running = undefined;
      release(undefined);
      throw error;
    }
    const result = this.#run(job, order).finally(() => {
      this.#running = undefined;
      release(undefined);
    });
    // The caller may look at the result later or only at the events.
    result.catch(() => undefined);
    return { id, result };
  }

  cancel(id: JobId): boolean {
    if (this.#running?.job.id !== id) return false;
    raiseCancelFlag(this.#running.job.cancel);
    this.#running.job.onCancel?.();
    return true;
  }

  /** Whether a job runs; it then leaves the machine to a person for a moment. */
  standAside(): boolean {
    const running = this.#running?.job;
    if (!running) return false;
    if (performance.now() < this.#workOnUntil) return true;
    setWaiting(running.cancel, true);
    clearTimeout(this.#goOn);
    this.#goOn = setTimeout(() => setWaiting(running.cancel, false), ASIDE_MS).unref();
    return true;
  }

  /** Before a person's change: it waits for the writer's batch or step, soon over unless that stands aside. */
  workOn(): void {
    this.#workOnUntil = performance.now() + STEP_MS;
    if (this.#running) setWaiting(this.#running.job.cancel, false);
  }

  /** Cancels what runs and waits until it has ended. */
  async stop(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.cancel(running.job.id);
    await running.ended;
  }

  async #run<T>(job: RunningJob, order: JobOrder<T>): Promise<T> {
    try {
      const result = await order.run(job);
      await this.#finish(job, 'succeeded', null, order.summary(result));
      return result;
    } catch (error) {
      const isCancelled = error instanceof EngineError && error.code === 'cancelled';
      const message = error instanceof Error ? error.message : String(error);
      // The journal may be what failed (a full disk): the first error is the one to tell.
      await this.#finish(job, isCancelled ? 'cancelled' : 'failed', message, null).catch(() => undefined);
      throw error;
    }
  }

  async #finish(job: RunningJob, status: JobStatus, error: string | null, reportJson: string | null): Promise<void> {
    const progress = job.meter.end(status);
    await this.#journal.finishJob({ id: job.id, status, error, reportJson, progress });
  }

  #tell(progress: JobProgress): void {
    for (const listener of this.#listeners) {
      try {
        listener(progress);
      } catch (error) {
        // Who watches a job must not break it: this listener hears no more, and the fault is said once.
        this.#listeners.delete(listener);
        process.emitWarning(`A listener of job progress failed and was taken off: ${String(error)}`);
      }
    }
    const now = performance.now();
    if (progress.status !== 'running' || now - this.#lastJournalled < JOURNAL_GAP_MS) return;
    this.#lastJournalled = now;
    this.#journal.updateJob(progress).catch(() => undefined);
  }
}
