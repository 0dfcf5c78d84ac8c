import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupedLayout } from '../../../shared/layout/grouped-layout.ts';
import type { Box, GroupedNode } from '../../../shared/layout/grouped-layout.ts';
import { layeredLayout } from '../../../shared/layout/layered-layout.ts';
import { placeAgain } from '../../../shared/layout/place-again.ts';

const OPTIONS = {
  cellWidth: 60,
  cellHeight: 50,
  headHeight: 70,
  columnGap: 100,
  rowGap: 60,
  minColumns: 4,
  aspect: 1.6,
};
const members = fc.array(fc.tuple(fc.nat(7), fc.boolean()), { minLength: 1, maxLength: 70 });

function nodesOf(list: readonly (readonly [number, boolean])[]): readonly GroupedNode[] {
  return list.map(([group, hasOwnRow], i) => ({
    id: `n${i}`,
    group: `g${group}`,
    hasOwnRow: hasOwnRow && i % 5 === 0,
  }));
}
function overlapping(boxes: ReadonlyMap<string, Box>): number {
  const all = [...boxes.values()];
  return all.flatMap((a, i) =>
    all
      .slice(i + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height),
  ).length;
}

describe('groupedLayout', () => {
  it('never lays boxes onto each other nor two members into one cell, also after growing', () => {
    fc.assert(
      fc.property(members, members, (list, more) => {
        const before = groupedLayout(nodesOf(list), [], OPTIONS);
        const grown = groupedLayout(nodesOf([...list, ...more]), [], OPTIONS, before);
        for (const layout of [before, grown]) {
          expect(overlapping(layout.boxes)).toBe(0);
          const cells = new Set([...layout.positions.values()].map(({ x, y }) => `${x} ${y}`));
          expect(cells.size).toBe(layout.positions.size);
        }
        expect(groupedLayout(nodesOf(list), [], OPTIONS, before).positions).toEqual(before.positions);
      }),
    );
  });

  it('stands callers left of callees, with mutual calls of two groups too', () => {
    const nodes = ['web', 'shop', 'data'].flatMap((group) =>
      Array.from({ length: 12 }, (_, i) => ({ id: `${group}-${i}`, group, hasOwnRow: false })),
    );
    const edges = Array.from({ length: 12 }, (_, i) => [
      { from: `web-${i}`, to: `shop-${i}` },
      { from: `shop-${i}`, to: `data-${i}` },
    ]).flat();
    const { boxes } = groupedLayout(nodes, [...edges, { from: 'data-3', to: 'web-3' }], { ...OPTIONS, aspect: 12 });
    const left = ['web', 'shop', 'data'].map((name) => boxes.get(name)?.x ?? NaN);
    expect(left[0]).toBeLessThan(left[1]!);
    expect(left[1]).toBeLessThan(left[2]!);
  });

  it('gives a named member the whole row', () => {
    const nodes = [true, false, false].map((hasOwnRow, i) => ({ id: `n${i}`, group: 'g', hasOwnRow }));
    const { positions } = groupedLayout(nodes, [], OPTIONS);
    expect(positions.get('n0')?.y).toBeLessThan(positions.get('n1')?.y ?? NaN);
    expect(positions.get('n1')?.y).toBe(positions.get('n2')?.y);
  });
});

describe('straight paths', () => {
  it('lie on one line whatever pulls at them', () => {
    const pairs = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 40 });
    fc.assert(
      fc.property(pairs, (extra) => {
        const path = ['n0', 'n1', 'n2', 'n3'];
        // Forward calls only: a cycle could put two of the path onto one layer.
        const edges = [
          ...path.slice(1).map((to, i) => ({ from: path[i]!, to })),
          ...extra.filter(([a, b]) => a < b).map(([a, b]) => ({ from: `n${a}`, to: `n${b}` })),
        ];
        const nodes = Array.from({ length: 12 }, (_, i) => ({ id: `n${i}`, width: 40, height: 30 }));
        const { positions } = layeredLayout(nodes, edges, { layerGap: 30, nodeGap: 8, straight: path });
        const heights = path.map((id) => positions.get(id)?.y ?? NaN);
        for (const y of heights) expect(y).toBeCloseTo(heights[0]!, 3);
      }),
    );
  });
});

describe('placeAgain', () => {
  it('leaves known nodes where they are and puts new ones where nobody is', () => {
    const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 300 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(points, fc.nat(30), (list, knownCount) => {
        const nodes = list.map((_, i) => ({ id: `n${i}`, width: 40, height: 30 }));
        const fresh = new Map(list.map(([layer, y], i) => [`n${i}`, { x: layer * 100, y }]));
        // Known ones stand apart to begin with.
        const known = new Map(nodes.slice(0, knownCount).map(({ id }, i) => [id, { x: (i % 5) * 100, y: i * 40 }]));
        const placed = placeAgain(nodes, [], fresh, known, 5);
        expect(placed.size).toBe(nodes.length);
        for (const [id, at] of known) expect(placed.get(id)).toEqual(at);
        if (known.size === 0) return;
        const all = [...placed];
        all.forEach(([a, left], i) => {
          for (const [b, right] of all.slice(i + 1)) {
            if (known.has(a) && known.has(b)) continue;
            expect(Math.abs(left.x - right.x) >= 40 - 1e-6 || Math.abs(left.y - right.y) >= 30 - 1e-6).toBe(true);
          }
        });
      }),
    );
  });
});
