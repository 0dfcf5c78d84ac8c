import { expect, test } from 'vitest';
import { wrappedLines } from '../../../../renderer/features/logs/wrapped-lines.ts';

test('rows are as high as most messages need, never higher than three lines', () => {
  expect(wrappedLines([20, 30, 40], 100)).toBe(2);
  expect(
    wrappedLines(
      Array.from({ length: 100 }, (_, index) => (index < 50 ? 40 : 250)),
      100,
    ),
  ).toBe(3);
  expect(wrappedLines([5_000, 6_000], 100)).toBe(3);
});

test('one giant among short ones does not make all of them high', () => {
  expect(wrappedLines([...Array.from({ length: 99 }, () => 40), 9_000], 100)).toBe(2);
});

test('nothing known, two lines', () => {
  expect(wrappedLines([], 100)).toBe(2);
  expect(wrappedLines([500], 0)).toBe(2);
});
