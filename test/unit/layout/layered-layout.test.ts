import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignLayers } from '../../../shared/layout/assign-layers.ts';
import { findReversedEdges } from '../../../shared/layout/break-cycles.ts';
import { layeredLayout } from '../../../shared/layout/layered-layout.ts';
import { countCrossings } from '../../../shared/layout/order-layers.ts';

const OPTIONS = { layerGap: 40, nodeGap: 10 };
const graphs = fc.integer({ min: 1, max: 25 }).chain((n) =>
  fc.record({
    nodeCount: fc.constant(n),
    pairs: fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 60 }),
  }),
);

describe('findReversedEdges', () => {
  it('leaves a graph without cycles once the marked edges are turned', () => {
    fc.assert(
      fc.property(graphs, ({ nodeCount, pairs }) => {
        const edges = pairs.filter(([a, b]) => a !== b);
        const reversed = findReversedEdges({ nodeCount, from: edges.map((e) => e[0]), to: edges.map((e) => e[1]) });
        const open = new Array<number>(nodeCount).fill(0);
        const turned = edges.map(([a, b], i) => (reversed[i] ? ([b, a] as const) : ([a, b] as const)));
        for (const [, b] of turned) open[b] = (open[b] ?? 0) + 1;
        const queue = open.flatMap((d, v) => (d === 0 ? [v] : []));
        for (let i = 0; i < queue.length; i++) {
          for (const [a, b] of turned) {
            if (a !== queue[i]) continue;
            open[b] = (open[b] ?? 0) - 1;
            if (open[b] === 0) queue.push(b);
          }
        }
        expect(queue.length).toBe(nodeCount);
      }),
    );
  });

  it('turns nothing in a graph that has no cycle', () => {
    expect(findReversedEdges({ nodeCount: 4, from: [0, 0, 1, 2], to: [1, 2, 3, 3] })).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('assignLayers', () => {
  it('puts a caller before its callee', () => {
    const layer = assignLayers({ nodeCount: 4, from: [0, 1, 0, 3], to: [1, 2, 2, 2] });
    expect([...layer]).toEqual([0, 1, 2, 1]);
  });
});

describe('countCrossings', () => {
  it('counts a full swap of three pairs as three crossings', () => {
    const position = new Float64Array([0, 1, 2, 0, 1, 2]);
    expect(
      countCrossings(
        [
          [0, 1, 2],
          [3, 4, 5],
        ],
        [[5], [4], [3], [], [], []],
        position,
      ),
    ).toBe(3);
  });
});

describe('layeredLayout', () => {
  it('never overlaps two nodes and draws every forward edge to the right', () => {
    fc.assert(
      fc.property(graphs, ({ nodeCount, pairs }) => {
        const nodes = Array.from({ length: nodeCount }, (_, i) => ({ id: `n${i}`, width: 30, height: 20 }));
        const edges = pairs.map(([a, b]) => ({ from: `n${a}`, to: `n${b}` }));
        const { positions, routes, width, height } = layeredLayout(nodes, edges, OPTIONS);
        const at = nodes.map((node) => positions.get(node.id) ?? { x: NaN, y: NaN });
        at.forEach((p, i) => {
          expect(p.x).toBeGreaterThanOrEqual(15 - 1e-6);
          expect(p.x).toBeLessThanOrEqual(width - 15 + 1e-6);
          expect(p.y).toBeGreaterThanOrEqual(10 - 1e-6);
          expect(p.y).toBeLessThanOrEqual(height - 10 + 1e-6);
          for (const q of at.slice(i + 1)) {
            const overlaps = Math.abs(p.x - q.x) < 30 - 1e-6 && Math.abs(p.y - q.y) < 20 + OPTIONS.nodeGap - 1e-6;
            expect(overlaps).toBe(false);
          }
        });
        edges.forEach((edge, i) => {
          const route = routes[i] ?? [];
          if (edge.from === edge.to) return expect(route).toEqual([]);
          expect(route[0]).toEqual(positions.get(edge.from));
          return expect(route.at(-1)).toEqual(positions.get(edge.to));
        });
      }),
    );
  });

  it('draws a chain as a straight line from left to right', () => {
    const nodes = ['a', 'b', 'c'].map((id) => ({ id, width: 20, height: 20 }));
    const { positions } = layeredLayout(
      nodes,
      [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'c' },
      ],
      OPTIONS,
    );
    expect([...positions.values()].map((p) => p.y)).toEqual([10, 10, 10]);
    expect([...positions.values()].map((p) => p.x)).toEqual([10, 70, 130]);
  });

  it('gives the same picture twice and ignores edges to unknown nodes', () => {
    const nodes = ['a', 'b'].map((id) => ({ id, width: 20, height: 20 }));
    const edges = [
      { from: 'a', to: 'b' },
      { from: 'a', to: 'gone' },
    ];
    const first = layeredLayout(nodes, edges, OPTIONS);
    expect(layeredLayout(nodes, edges, OPTIONS)).toEqual(first);
    expect(first.routes[1]).toEqual([]);
  });

  it('keeps a node without edges beside the others', () => {
    const ids = ['root', ...Array.from({ length: 9 }, (_, i) => `leaf${i}`), 'alone'];
    const nodes = ids.map((id) => ({ id, width: 20, height: 20 }));
    const edges = ids.slice(1, 10).map((to) => ({ from: 'root', to }));
    const { height } = layeredLayout(nodes, edges, OPTIONS);
    expect(height).toBe(9 * 20 + 8 * OPTIONS.nodeGap);
  });

  it('has nothing to draw for no nodes', () => {
    expect(layeredLayout([], [], OPTIONS)).toMatchObject({ width: 0, height: 0, routes: [] });
  });
});
