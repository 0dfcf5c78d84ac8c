import { expect, test } from 'vitest';
import { placeNames } from '../../../../renderer/charts/place-names.ts';
import type { NamedLine } from '../../../../renderer/charts/place-names.ts';

const box = { left: 0, right: 300, top: 0, bottom: 100 };

function line(name: string, y: (x: number) => number): NamedLine {
  const x = Float64Array.from({ length: 151 }, (_, index) => index * 2);
  return { name, halfWidth: 20, x, y: x.map(y) };
}

/** Rows of pixels a text of 11 px takes at a baseline. */
const covers = (baseline: number, y: number): boolean => y > baseline - 9 && y < baseline + 3;

test('a name stands beside its own line and on no other', () => {
  const lines = [line('high', () => 40), line('low', () => 60)];
  const [high, low] = placeNames(lines, box);
  for (const place of [high, low]) {
    expect(place).not.toBeNull();
    expect(covers(place!.baseline, 40)).toBe(false);
    expect(covers(place!.baseline, 60)).toBe(false);
  }
  expect(high!.baseline).toBeLessThan(40);
  expect(Math.abs(low!.baseline - 60)).toBeLessThan(15);
});

test('the flat part of a line is preferred to its spike', () => {
  const [place] = placeNames([line('p95', (x) => (x > 100 && x < 160 ? 5 + Math.abs(x - 130) * 2 : 80))], box);
  expect(place!.x + 20 <= 104 || place!.x - 20 >= 156).toBe(true);
});

test('names never overlap', () => {
  const lines = ['one', 'two', 'three'].map((name) => line(name, () => 50));
  const places = placeNames(lines, box).filter((place) => place !== null);
  for (const [index, one] of places.entries()) {
    for (const other of places.slice(index + 1)) {
      expect(Math.abs(one.x - other.x) >= 40 || Math.abs(one.baseline - other.baseline) >= 12).toBe(true);
    }
  }
});

test('a line of few points is where it is drawn, not only at its points', () => {
  const sparse = (name: string, y: number): NamedLine => ({
    name,
    halfWidth: 20,
    x: Float64Array.of(0, 300),
    y: Float64Array.of(y, y),
  });
  const [over, under] = placeNames([sparse('over', 40), sparse('under', 52)], box);
  for (const place of [over, under]) {
    expect(place).not.toBeNull();
    expect(covers(place!.baseline, 40) || covers(place!.baseline, 52)).toBe(false);
  }
});

test('a line without values has no name', () => {
  expect(placeNames([line('none', () => NaN)], box)).toEqual([null]);
});
