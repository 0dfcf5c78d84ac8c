import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeLabels } from '../../../../renderer/graph/draw/place-labels.ts';
import type { LabelClaim, Rect } from '../../../../renderer/graph/draw/place-labels.ts';

const VIEW = { x: 0, y: 0, width: 600, height: 400 };
const OPTIONS = { lineHeight: 14, offset: 3, view: VIEW };
const SIDES = ['below', 'right', 'above'] as const;

function claim(node: number, x: number, y: number, lineWidths: readonly number[]): LabelClaim {
  return { node, x, y, radius: 10, lineWidths, sides: SIDES };
}
function body({ node, x, y, radius }: LabelClaim): Rect & { readonly node: number } {
  return { node, x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
}
/** Written out once more, so that a mistake in the module's own test of overlap is seen. */
function shareArea(a: Rect, b: Rect): boolean {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return across > 1e-9 && down > 1e-9;
}

describe('placeLabels', () => {
  it('never lets a label overlap another one or a shape of somebody else', () => {
    const claims = fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 0, max: 400 }),
        fc.array(fc.integer({ min: 5, max: 180 }), { minLength: 1, maxLength: 2 }),
      ),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(claims, (list) => {
        const all = list.map(([x, y, widths], node) => claim(node, x, y, widths));
        const placed = placeLabels(all, all.map(body), OPTIONS);
        placed.forEach((label, i) => {
          for (const other of placed.slice(i + 1)) expect(shareArea(label, other)).toBe(false);
          for (const shape of all) if (shape.node !== label.node) expect(shareArea(label, body(shape))).toBe(false);
        });
        expect(new Set(placed.map((label) => label.node)).size).toBe(placed.length);
      }),
    );
  });

  it('writes below first, then right, then above, then without the second line, then not at all', () => {
    const own = claim(0, 300, 200, [60, 40]);
    const wall = (x: number, y: number, width: number, height: number): Rect & { readonly node: number } => ({
      node: 9,
      x,
      y,
      width,
      height,
    });
    const [below, right, above] = [wall(0, 225, 600, 4), wall(335, 0, 10, 400), wall(0, 170, 600, 4)];
    const sideWith = (...walls: (Rect & { node: number })[]): string => {
      const [label] = placeLabels([own], [body(own), ...walls], OPTIONS);
      return label ? `${label.side} ${label.lineCount}` : 'none';
    };
    expect(sideWith()).toBe('below 2');
    expect(sideWith(below)).toBe('right 2');
    expect(sideWith(below, right)).toBe('above 2');
    expect(sideWith(below, right, above)).toBe('none');
    // Above the picture nothing can be read.
    const atTop = claim(0, 300, 20, [60, 40]);
    const noRoom = [wall(0, 47, 600, 4), wall(335, 0, 10, 400)];
    expect(placeLabels([atTop], [body(atTop), ...noRoom], OPTIONS)).toMatchObject([{ side: 'below', lineCount: 1 }]);
    // Room for one line only, below.
    expect(sideWith(wall(0, 228, 600, 4), right, above)).toBe('below 1');
  });

  it('a shorter name is better than none for what must be named', () => {
    const own: LabelClaim = { ...claim(0, 300, 200, [160, 40]), sides: ['right'], shortWidth: 50 };
    const wall = { node: 9, x: 380, y: 0, width: 10, height: 400 };
    expect(placeLabels([own], [body(own), wall], OPTIONS)).toMatchObject([{ isShort: true, width: 50, lineCount: 1 }]);
    expect(placeLabels([{ ...own, shortWidth: undefined }], [body(own), wall], OPTIONS)).toEqual([]);
  });

  it('a name at the rim is moved inside, whole', () => {
    const atRim = claim(0, 20, 200, [120]);
    expect(placeLabels([atRim], [body(atRim)], OPTIONS)).toMatchObject([{ side: 'below', x: 0, width: 120 }]);
  });

  it('gives the room to the claim that comes first', () => {
    const rivals = [claim(1, 300, 200, [100]), claim(0, 300, 205, [100])];
    expect(placeLabels(rivals, [], OPTIONS)[0]).toMatchObject({ node: 1, side: 'below' });
  });
});
