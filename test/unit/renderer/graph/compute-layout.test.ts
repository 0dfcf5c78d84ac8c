import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELL_HEIGHT, CELL_WIDTH, computeLayout } from '../../../../renderer/graph/layout/compute-layout.ts';
import { layoutRequest, NO_PLACES } from '../../../../renderer/graph/layout/layout-request.ts';
import type { KnownPlaces } from '../../../../renderer/graph/layout/layout-request.ts';
import { knownPlacesOf, placementOf, withPin } from '../../../../renderer/graph/layout/placement.ts';
import type { Placement } from '../../../../renderer/graph/layout/placement.ts';
import type { Scene } from '../../../../renderer/graph/model/scene.ts';
import { generateGraph } from '../../../perf/generate-graph.ts';
import { buildGraphData } from '../../../../renderer/graph/model/graph-data.ts';
import { buildMembership } from '../../../../renderer/graph/model/membership.ts';
import { indexOfName, sampleData, sampleScene } from './sample-graph.ts';

/** Places are kept to a tenth of a pixel in x and y. */
const ROUNDING_PX = 0.08;

function place(scene: Scene, known: KnownPlaces = NO_PLACES): Placement {
  return placementOf(computeLayout(layoutRequest(scene, known)), new Set(known.pins));
}
function moves(before: readonly [Scene, Placement], after: readonly [Scene, Placement]): readonly number[] {
  return before[0].nodes.map((node, i) => {
    const j = after[0].indexOf.get(node.key) ?? -1;
    return Math.hypot((after[1].x[j] ?? NaN) - before[1].x[i]!, (after[1].y[j] ?? NaN) - before[1].y[i]!);
  });
}
function generated(extra: number): Scene {
  const graph = generateGraph(600, 2_000, extra);
  const data = buildGraphData(graph, buildMembership(graph.entities), 'service');
  return sampleScene(data, { cause: graph.cause, explains: graph.symptoms, form: 'grouped' });
}

describe('computeLayout of a grouped scene', () => {
  const scene = generated(0);
  const first = place(scene);
  const known = knownPlacesOf(scene, first, NO_PLACES);

  it('puts each member into the box of its group, and no two boxes onto each other', () => {
    const boxes = new Map(first.boxes.map((box) => [box.group, box]));
    scene.nodes.forEach((node, i) => {
      const box = boxes.get(node.group);
      expect(first.x[i]).toBeGreaterThan(box?.x ?? Infinity);
      expect(first.x[i]).toBeLessThan((box?.x ?? 0) + (box?.width ?? 0));
      expect(first.y[i]).toBeGreaterThan(box?.y ?? Infinity);
      expect(first.y[i]).toBeLessThan((box?.y ?? 0) + (box?.height ?? 0));
    });
    expect(overlapping(first)).toEqual([]);
  });

  it('gives no two members one place', () => {
    const places = new Set(scene.nodes.map((_, i) => `${first.x[i]} ${first.y[i]}`));
    expect(places.size).toBe(scene.nodes.length);
  });

  it('puts everything back after a reload', () => {
    expect(Math.max(...moves([scene, first], [scene, place(scene, known)]))).toBeLessThan(ROUNDING_PX);
  });

  it('keeps 99 % within one node’s room when a tenth more comes, without boxes on each other', () => {
    const grown = generated(60);
    expect(grown.nodes.length).toBe(scene.nodes.length + 60);
    const after = place(grown, known);
    const far = moves([scene, first], [grown, after]).filter((move) => move > Math.min(CELL_WIDTH, CELL_HEIGHT));
    expect(far.length).toBeLessThanOrEqual(scene.nodes.length * 0.01);
    expect(overlapping(after)).toEqual([]);
  });

  it('keeps a pinned node where it was put', () => {
    const pinned = withPin(first, 7, scene.nodes[7]?.key ?? '', { x: -431, y: 977 });
    const again = place(scene, knownPlacesOf(scene, pinned, NO_PLACES));
    expect([again.x[7], again.y[7]]).toEqual([-431, 977]);
    expect(again.pins.has(scene.nodes[7]?.key ?? '')).toBe(true);
  });
});

describe('computeLayout of a flat scene', () => {
  const scene = sampleScene(
    sampleData('edge>web web>cart cart>db web>ads ads>db cart>queue edge>ads', {
      db: 'failing',
      cart: 'failing',
      web: 'failing',
    }),
    {
      cause: 'db',
      explains: ['cart', 'web'],
    },
  );
  it('draws the cause path on one line, callers left', () => {
    const at = place(scene);
    const path = scene.path.map((index) => [at.x[index]!, at.y[index]!] as const);
    expect(path).toHaveLength(3);
    for (let i = 1; i < path.length; i++) {
      expect(path[i]![0]).toBeLessThan(path[i - 1]![0]);
      expect(path[i]![1]).toBeCloseTo(path[0]![1], 3);
    }
  });

  it('moves nothing that is known when the filter lets more in, and covers nobody', () => {
    const pairs = fc.array(fc.tuple(fc.nat(14), fc.nat(14)), { minLength: 6, maxLength: 40 });
    fc.assert(
      fc.property(pairs, pairs, (some, more) => {
        const write = (list: readonly (readonly [number, number])[]): string =>
          list.map(([a, b]) => `n${a}>n${b}`).join(' ');
        const before = sampleScene(sampleData(write(some)));
        const at = place(before);
        const after = sampleScene(sampleData(write([...some, ...more])));
        fc.pre(before.nodes.length >= after.nodes.length * 0.3);
        const then = place(after, knownPlacesOf(before, at, NO_PLACES));
        expect(Math.max(...moves([before, at], [after, then]))).toBeLessThan(ROUNDING_PX);
        const places = new Set(after.nodes.map((_, i) => `${then.x[i]} ${then.y[i]}`));
        expect(places.size).toBe(after.nodes.length);
      }),
      { numRuns: 40 },
    );
  });

  it('answers an empty scene with an empty picture', () => {
    expect(computeLayout(layoutRequest(sampleScene(sampleData('')), NO_PLACES)).x).toHaveLength(0);
  });

  it('names a node by its key, whatever the key is', () => {
    const odd = sampleScene(sampleData('__proto__>constructor constructor>toString'));
    const at = place(odd);
    expect(at.x[indexOfName(odd, 'constructor')]).toBeGreaterThan(at.x[indexOfName(odd, '__proto__')]!);
    expect(Math.max(...moves([odd, at], [odd, place(odd, knownPlacesOf(odd, at, NO_PLACES))]))).toBeLessThan(
      ROUNDING_PX,
    );
  });
});

function overlapping({ boxes }: Placement): readonly string[] {
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .flatMap((b) =>
        a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
          ? [`${a.group} ${b.group}`]
          : [],
      ),
  );
}
