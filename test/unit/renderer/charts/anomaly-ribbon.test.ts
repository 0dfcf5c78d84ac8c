import { describe, expect, it } from 'vitest';
import { bandOf, ribbonStretches } from '../../../../renderer/charts/anomaly-ribbon.ts';
import { chartSummary } from '../../../../renderer/charts/chart-summary.ts';
import { usualStep } from '../../../../renderer/charts/bucket-series.ts';

const band = { median: 10, low: 9, high: 11 };

describe('the ribbon under a chart', () => {
  it('marks stretches outside the band, how badly and on which side', () => {
    const values = [10, 10, 12, 12, 10, 10, 10, 10, 30, 30, 30, 10, 10, 10, 10, 1, 1];
    expect(ribbonStretches(values, band)).toEqual([
      { start: 2, end: 4, severity: 'warn', isAbove: true },
      { start: 8, end: 11, severity: 'fail', isAbove: true },
      { start: 15, end: 17, severity: 'fail', isAbove: false },
    ]);
  });

  it('bridges short returns, and takes no single bucket for a stretch', () => {
    expect(ribbonStretches([30, 10, 30, 10, 10, 10, 10, 30, 10], band)).toEqual([
      { start: 0, end: 3, severity: 'fail', isAbove: true },
    ]);
  });

  it('knows which side is trouble, and says nothing without a band', () => {
    expect(ribbonStretches([1, 1, 1], band, 'above')).toEqual([]);
    expect(ribbonStretches([30, 30], null)).toEqual([]);
  });

  it('follows values that come less often than buckets', () => {
    const values = Array.from({ length: 60 }, (_, index) => (index % 10 === 0 ? (index < 30 ? 10 : 30) : NaN));
    expect(usualStep(values)).toBe(10);
    expect(ribbonStretches(values, band)).toEqual([{ start: 30, end: 51, severity: 'fail', isAbove: true }]);
  });

  it('takes the middle 80 % of what is usual', () => {
    expect(bandOf(Float64Array.from({ length: 101 }, (_, index) => index))).toEqual({ median: 50, low: 10, high: 90 });
    expect(bandOf([1, 2, NaN, 3])).toBeNull();
  });
});

describe('the sentence of a chart', () => {
  const buckets = { startTime: 0n, bucketNs: 60e9, bucketCount: 4 };
  const say = (values: readonly number[], expected: typeof band | null) =>
    chartSummary({
      title: 'Rate',
      buckets,
      line: { name: '', values: Float64Array.from(values), look: 'ink' },
      band: expected,
      ribbon: ribbonStretches(values, expected),
      format: String,
      zone: 'utc',
    });

  it('names the worst value, what was expected, and when', () => {
    const summary = say([10, 40, 50, 10], band);
    expect(summary).toMatchObject({ value: '50', expected: 'expected 9 – 11', severity: 'fail' });
    expect(summary.sentence).toContain('from 00:01:00 to 00:03:00');
    expect(summary.isBelow).toBe(false);
    expect(say([10, 2, 3, 10], band)).toMatchObject({ value: '2', isBelow: true });
  });

  it('says that nothing left the band, and that there is nothing', () => {
    expect(say([10, 10, 10, 10], band)).toMatchObject({ severity: null, value: '10' });
    expect(say([NaN, NaN, NaN, NaN], null).sentence).toBe('Rate: no values in this range.');
  });
});
