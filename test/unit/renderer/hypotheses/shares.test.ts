/** Shares of possible causes: hundredths that add up, words and steps of the design. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  listedCount,
  meterSteps,
  shareOut,
  shareText,
  shareWord,
} from '../../../../renderer/features/hypotheses/shares.ts';

describe('shares and what the case does not show', () => {
  test('the design’s example: 0.72, 0.17, 0.05 leave 0.06', () => {
    expect(shareOut([0.72, 0.17, 0.05])).toEqual({ hundredths: [72, 17, 5], unseen: 6 });
  });

  test('what rounding would lose goes to the largest remainder', () => {
    // Plainly rounded these were 33 + 33 + 33 + 1 = 100; here 0.334 has the largest rest of all.
    expect(shareOut([0.334, 0.333, 0.333])).toEqual({ hundredths: [34, 33, 33], unseen: 0 });
  });

  test('without hypotheses everything is unseen', () => {
    expect(shareOut([])).toEqual({ hundredths: [], unseen: 100 });
  });

  test('confidences beyond 1 are brought back, damaged ones count as nothing', () => {
    expect(shareOut([1, 1])).toEqual({ hundredths: [50, 50], unseen: 0 });
    expect(shareOut([Number.NaN, 0.5, -3])).toEqual({ hundredths: [0, 50, 0], unseen: 50 });
  });

  test('they always add up to 100, are never negative and keep the order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (confidences) => {
        const { hundredths, unseen } = shareOut(confidences);
        expect(hundredths.reduce((sum, value) => sum + value, unseen)).toBe(100);
        expect(Math.min(unseen, ...hundredths)).toBeGreaterThanOrEqual(0);
        confidences.forEach((left, i) =>
          confidences.forEach((right, j) => {
            if (left > right) expect(hundredths[i]!).toBeGreaterThanOrEqual(hundredths[j]!);
          }),
        );
      }),
    );
  });
});

test('words begin where the design says', () => {
  expect([0.6, 0.59, 0.15, 0.14].map(shareWord)).toEqual(['likely', 'possible', 'possible', 'unlikely']);
});

test('the meter has ten steps and shows a little as one', () => {
  expect([0, 0.01, 0.05, 0.17, 0.72, 0.97, 1].map(meterSteps)).toEqual([0, 1, 1, 2, 7, 10, 10]);
});

test('figures have two digits', () => {
  expect([0, 5, 72, 100].map(shareText)).toEqual(['0.00', '0.05', '0.72', '1.00']);
});

describe('which rows are listed', () => {
  test('three, and up to five while they weigh at least 0.05', () => {
    expect(listedCount([97, 1, 1, 0, 0, 0])).toBe(3);
    expect(listedCount([40, 20, 10, 8, 6, 5, 4])).toBe(5);
    expect(listedCount([40, 20])).toBe(2);
  });

  test('a single row is never folded away', () => {
    expect(listedCount([90, 2, 1, 1])).toBe(4);
  });
});
