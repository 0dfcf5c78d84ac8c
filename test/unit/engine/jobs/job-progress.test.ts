import { expect, it } from 'vitest';
import type { JobProgress } from '../../../../shared/engine/engine-interface.ts';
import { JobProgressMeter } from '../../../../shared/engine/jobs/job-progress.ts';
import type { JobId } from '../../../../shared/model/ids.ts';

function meterAt(clock: { now: number }): { readonly meter: JobProgressMeter; readonly seen: JobProgress[] } {
  const seen: JobProgress[] = [];
  const job = { id: 'job' as JobId, kind: 'import', bytesTotal: 1000 } as const;
  return {
    meter: new JobProgressMeter(
      job,
      (progress) => seen.push(progress),
      () => clock.now,
    ),
    seen,
  };
}

it('sends ten events a second at most, and always the last', () => {
  const clock = { now: 0 };
  const { meter, seen } = meterAt(clock);
  for (; clock.now < 1000; clock.now += 10) meter.update({ stage: 'reading', share: clock.now / 1000 });
  expect(seen).toHaveLength(10);
  meter.end('failed');
  expect(seen.at(-1)).toMatchObject({ status: 'failed', sequence: 11 });
});

it('joins stages into one share that never falls', () => {
  const clock = { now: 0 };
  const { meter } = meterAt(clock);
  const shares = [
    ['reading', 0.5],
    ['reading', 0.99],
    ['indexing', 0],
    ['full text', 0.5],
    ['indexing', 0],
  ].map(([stage, share]) => {
    meter.update({ stage: String(stage), share: Number(share) });
    return meter.current.share;
  });
  expect(shares.map((share) => Math.round(share * 1000) / 1000)).toEqual([0.4, 0.792, 0.8, 0.95, 0.95]);
});

it('estimates what is left once there is ground for it', () => {
  const clock = { now: 0 };
  const { meter } = meterAt(clock);
  clock.now = 500;
  meter.update({ stage: 'reading', share: 0.25 });
  expect(meter.current.remainingMs).toBeNull();
  clock.now = 2000;
  meter.update({ stage: 'reading', share: 0.25 });
  // A fifth of the whole took two seconds, so the other four fifths take eight.
  expect(meter.current.remainingMs).toBeCloseTo(8000);
});
