import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeTooltip } from '../../../../renderer/graph/interact/place-tooltip.ts';

const VIEW = { width: 600, height: 400 };
const SIZE = { width: 160, height: 80 };
const NODE = { x: 285, y: 185, width: 30, height: 30 };
const POINTER = { x: 300, y: 200 };

/** Whether a rectangle and the tooltip share an area; written out once more on purpose. */
function hides(
  place: { x: number; y: number },
  rect: { x: number; y: number; width: number; height: number },
): boolean {
  const across = Math.min(place.x + SIZE.width, rect.x + rect.width) - Math.max(place.x, rect.x);
  const down = Math.min(place.y + SIZE.height, rect.y + rect.height) - Math.max(place.y, rect.y);
  return across > 0 && down > 0;
}

describe('placeTooltip', () => {
  it('stays near what it is about where nothing is in the way', () => {
    const place = placeTooltip(SIZE, POINTER, NODE, [], VIEW);
    expect(hides(place, NODE)).toBe(false);
    expect(Math.abs(place.x + 80 - POINTER.x) + Math.abs(place.y + 40 - POINTER.y)).toBeLessThan(200);
  });

  it('goes to the free side, and past the cause path even where that is far', () => {
    const wall = (x: number, y: number, width: number, height: number) => ({ x, y, width, height, cost: 60 });
    const right = wall(330, 0, 270, 400);
    const [above, below] = [wall(0, 0, 600, 170), wall(0, 230, 600, 170)];
    const place = placeTooltip(SIZE, POINTER, NODE, [right, above, below], VIEW);
    expect([right, above, below].filter((one) => hides(place, one)).length).toBeLessThan(3);
    expect(hides(place, right)).toBe(false);
  });

  it('hides the neighbour that matters least', () => {
    const name = { x: 330, y: 150, width: 200, height: 100, cost: 2 };
    const others = [
      { x: 60, y: 100, width: 220, height: 200, cost: 60 },
      { x: 0, y: 0, width: 600, height: 150, cost: 60 },
      { x: 0, y: 250, width: 600, height: 150, cost: 60 },
    ];
    const place = placeTooltip(SIZE, POINTER, NODE, [name, ...others], VIEW);
    expect(place.x).toBeGreaterThan(POINTER.x);
  });

  it('is never under the hand and never leaves the view', () => {
    const at = fc.record({ x: fc.integer({ min: 0, max: 600 }), y: fc.integer({ min: 0, max: 400 }) });
    const obstacle = fc.record({
      x: fc.integer({ min: 0, max: 560 }),
      y: fc.integer({ min: 0, max: 360 }),
      width: fc.integer({ min: 4, max: 200 }),
      height: fc.integer({ min: 4, max: 100 }),
      cost: fc.constantFrom(0.5, 2, 8, 60),
    });
    fc.assert(
      fc.property(at, fc.array(obstacle, { maxLength: 30 }), fc.boolean(), (pointer, obstacles, isNode) => {
        const about = isNode ? { x: pointer.x - 15, y: pointer.y - 15, width: 30, height: 30 } : null;
        const place = placeTooltip(SIZE, pointer, about, obstacles, VIEW);
        expect(hides(place, { x: pointer.x - 2, y: pointer.y - 2, width: 4, height: 4 })).toBe(false);
        expect(place.x).toBeGreaterThanOrEqual(0);
        expect(place.y).toBeGreaterThanOrEqual(0);
        expect(place.x + SIZE.width).toBeLessThanOrEqual(VIEW.width);
        expect(place.y + SIZE.height).toBeLessThanOrEqual(VIEW.height);
      }),
    );
  });
});
