import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findChangePoints, strongestChangePoint } from '../../../../shared/analysis/series/change-point.ts';
import { cumulativeRates, deltaRates } from '../../../../shared/analysis/series/counter-rate.ts';
import {
  countPerStep,
  gridOver,
  resampleMean,
  sliceByTime,
  typicalStepNs,
} from '../../../../shared/analysis/series/resample.ts';
import { fitTrend } from '../../../../shared/analysis/series/trend.ts';

/** Deterministic noise in -1…1, triangular. */
function noise(seed: number): () => number {
  let state = seed + 1;
  const next = (): number => (state = (state * 16807) % 2147483647) / 2147483647;
  return () => next() + next() - 1;
}
const times = (n: number, stepSeconds = 60): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => i * stepSeconds * 1e9);

describe('change points', () => {
  it('finds where a level moved, within its own uncertainty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 52 }), fc.nat(10_000), (at, seed) => {
        const random = noise(seed);
        const values = Array.from({ length: 60 }, (_, i) => 10 + random() + (i >= at ? 6 : 0));
        const point = strongestChangePoint(values);
        expect(point).toBeDefined();
        expect(Math.abs(point!.index - at)).toBeLessThanOrEqual(2);
        expect(point!.lowIndex).toBeLessThanOrEqual(at + 1);
        expect(point!.highIndex).toBeGreaterThanOrEqual(at - 1);
        expect(point!.after).toBeGreaterThan(point!.before);
      }),
      { numRuns: 60 },
    );
  });
  it('is quiet on noise, on flat lines and on one wild point', () => {
    let found = 0;
    for (let seed = 0; seed < 100; seed += 1) {
      const random = noise(seed * 31);
      found += findChangePoints(Array.from({ length: 60 }, () => 10 + random())).length > 0 ? 1 : 0;
    }
    expect(found).toBeLessThanOrEqual(5);
    expect(findChangePoints(new Array<number>(40).fill(7))).toEqual([]);
    const random = noise(5);
    const spiked = Array.from({ length: 60 }, (_, i) => 10 + random() + (i === 30 ? 500 : 0));
    expect(findChangePoints(spiked)).toEqual([]);
  });
  it('finds two changes and returns them in order', () => {
    const random = noise(9);
    const values = Array.from({ length: 90 }, (_, i) => random() + (i >= 30 && i < 60 ? 8 : 0));
    const points = findChangePoints(values);
    expect(points.map((point) => point.index)).toHaveLength(2);
    expect(points[0]!.index).toBeCloseTo(30, -0.5);
    expect(points[1]!.index).toBeCloseTo(60, -0.5);
  });
  it('does not depend on the unit', () => {
    const random = noise(3);
    const values = Array.from({ length: 50 }, (_, i) => 100 + random() + (i >= 20 ? 9 : 0));
    expect(strongestChangePoint(values.map((v) => v * 1e9))?.index).toBe(strongestChangePoint(values)?.index);
  });
  it('finds a jump in an otherwise constant series', () => {
    const values = Array.from({ length: 40 }, (_, i) => (i < 25 ? 4 : 9));
    expect(strongestChangePoint(values)?.index).toBe(25);
  });
});

describe('rates', () => {
  it('of a counter with a reset count what came after it', () => {
    const rates = cumulativeRates(times(5), Float64Array.of(0, 60, 120, 30, 90));
    expect([...rates.ratesPerSecond]).toEqual([1, 1, 0.5, 1]);
    expect(rates.resets).toBe(1);
  });
  it('are never negative, whatever the counter does', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 2 }), (values) => {
        const rates = cumulativeRates(times(values.length), Float64Array.from(values));
        for (const rate of rates.ratesPerSecond) expect(rate).toBeGreaterThanOrEqual(0);
      }),
    );
  });
  it('skip points without a value', () => {
    const rates = cumulativeRates(times(3), Float64Array.of(0, Number.NaN, 240));
    expect([...rates.ratesPerSecond]).toEqual([2]);
    expect([...deltaRates(times(3), Float64Array.of(5, 60, 120)).ratesPerSecond]).toEqual([1, 2]);
  });
});

describe('resampling', () => {
  it('averages what falls into a step and leaves the rest empty', () => {
    const grid = gridOver(0, 4e9, 1e9);
    expect([...resampleMean(Float64Array.of(0, 5e8, 3e9), Float64Array.of(1, 3, 7), grid)]).toEqual([
      2,
      Number.NaN,
      Number.NaN,
      7,
    ]);
    expect([...countPerStep([0, 1, 2e9, 9e9], grid)]).toEqual([2, 0, 1, 0]);
    expect(sliceByTime(Float64Array.of(1, 2, 3, 4), 2, 4)).toEqual([1, 3]);
    expect(typicalStepNs(Float64Array.of(0, 10, 20, 90))).toBe(10);
  });
});

describe('trends', () => {
  it('recover the slope of a noisy line and ignore outliers', () => {
    const random = noise(4);
    const values = Float64Array.from(
      { length: 120 },
      (_, i) => 100 + 0.5 * i + random() * 2 + (i % 17 === 0 ? 300 : 0),
    );
    const trend = fitTrend(times(120, 1), values)!;
    expect(trend.slopePerSecond).toBeCloseTo(0.5, 1);
    expect(trend.pValue).toBeLessThan(0.01);
    expect(trend.lastThirdSlopePerSecond).toBeGreaterThan(0.3);
  });
  it('do not see one in noise', () => {
    let significant = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = noise(seed * 77);
      if (
        fitTrend(
          times(60),
          Float64Array.from({ length: 60 }, () => random()),
        )!.pValue < 0.01
      )
        significant += 1;
    }
    expect(significant).toBeLessThanOrEqual(4);
    expect(fitTrend(times(5), new Float64Array(5))).toBeUndefined();
  });
});
