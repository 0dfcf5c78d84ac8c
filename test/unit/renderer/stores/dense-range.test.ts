import { describe, expect, test } from 'vitest';
import { FILLED, denseRange, rowsPerBucket } from '../../../../renderer/stores/dense-range.ts';
import type { UnixNano } from '../../../../shared/model/time.ts';

const HOUR = 3_600_000_000_000n;
/** 100 buckets of one hour. */
const range = { from: 0n, to: 100n * HOUR };

function counts(...filled: readonly (readonly [bucket: number, count: number])[]): Float64Array {
  const all = new Float64Array(100);
  for (const [bucket, count] of filled) all[bucket] = count;
  return all;
}

describe('where nearly all rows lie', () => {
  test('a lone row far off does not set the scale, and is counted', () => {
    expect(denseRange(range, counts([2, 1], [70, 400], [71, 600]))).toEqual({
      from: 69n * HOUR,
      to: 73n * HOUR,
      outsideCount: 1,
    });
  });

  test('rows spread over the whole are left as they are', () => {
    expect(denseRange(range, new Float64Array(100).fill(10))).toBeNull();
    expect(denseRange(range, counts([0, 500], [99, 500]))).toBeNull();
  });

  test('of a handful of rows none is an outlier', () => {
    expect(denseRange(range, counts([0, 1], [99, 15]))).toBeNull();
  });

  test('empty ends are taken off without hiding a row', () => {
    const found = denseRange(range, counts([30, 1], [40, 900], [60, 1]), FILLED);
    expect(found).toEqual({ from: 29n * HOUR, to: 62n * HOUR, outsideCount: 0 });
  });

  test('the air stops at the ends', () => {
    expect(denseRange(range, counts([0, 1000], [99, 2]))).toEqual({ from: 0n, to: 2n * HOUR, outsideCount: 2 });
  });
});

test('points of a file are spread over what the file covers, inside the stretch', () => {
  const timeRange = { start: (10n * HOUR) as UnixNano, end: (13n * HOUR) as UnixNano };
  const rows = rowsPerBucket(range, [counts([0, 3]), counts([0, 4])], [{ records: { metricPoints: 8 }, timeRange }]);
  expect([...rows.slice(9, 15)]).toEqual([0, 2, 2, 2, 2, 0]);
  expect(rows[0]).toBe(7);
});
