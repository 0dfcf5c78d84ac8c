/** Marks on a line: nothing overlaps, nothing is lost, the more important keeps its words. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insideLane, packMarks } from '../../../../renderer/charts/marks/pack-marks.ts';
import type { Mark } from '../../../../renderer/charts/marks/pack-marks.ts';

const shape = { square: 18, gap: 5, more: 24, right: 800 };
const mark = (id: string, x: number, importance = 0, textWidth = 60): Mark => ({ id, x, importance, textWidth });

describe('packing', () => {
  test('marks far apart all keep their words', () => {
    const placed = packMarks([mark('a', 10), mark('b', 300)], shape);
    expect(placed).toEqual([
      { id: 'a', x: 10, hasText: true, hasMore: false, folded: [] },
      { id: 'b', x: 300, hasText: true, hasMore: false, folded: [] },
    ]);
  });

  test('where words meet, the lesser loses them', () => {
    // a’s words would end at 10 + 9 + 5 + 60 + 5 + 24 = 113.
    const placed = packMarks([mark('a', 10, 1), mark('b', 80, 2)], shape);
    expect(placed.map(({ id, hasText }) => [id, hasText])).toEqual([
      ['a', false],
      ['b', true],
    ]);
  });

  test('where squares touch, the lesser is counted with the other', () => {
    const placed = packMarks([mark('a', 100, 1), mark('b', 105, 2), mark('c', 108, 0)], shape);
    expect(placed).toEqual([{ id: 'b', x: 105, hasText: true, hasMore: true, folded: ['a', 'c'] }]);
  });

  test('a count is written only where it meets nobody', () => {
    // The square of a ends at 109; `+1` would reach to 138, where b begins at 121 or at 151.
    const near = packMarks([mark('a', 100, 2, 0), mark('a2', 101, 1, 0), mark('b', 130, 3, 0)], shape);
    expect(near.map(({ id, hasMore, folded }) => [id, hasMore, folded])).toEqual([
      ['a', false, ['a2']],
      ['b', false, []],
    ]);
    const far = packMarks([mark('a', 100, 2, 0), mark('a2', 101, 1, 0), mark('b', 160, 3, 0)], shape);
    expect(far.map(({ id, hasMore }) => [id, hasMore])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  test('squares at the rim of the lane stay whole', () => {
    expect(insideLane(2, 18, 800)).toBe(9);
    expect(insideLane(799, 18, 800)).toBe(791);
    expect(insideLane(400, 18, 800)).toBe(400);
    expect(insideLane(4, 18, 10)).toBe(5);
  });

  test('words do not leave the lane', () => {
    expect(packMarks([mark('a', 790)], shape)[0]?.hasText).toBe(false);
  });
});

test('no overlap and no loss, however many', () => {
  const marks = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      x: fc.double({ min: 0, max: 800, noNaN: true }),
      textWidth: fc.integer({ min: 0, max: 200 }),
      importance: fc.integer({ min: 0, max: 3 }),
    }),
    { selector: ({ id }) => id, maxLength: 60 },
  );
  fc.assert(
    fc.property(marks, (all) => {
      const placed = packMarks(all, shape);
      const ids = placed.flatMap(({ id, folded }) => [id, ...folded]).sort();
      expect(ids).toEqual(all.map(({ id }) => id).sort());
      let free = -Infinity;
      for (const { id, x, hasText, hasMore } of placed) {
        expect(x - 9).toBeGreaterThanOrEqual(free);
        const width = all.find((one) => one.id === id)?.textWidth ?? 0;
        free = hasText ? x + 9 + 5 + width + 5 + 24 : hasMore ? x + 9 + 5 + 24 : x + 9;
      }
    }),
  );
});
