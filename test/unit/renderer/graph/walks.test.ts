import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstStop, walk } from '../../../../renderer/graph/interact/keyboard-walk.ts';
import { computeLayout } from '../../../../renderer/graph/layout/compute-layout.ts';
import { layoutRequest, NO_PLACES } from '../../../../renderer/graph/layout/layout-request.ts';
import { placementOf } from '../../../../renderer/graph/layout/placement.ts';
import { blastRadius, findAtRisk, hopsFrom } from '../../../../renderer/graph/model/blast-radius.ts';
import { findCausePath } from '../../../../renderer/graph/model/cause-path.ts';
import { indexOfName, sampleData, sampleScene, service } from './sample-graph.ts';

const pairsOf = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 30 });

describe('blastRadius', () => {
  it('counts callers and callees over all hops, and which callers show something', () => {
    const data = sampleData('edge>web web>cart cart>db web>ads cart>queue', { web: 'failing', cart: 'degraded' });
    const cart = indexOfName(data, 'cart');
    const { callerCount, calleeCount, observedCount, callerHops } = blastRadius(data, cart);
    expect({ callerCount, calleeCount, observedCount }).toEqual({ callerCount: 2, calleeCount: 2, observedCount: 1 });
    expect(callerHops[indexOfName(data, 'edge')]).toBe(2);
    expect(callerHops[indexOfName(data, 'ads')]).toBe(-1);
  });

  it('has the distances that relaxing all edges gives, with cycles and self-calls', () => {
    fc.assert(
      fc.property(pairsOf, fc.nat(9), (pairs, start) => {
        const data = sampleData(pairs.map(([a, b]) => `n${a}>n${b}`).join(' '), { [`n${start}`]: 'failing' });
        const hops = hopsFrom(data, [indexOfName(data, `n${start}`)], 'callees');
        // Bellman-Ford over names, as far from the breadth-first walk as can be.
        const distance = new Map([[`n${start}`, 0]]);
        for (let round = 0; round < 12; round++) {
          for (const [a, b] of pairs) {
            const from = distance.get(`n${a}`);
            if (from !== undefined && from + 1 < (distance.get(`n${b}`) ?? Infinity)) distance.set(`n${b}`, from + 1);
          }
        }
        data.nodes.forEach(({ entity }, index) => expect(hops[index]).toBe(distance.get(entity.name) ?? -1));
      }),
    );
  });

  it('calls healthy callers of what is hit at risk, and nothing else', () => {
    const data = sampleData('a>b b>c d>c c>e', { c: 'failing', d: 'degraded' });
    const atRisk = findAtRisk(data, new Set([indexOfName(data, 'c')]));
    expect([...atRisk].map((index) => data.nodes[index]?.entity.name)).toEqual(['b']);
  });
});

describe('findCausePath', () => {
  const nameOf = (data: ReturnType<typeof sampleData>, path: readonly number[]): readonly (string | undefined)[] =>
    path.map((index) => data.nodes[index]?.entity.name);

  it('goes from the cause against the calls to the farthest symptom', () => {
    const data = sampleData('edge>web web>cart cart>db ads>db', {
      db: 'failing',
      cart: 'failing',
      web: 'degraded',
      ads: 'failing',
    });
    const path = findCausePath(data, { entity: service('db'), explains: ['cart', 'web', 'ads'].map(service) });
    expect(nameOf(data, path)).toEqual(['db', 'cart', 'web']);
  });

  it('does not pass through what it does not explain', () => {
    const data = sampleData('edge>web web>cart cart>db', { db: 'failing', edge: 'failing' });
    expect(nameOf(data, findCausePath(data, { entity: service('db'), explains: [service('edge')] }))).toEqual(['db']);
  });

  it('ends in cycles too, and every step is a call of the one before', () => {
    fc.assert(
      fc.property(pairsOf, (pairs) => {
        const data = sampleData(pairs.map(([a, b]) => `n${a}>n${b}`).join(' '));
        const all = data.nodes.map(({ entity }) => entity);
        const path = findCausePath(data, { entity: all[0] ?? service('none'), explains: all });
        expect(new Set(path).size).toBe(path.length);
        for (let i = 1; i < path.length; i++) {
          expect(data.edges.some((edge) => edge.from === path[i] && edge.to === path[i - 1])).toBe(true);
        }
      }),
    );
  });

  it('is empty for a cause that the graph does not hold', () => {
    expect(findCausePath(sampleData('a>b'), { entity: service('gone'), explains: [] })).toEqual([]);
    expect(findCausePath(sampleData('a>b'), null)).toEqual([]);
  });
});

describe('walk', () => {
  const scene = sampleScene(sampleData('web>cart web>ads cart>db', { cart: 'failing', db: 'failing' }), {
    cause: 'db',
    explains: ['cart'],
  });
  const place = placementOf(computeLayout(layoutRequest(scene, NO_PLACES)), new Set());
  const at = (name: string): number => indexOfName(scene, name);

  it('starts at the cause', () => {
    expect(walk(scene, place, -1, 'callee')).toBe(at('db'));
    expect(firstStop(sampleScene(sampleData('a>b', { b: 'degraded' })))).toBe(1);
  });
  it('goes left to a caller and right to the worst callee', () => {
    expect(walk(scene, place, at('db'), 'caller')).toBe(at('cart'));
    expect(walk(scene, place, at('web'), 'callee')).toBe(at('cart'));
    expect(walk(scene, place, at('web'), 'caller')).toBe(-1);
  });
});
