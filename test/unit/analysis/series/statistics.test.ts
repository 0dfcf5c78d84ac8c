import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../../../shared/analysis/series/benjamini-hochberg.ts';
import {
  negativeBinomialLowerTail,
  negativeBinomialUpperTail,
  poissonGammaUpperTail,
  poissonLowerTail,
  poissonUpperTail,
} from '../../../../shared/analysis/series/count-tails.ts';
import { compareDistributions, compareLatencies } from '../../../../shared/analysis/series/distribution-shift.ts';
import { compareWithPeers } from '../../../../shared/analysis/series/peer-comparison.ts';
import {
  probabilityErrorRateRose,
  probabilityRateAbove,
  rateInterval,
} from '../../../../shared/analysis/series/proportion.ts';
import {
  interquartileRange,
  median,
  medianAbsoluteDeviation,
  quantile,
  summarise,
} from '../../../../shared/analysis/series/robust-statistics.ts';
import { rankTest, testShift } from '../../../../shared/analysis/series/shift-test.ts';
import {
  incompleteBeta,
  incompleteGamma,
  logGamma,
  normalUpperTail,
  upperIncompleteGamma,
} from '../../../../shared/analysis/series/special-functions.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });

describe('robust statistics', () => {
  it('agree with hand-computed values (type 7 quantiles)', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(interquartileRange([1, 2, 3, 4, 5])).toBe(2);
    expect(medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9])).toBe(1);
    expect(median([Number.NaN, 5])).toBe(5);
    expect(median([])).toBeNaN();
  });
  it('stay within the data and ignore order', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const got = quantile(values, q);
        expect(got).toBeGreaterThanOrEqual(Math.min(...values));
        expect(got).toBeLessThanOrEqual(Math.max(...values));
        expect(quantile([...values].reverse(), q)).toBe(got);
      }),
    );
  });
  it('put a floor under the spread of flat series', () => {
    expect(summarise([100, 100, 100]).spread).toBe(2);
    expect(summarise([0, 0, 0]).spread).toBe(0);
    // Rounded to whole numbers: half a step is the least that can be told.
    expect(summarise([1, 1, 1, 1, 2]).spread).toBe(0.5);
  });
});

describe('shift test', () => {
  const noise = Array.from({ length: 30 }, (_, i) => 100 + ((i * 7) % 11) - 5);
  it('finds a shift in units of the earlier spread and its direction', () => {
    const up = testShift(
      noise,
      noise.map((v) => v + 50),
    );
    expect(up.effectSize).toBeGreaterThan(8);
    expect(up.pValue).toBeLessThan(1e-6);
    const down = testShift(
      noise,
      noise.map((v) => v - 50),
      { side: 'up' },
    );
    expect(down.effectSize).toBe(0);
    expect(down.pValue).toBeGreaterThan(0.99);
  });
  it('does not explode on a flat series and does not believe single points', () => {
    expect(testShift([5, 5, 5, 5, 5, 5], [5.01, 5.01]).effectSize).toBeCloseTo(0.1, 6);
    expect(testShift([0, 0, 0, 0], [0, 0, 0]).effectSize).toBe(0);
    expect(testShift([1, 2, 3], [9]).pValue).toBe(1);
  });
  it('ranks as the exact statistic does: U = 0 for separated samples of five', () => {
    // z = (12.5 - 0.5) / sqrt(5*5*11/12) = 2.5067; one-sided 0.00609.
    expect(rankTest([1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 'up')).toBeCloseTo(0.00609, 4);
  });
  it('is uniform enough without a shift: few small p-values', () => {
    let small = 0;
    let state = 12345;
    const random = (): number => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
    for (let i = 0; i < 400; i += 1) {
      const sample = (): number[] => Array.from({ length: 15 }, random);
      if (rankTest(sample(), sample()) < 0.01) small += 1;
    }
    expect(small).toBeLessThan(14);
  });
});

describe('special functions', () => {
  it('agree with closed forms', () => {
    expect(logGamma(6)).toBeCloseTo(Math.log(120), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    // I_x(2,3) = 6x² - 8x³ + 3x⁴
    for (const x of [0.1, 0.4, 0.9])
      expect(incompleteBeta(x, 2, 3)).toBeCloseTo(6 * x ** 2 - 8 * x ** 3 + 3 * x ** 4, 12);
    // P(1, x) = 1 - e^-x
    for (const x of [0.2, 1, 7]) expect(incompleteGamma(1, x)).toBeCloseTo(1 - Math.exp(-x), 12);
    expect(upperIncompleteGamma(1, 40)).toBeCloseTo(Math.exp(-40), 25);
    expect(normalUpperTail(1.959963984540054)).toBeCloseTo(0.025, 9);
    expect(normalUpperTail(-1)).toBeCloseTo(0.8413447460685429, 9);
  });
});

describe('proportions', () => {
  it('are sceptical of two requests and sure of many', () => {
    expect(probabilityErrorRateRose({ errors: 0, total: 1_000 }, { errors: 1, total: 2 })).toBeLessThan(0.9999);
    expect(probabilityErrorRateRose({ errors: 0, total: 2 }, { errors: 2, total: 2 })).toBeLessThan(0.99);
    expect(probabilityErrorRateRose({ errors: 10, total: 1_000 }, { errors: 60, total: 1_000 })).toBeGreaterThan(0.99);
    expect(probabilityErrorRateRose({ errors: 10, total: 1_000 }, { errors: 12, total: 1_000 })).toBeLessThan(0.05);
  });
  it('rise with the errors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 499 }), (total, seed) => {
        const errors = seed % total;
        expect(probabilityRateAbove(errors + 1, total, 0.1)).toBeGreaterThanOrEqual(
          probabilityRateAbove(errors, total, 0.1) - 1e-9,
        );
      }),
    );
  });
  it('have intervals that hold the estimate', () => {
    const [low, high] = rateInterval(20, 100);
    expect(low).toBeGreaterThan(0.12);
    expect(low).toBeLessThan(0.2);
    expect(high).toBeGreaterThan(0.2);
    expect(high).toBeLessThan(0.3);
  });
});

