/**
 * Turns what threads report into the progress of a job: one share over all its stages, time left, and no more than ten
 * events a second (a new stage of an import is told at once).
 */
import type { JobId } from '../../model/ids.ts';
import type { JobKind, JobProgress, JobStatus } from '../engine-interface.ts';
import type { StageProgress } from '../workers/contract.ts';

const MIN_EVENT_GAP_MS = 100;
/** Before this an estimate is a guess. */
const MIN_ELAPSED_FOR_ESTIMATE_MS = 1_000;
const MIN_SHARE_FOR_ESTIMATE = 0.02;

/** Where each stage of an import begins and ends in the whole; other stages report the whole themselves. */
const STAGES: Readonly<Record<string, readonly [number, number]>> = {
  reading: [0, 0.8],
  indexing: [0.8, 0.9],
  'full text': [0.9, 1],
};

export class JobProgressMeter {
  readonly #emit: (progress: JobProgress) => void;
  readonly #clock: () => number;
  readonly #started: number;
  #lastEmitted = -Infinity;
  #progress: JobProgress;

  /** `clock` in milliseconds, monotonic. */
  constructor(
    job: { readonly id: JobId; readonly kind: JobKind; readonly bytesTotal: number },
    emit: (progress: JobProgress) => void,
    clock: () => number = () => performance.now(),
  ) {
    this.#emit = emit;
    this.#clock = clock;
    this.#started = clock();
    this.#progress = {
      jobId: job.id,
      kind: job.kind,
      status: 'running',
      sequence: 0,
      stage: job.kind === 'import' ? 'reading' : 'loading',
      path: '',
      share: 0,
      bytesRead: 0,
      bytesTotal: job.bytesTotal,
      filesDone: 0,
      rows: 0,
      elapsedMs: 0,
      remainingMs: null,
    };
  }

  get current(): JobProgress {
    return this.#progress;
  }

  update(stage: Partial<StageProgress>): void {
    // A thread that was given up may still talk.
    if (this.#progress.status !== 'running') return;
    const elapsedMs = this.#clock() - this.#started;
    const isNewStage = stage.stage !== undefined && stage.stage !== this.#progress.stage && stage.stage in STAGES;
    const share = Math.max(this.#progress.share, overallShare(stage.stage ?? this.#progress.stage, stage.share ?? 0));
    this.#progress = { ...this.#progress, ...stage, share, elapsedMs, remainingMs: remaining(elapsedMs, share) };
    if (isNewStage || this.#clock() - this.#lastEmitted >= MIN_EVENT_GAP_MS) this.#send();
  }

  /** The last event of a job always goes out. */
  end(status: JobStatus): JobProgress {
    const share = status === 'succeeded' ? 1 : this.#progress.share;
    const elapsedMs = this.#clock() - this.#started;
    this.#progress = { ...this.#progress, status, share, elapsedMs, remainingMs: status === 'succeeded' ? 0 : null };
    this.#send();
    return this.#progress;
  }

  #send(): void {
    this.#lastEmitted = this.#clock();
    this.#progress = { ...this.#progress, sequence: this.#progress.sequence + 1 };
    this.#emit(this.#progress);
  }
}

function overallShare(stage: string, share: number): number {
  const [from, to] = STAGES[stage] ?? [0, 1];
  return from + (to - from) * Math.min(1, Math.max(0, share));
}

function remaining(elapsedMs: number, share: number): number | null {
  if (elapsedMs < MIN_ELAPSED_FOR_ESTIMATE_MS || share < MIN_SHARE_FOR_ESTIMATE) return null;
  return (elapsedMs * (1 - share)) / share;
}
