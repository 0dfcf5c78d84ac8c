/**
 * Signs to a job in shared memory: a busy thread sees them without returning to its event loop. Word 0 says stop; word 1
 * that a person waits for an answer.
 */
import { EngineError } from '../engine-error.ts';
import type { CancelFlag } from './contract.ts';

const STOP = 0;
const WAITING = 1;
/** A job stands aside for at most so long, and then works for at least so long, whoever waits. */
const ASIDE_MS = 60;
const WORK_MS = 20;
/** When this thread last stood aside; all loops of its job count as one. */
let resumedAt = -Infinity;

export function createCancelFlag(): CancelFlag {
  return new SharedArrayBuffer(8);
}
export function raiseCancelFlag(flag: CancelFlag): void {
  const words = new Int32Array(flag);
  Atomics.store(words, STOP, 1);
  setWaiting(flag, false);
}
export function isCancelled(flag: CancelFlag): boolean {
  return Atomics.load(new Int32Array(flag), STOP) !== 0;
}

/** Asks the job to leave the machine to what a person waits for, or to go on. */
export function setWaiting(flag: CancelFlag, isWaiting: boolean): void {
  const words = new Int32Array(flag);
  Atomics.store(words, WAITING, isWaiting ? 1 : 0);
  if (!isWaiting) Atomics.notify(words, WAITING);
}

/** A function that blocks the thread of a job for a little while a person waits; cheap when nobody does, or it is to stop. */
export function asideStep(flag: CancelFlag): () => void {
  const words = new Int32Array(flag);
  return () => {
    if (Atomics.load(words, WAITING) === 0 || Atomics.load(words, STOP) !== 0) return;
    if (performance.now() - resumedAt < WORK_MS) return;
    Atomics.wait(words, WAITING, 1, ASIDE_MS);
    resumedAt = performance.now();
  };
}

/** A function for inner loops: throws `cancelled` once the flag is up. A job also stands aside in it. */
export function cancelCheck(flag: CancelFlag): () => void {
  const words = new Int32Array(flag);
  const stepAside = asideStep(flag);
  return () => {
    stepAside();
    if (Atomics.load(words, STOP) !== 0) throw new EngineError('cancelled', 'The job was cancelled.');
  };
}