describe('count tails', () => {
  const poisson = (k: number, m: number): number => Math.exp(-m + k * Math.log(m) - logGamma(k + 1));
  it('agree with direct summation', () => {
    for (const [k, m] of [
      [3, 1.5],
      [20, 10],
      [2, 30],
    ] as const) {
      let below = 0;
      for (let i = 0; i < k; i += 1) below += poisson(i, m);
      expect(poissonUpperTail(k, m)).toBeCloseTo(1 - below, 10);
      expect(poissonLowerTail(k - 1, m)).toBeCloseTo(below, 10);
    }
    // Negative binomial with r = 2, p = 0.25: mean 6, variance 24; pmf(n) = (n+1) p² (1-p)^n.
    let below = 0;
    for (let n = 0; n < 9; n += 1) below += (n + 1) * 0.0625 * 0.75 ** n;
    expect(negativeBinomialUpperTail(9, 6, 24)).toBeCloseTo(1 - below, 10);
    expect(negativeBinomialLowerTail(8, 6, 24)).toBeCloseTo(below, 10);
  });
  it('make scattered counts less surprising and unknown rates humble', () => {
    expect(negativeBinomialUpperTail(30, 10, 60)).toBeGreaterThan(poissonUpperTail(30, 10));
    expect(poissonGammaUpperTail(3, 1, 0, 1)).toBeGreaterThan(poissonGammaUpperTail(3, 1, 0, 60));
    expect(poissonGammaUpperTail(3, 1, 0, 60)).toBeLessThan(1e-4);
  });
});

describe('distribution shift', () => {
  it('is the shift itself for a moved distribution', () => {
    const a = Array.from({ length: 200 }, (_, i) => i / 10);
    const moved = compareDistributions(
      a,
      a.map((v) => v + 3),
    );
    expect(moved.wasserstein).toBeCloseTo(3, 6);
    expect(moved.meanShift).toBeCloseTo(3, 6);
    expect(moved.shareAboveP95).toBeGreaterThan(0.15);
    expect(compareDistributions(a, a).wasserstein).toBe(0);
  });
  it('sees twice as slow as ln 2 wherever it starts', () => {
    const fast = [1, 2, 3, 4, 5];
    expect(
      compareLatencies(
        fast,
        fast.map((v) => v * 2),
      ).meanShift,
    ).toBeCloseTo(Math.LN2, 9);
  });
});

describe('benjaminiHochberg', () => {
  it("repeats the authors' example", () => {
    // The 15 p-values of the 1995 paper: at rate .05 the four smallest are rejected.
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    expect(benjaminiHochberg(p).filter((q) => q <= 0.05).length).toBe(4);
  });
  it('never goes below the p-value and keeps its order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (p) => {
        const q = benjaminiHochberg(p);
        p.forEach((value, i) => {
          expect(q[i]).toBeGreaterThanOrEqual(value);
          p.forEach((other, k) => {
            if (value < other) expect(q[i]).toBeLessThanOrEqual(q[k]!);
          });
        });
      }),
    );
  });
});

describe('peers', () => {
  const row = (offset: number, phase = 0): Float64Array =>
    Float64Array.from({ length: 20 }, (_, t) => 50 + offset + ((t * 3 + phase) % 5));
  it('single out the replica that differs', () => {
    const [a, b, odd] = compareWithPeers([row(0, 0), row(0, 1), row(30, 2), row(0, 3)].slice(0, 3));
    expect(Math.abs(odd!.effectSize)).toBeGreaterThan(Math.abs(a!.effectSize));
    expect(Math.abs(odd!.effectSize)).toBeGreaterThan(Math.abs(b!.effectSize));
    const four = compareWithPeers([row(0, 0), row(0, 1), row(30, 2), row(0, 3)]);
    expect(four[2]!.effectSize).toBeGreaterThan(5);
    expect(Math.abs(four[0]!.effectSize)).toBeLessThan(2);
  });
  it('blame nobody when all move together or there are only two', () => {
    expect(compareWithPeers([row(0), row(0), row(0)]).every((d) => d.effectSize === 0)).toBe(true);
    expect(compareWithPeers([row(0), row(50)]).every((d) => d.effectSize === 0)).toBe(true);
  });
});
