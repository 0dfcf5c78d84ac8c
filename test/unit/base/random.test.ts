import { describe, expect, it } from 'vitest';
import { createRandom, noiseAt } from '../../../shared/base/random.ts';

const DRAWS = 20_000;

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

describe('createRandom', () => {
  it('repeats itself for the same seed and differs for another', () => {
    const draw = (seed: number) =>
      Array.from(
        { length: 5 },
        (
          (random) => () =>
            random.uint32()
        )(createRandom(seed)),
      );
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('forks by name, whatever was drawn before', () => {
    const fresh = createRandom('a').fork('x').uint32();
    const used = createRandom('a');
    for (let i = 0; i < 100; i += 1) used.next();
    expect(used.fork('x').uint32()).toBe(fresh);
    expect(used.fork('y').uint32()).not.toBe(fresh);
  });

  it('has the moments its distributions promise', () => {
    const random = createRandom(3);
    const take = (draw: () => number) => Array.from({ length: DRAWS }, draw);
    expect(mean(take(() => random.next()))).toBeCloseTo(0.5, 1);
    const normal = take(() => random.normal(10, 2));
    expect(mean(normal)).toBeCloseTo(10, 1);
    expect(Math.sqrt(mean(normal.map((x) => (x - 10) ** 2)))).toBeCloseTo(2, 1);
    expect(mean(take(() => random.exponential(4)))).toBeGreaterThan(3.85);
    expect(mean(take(() => random.exponential(4)))).toBeLessThan(4.15);
    for (const expected of [0.3, 5, 80]) {
      const counts = take(() => random.poisson(expected));
      expect(Math.abs(mean(counts) - expected)).toBeLessThan(0.05 * expected + 0.02);
    }
    const skewed = take(() => random.lognormal(20, 0.5));
    expect(Math.abs(mean(skewed) - 20)).toBeLessThan(0.6);
    expect(Math.min(...skewed)).toBeGreaterThan(0);
  });

  it('keeps integers within both bounds and reaches them', () => {
    const random = createRandom(1);
    const seen = new Set(Array.from({ length: 500 }, () => random.integer(2, 5)));
    expect([...seen].sort()).toEqual([2, 3, 4, 5]);
  });

  it('shuffles without losing or adding', () => {
    const list = Array.from({ length: 50 }, (_, i) => i);
    const shuffled = createRandom(1).shuffle(list);
    expect(shuffled).not.toEqual(list);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(list);
  });

  it('refuses to choose from nothing', () => {
    expect(() => createRandom(1).choice([])).toThrow(RangeError);
  });
});

describe('noiseAt', () => {
  it('is centred, of unit deviation and without visible order', () => {
    const values = Array.from({ length: DRAWS }, (_, i) => noiseAt(5, i % 100, Math.floor(i / 100)));
    expect(Math.abs(mean(values))).toBeLessThan(0.03);
    expect(Math.abs(mean(values.map((x) => x * x)) - 1)).toBeLessThan(0.06);
    expect(Math.abs(mean(values.slice(1).map((x, i) => x * (values[i] ?? 0))))).toBeLessThan(0.03);
  });
});
