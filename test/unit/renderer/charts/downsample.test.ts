import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptIndexes } from '../../../../renderer/charts/downsample.ts';

describe('fewer points for as many pixels', () => {
  it('keeps all points when they are few', () => {
    expect([...keptIndexes([3, 1, NaN, 2], 10)]).toEqual([0, 1, 2, 3]);
  });

  it('keeps the extremes, the ends and the gaps of every column', () => {
    const series = fc.array(fc.oneof({ weight: 9, arbitrary: fc.double({ noNaN: true }) }, fc.constant(NaN)), {
      minLength: 50,
      maxLength: 400,
    });
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 12 }), (values, columns) => {
        fc.pre(values.length > columns * 4);
        const kept = [...keptIndexes(values, columns)];
        expect(kept).toEqual([...new Set(kept)].sort((left, right) => left - right));
        for (let column = 0; column < columns; column++) {
          const from = Math.floor((column * values.length) / columns);
          const to = Math.floor(((column + 1) * values.length) / columns);
          const all = values.slice(from, to).filter((value) => !Number.isNaN(value));
          const mine = kept.filter((index) => index >= from && index < to).map((index) => values[index]!);
          expect(mine.some(Number.isNaN)).toBe(values.slice(from, to).some(Number.isNaN));
          const numbers = mine.filter((value) => !Number.isNaN(value));
          expect(numbers.length).toBeLessThanOrEqual(4);
          if (all.length === 0) continue;
          expect(Math.max(...numbers)).toBe(Math.max(...all));
          expect(Math.min(...numbers)).toBe(Math.min(...all));
          expect(numbers[0]).toBe(all[0]);
          expect(numbers.at(-1)).toBe(all.at(-1));
        }
      }),
    );
  });
});
