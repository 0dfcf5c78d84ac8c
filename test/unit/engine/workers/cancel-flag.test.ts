import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  asideStep,
  cancelCheck,
  createCancelFlag,
  raiseCancelFlag,
  setWaiting,
} from '../../../../shared/engine/workers/cancel-flag.ts';
import type { CancelFlag } from '../../../../shared/engine/workers/contract.ts';

/** How long each wait of this thread was, in the test's time: nothing passes but in waits and in `work`. */
let waitsMs: number[];
const work = (ms: number): void => void vi.advanceTimersByTime(ms);

beforeEach(() => {
  waitsMs = [];
  vi.useFakeTimers({ toFake: ['performance'] });
  // When the thread last stood aside is kept by the module, and time began anew: far behind whatever was before.
  work(1_000_000 * (began += 1));
  vi.spyOn(Atomics, 'wait').mockImplementation((_words, _index, _value, timeoutMs = Infinity) => {
    waitsMs.push(timeoutMs);
    work(timeoutMs);
    return 'timed-out';
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});
let began = 0;

function waitingFlag(): CancelFlag {
  const flag = createCancelFlag();
  setWaiting(flag, true);
  return flag;
}

it('lets work go on while nobody waits', () => {
  const stepAside = asideStep(createCancelFlag());
  for (let step = 0; step < 1_000; step++, work(1)) stepAside();
  expect(waitsMs).toEqual([]);
});

it('stands aside for a while when somebody waits, then works before it does so again, in all loops of the thread', () => {
  const flag = waitingFlag();
  const check = cancelCheck(flag);
  asideStep(flag)();
  expect(waitsMs).toEqual([60]);
  for (let worked = 0; worked < 20; worked++, work(1)) check();
  expect(waitsMs).toEqual([60]);
  check();
  expect(waitsMs).toEqual([60, 60]);
  setWaiting(flag, false);
  for (let step = 0; step < 100; step++, work(1)) check();
  expect(waitsMs).toEqual([60, 60]);
});

it('does not stand aside once it is to stop, whoever waits, before or after', () => {
  const before = waitingFlag();
  raiseCancelFlag(before);
  expect(cancelCheck(before)).toThrow(/cancelled/);
  const after = createCancelFlag();
  raiseCancelFlag(after);
  setWaiting(after, true);
  asideStep(after)();
  expect(cancelCheck(after)).toThrow(/cancelled/);
  expect(waitsMs).toEqual([]);
});
