import { expect, test } from 'vitest';
import { nearestValue } from '../../../../renderer/charts/bucket-series.ts';

test('between two measurements the nearest is read, never one too far away', () => {
  const values = Float64Array.of(5, NaN, NaN, NaN, 9, NaN);
  expect(nearestValue(values, 0, 0)).toBe(5);
  expect(nearestValue(values, 1, 2)).toBe(5);
  expect(nearestValue(values, 3, 2)).toBe(9);
  expect(nearestValue(values, 2, 1)).toBeNaN();
  expect(nearestValue(values, 5, 4)).toBe(9);
});
