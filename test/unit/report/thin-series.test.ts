import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinSeries } from '../../../shared/report/thin-series.ts';

const value = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { freq: 10 });

describe('thinSeries', () => {
  it('keeps short series as they are', () => {
    const times = [1, 2, 3];
    expect(thinSeries(times, [null, 5, 5], 4)).toEqual({ times, values: [null, 5, 5] });
  });

  it('keeps order, lowest and highest point, and its bound', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 400 }), (values) => {
        const times = values.map((_, index) => index);
        const thin = thinSeries(times, values, 20);
        expect(thin.times.length).toBe(thin.values.length);
        expect(thin.times.length).toBeLessThanOrEqual(Math.max(20, Math.min(20, values.length)));
        expect(thin.times).toEqual([...new Set(thin.times)].toSorted((a, b) => a - b));
        for (const [index, time] of thin.times.entries()) expect(thin.values[index]).toBe(values[time]);
        const known = values.filter((item) => item !== null);
        const kept = thin.values.filter((item) => item !== null);
        if (known.length > 0)
          expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...known), Math.max(...known)]);
      }),
    );
  });
});
