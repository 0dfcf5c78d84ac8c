import { expect, it } from 'vitest';
import {
  asideStep,
  cancelCheck,
  createCancelFlag,
  raiseCancelFlag,
  setWaiting,
} from '../../../../shared/engine/workers/cancel-flag.ts';

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
/** Atomics.wait may return a little early. */
const A_WHILE_MS = 50;

it('lets work go on while nobody waits', () => {
  const stepAside = asideStep(createCancelFlag());
  const longest = Math.max(...Array.from({ length: 1_000 }, () => timed(stepAside)));
  expect(longest).toBeLessThan(A_WHILE_MS);
});

it('stands aside for a while when somebody waits, then works before it does so again, in all loops of the thread', () => {
  const flag = createCancelFlag();
  setWaiting(flag, true);
  const check = cancelCheck(flag);
  expect(timed(asideStep(flag))).toBeGreaterThan(A_WHILE_MS);
  expect(timed(check)).toBeLessThan(A_WHILE_MS);
  while (timed(check) < A_WHILE_MS);
  setWaiting(flag, false);
  expect(timed(() => Array.from({ length: 100 }, check))).toBeLessThan(A_WHILE_MS);
});

it('sees a stop while it stands aside for somebody', () => {
  const flag = createCancelFlag();
  setWaiting(flag, true);
  raiseCancelFlag(flag);
  const check = cancelCheck(flag);
  expect(timed(() => expect(check).toThrow(/cancelled/))).toBeLessThan(A_WHILE_MS);
});
