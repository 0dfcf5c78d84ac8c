/** Marks on a line: nothing overlaps, nothing is lost, the more important keeps its words. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packMarks } from '../../../../renderer/charts/marks/pack-marks.ts';
import type { Mark } from '../../../../renderer/charts/marks/pack-marks.ts';

const shape = { square: 18, gap: 5, more: 24, right: 800 };
const mark = (id: string, x: number, importance = 0, textWidth = 60): Mark => ({ id, x, importance, textWidth });

describe('packing', () => {
  test('marks far apart all keep their words', () => {
    const placed = packMarks([mark('a', 10), mark('b', 300)], shape);
    expect(placed).toEqual([
      { id: 'a', x: 10, hasText: true, folded: [] },
      { id: 'b', x: 300, hasText: true, folded: [] },
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
    expect(placed).toEqual([{ id: 'b', x: 105, hasText: true, folded: ['a', 'c'] }]);
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
      for (const { id, x, hasText } of placed) {
        expect(x - 9).toBeGreaterThanOrEqual(free);
        const width = all.find((one) => one.id === id)?.textWidth ?? 0;
        free = hasText ? x + 9 + 5 + width + 5 + 24 : x + 9;
      }
    }),
  );
});
