/** A stop sign in shared memory: a busy thread sees it without returning to its event loop. */
import { EngineError } from '../engine-error.ts';
import type { CancelFlag } from './contract.ts';

export function createCancelFlag(): CancelFlag {
  return new SharedArrayBuffer(4);
}
export function raiseCancelFlag(flag: CancelFlag): void {
  Atomics.store(new Int32Array(flag), 0, 1);
}
export function isCancelled(flag: CancelFlag): boolean {
  return Atomics.load(new Int32Array(flag), 0) !== 0;
}
/** A function that throws `cancelled` once the flag is up; cheap enough for inner loops. */
export function cancelCheck(flag: CancelFlag): () => void {
  const word = new Int32Array(flag);
  return () => {
    if (Atomics.load(word, 0) !== 0) throw new EngineError('cancelled', 'The job was cancelled.');
  };
}
