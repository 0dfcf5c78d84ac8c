import { expect, it } from 'vitest';
import {
  asideStep,
  cancelCheck,
  createCancelFlag,
  raiseCancelFlag,
  setWaiting,
} from '../../../../shared/engine/workers/cancel-flag.ts';
import type { CancelFlag } from '../../../../shared/engine/workers/contract.ts';

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

it('does not stand aside once it is to stop, whoever waits, before or after', () => {
  const stopped = (work: (flag: CancelFlag) => void): CancelFlag => {
    const flag = createCancelFlag();
    work(flag);
    // So long that the thread would stand aside again.
    const started = performance.now();
    while (performance.now() - started < 2 * A_WHILE_MS);
    return flag;
  };
  const before = stopped((flag) => {
    setWaiting(flag, true);
    raiseCancelFlag(flag);
  });
  expect(timed(() => expect(cancelCheck(before)).toThrow(/cancelled/))).toBeLessThan(A_WHILE_MS);
  const after = stopped((flag) => {
    raiseCancelFlag(flag);
    setWaiting(flag, true);
  });
  expect(timed(asideStep(after))).toBeLessThan(A_WHILE_MS);
  expect(timed(() => expect(cancelCheck(after)).toThrow(/cancelled/))).toBeLessThan(A_WHILE_MS);
});
