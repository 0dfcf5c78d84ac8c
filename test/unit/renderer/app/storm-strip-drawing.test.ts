import { expect, it } from 'vitest';
import { findingCounts } from '../../../../renderer/app/storm-strip-drawing.ts';
import type { UnixNano } from '../../../../shared/model/time.ts';

it('counts findings in every bucket they hold in, those that reach beyond the strip too', () => {
  const axis = { startTime: 1_000n as UnixNano, bucketNs: 100, bucketCount: 5 };
  const findings = [
    { start: 1_150n, end: 1_250n },
    { start: 900n, end: 1_001n },
    { start: 1_450n, end: 9_000n },
    { start: 2_000n, end: 3_000n },
  ];
  expect([...findingCounts(axis, findings)]).toEqual([1, 1, 1, 0, 1]);
});
