import { describe, expect, it } from 'vitest';
import { defaultFilter } from '../../../../renderer/graph/model/default-filter.ts';
import { buildGraphData } from '../../../../renderer/graph/model/graph-data.ts';
import { buildMembership } from '../../../../renderer/graph/model/membership.ts';
import { sceneAtWindow } from '../../../../renderer/graph/model/window-state.ts';
import { nodeFacts, sceneSentence, worstValue } from '../../../../renderer/graph/model/words.ts';
import { graphEdge, graphNode, indexOfName, sampleData, sampleScene, service } from './sample-graph.ts';

describe('buildScene', () => {
  const namespaces = { a1: 'back', a2: 'back', a3: 'back', lone: 'other' };
  const data = sampleData(
    'web>cart cart>db cart>a1 cart>a2 a1>a3 web>lone',
    { cart: 'failing', db: 'failing', web: 'degraded' },
    { namespaces },
  );
  const scene = sampleScene(data, { cause: 'db', explains: ['cart', 'web'], filterText: 'health != ok' });

  it('numbers the path from the cause and marks its edges', () => {
    expect(scene.path.map((index) => [scene.nodes[index]?.name, scene.nodes[index]?.step])).toEqual([
      ['db', 1],
      ['cart', 2],
      ['web', 3],
    ]);
    expect(
      scene.pathEdges
        .map((index) => scene.edges[index])
        .map((edge) => [scene.nodes[edge?.from ?? -1]?.name, edge?.pathStep]),
    ).toEqual([
      ['cart', 1],
      ['web', 2],
    ]);
  });

  it('folds what the filter drops per namespace and adds up its calls; single leftovers are only counted', () => {
    const group = scene.nodes.find((node) => node.entity === null);
    expect(group).toMatchObject({ name: 'back', foldedCount: 3, shape: 'group' });
    expect(scene.nodes.map((node) => node.name).sort()).toEqual(['back', 'cart', 'db', 'web']);
    const folded = scene.edges.find((edge) => scene.nodes[edge.to] === group);
    expect(folded?.calls).toBe(20);
    expect({ matches: scene.matchCount, total: scene.totalCount }).toEqual({ matches: 3, total: 7 });
  });

  it('keeps every node in its group when grouped, matching or not', () => {
    const grouped = sampleScene(data, { cause: 'db', filterText: 'health != ok', form: 'grouped' });
    expect(grouped.nodes).toHaveLength(7);
    expect(grouped.nodes.filter((node) => node.isMatch)).toHaveLength(3);
    expect(grouped.groups.flatMap((group) => group.members).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('takes names from the function given, everywhere', () => {
    const masked = sampleScene(data, { cause: 'db', explains: ['cart'], nameOf: () => 'Wren' });
    const said = [sceneSentence(masked), ...masked.nodes.flatMap((_, index) => nodeFacts(masked, index))].join(' ');
    expect(said).toContain('Wren');
    expect(said).not.toMatch(/cart|db|lone/);
  });
});

describe('buildGraphData', () => {
  const pod = { type: 'instance', name: 'cart-5c-x' } as const;
  const membership = buildMembership([
    { ...pod, attributes: { 'service.name': 'cart', 'k8s.namespace.name': 'shop' } },
  ]);
  const input = {
    nodes: [graphNode('cart'), { ...graphNode('x', 'failing'), entity: pod }],
    edges: [graphEdge('cart', 'cart'), graphEdge('cart', 'cart')],
  };

  it('shows an instance as its service, whose own health stands', () => {
    const data = buildGraphData(input, membership, 'service');
    expect(data.nodes).toMatchObject([{ entity: service('cart'), health: 'healthy', group: 'shop' }]);
    expect(data.nodeOfEntity.get('instance:cart-5c-x')).toBe(0);
  });
  it('ties an instance to its service, which is no call: it hits nobody and counts for nothing', () => {
    const data = buildGraphData(input, membership, 'instance');
    const [from, to] = [data.indexOf.get('service:cart'), data.indexOf.get('instance:cart-5c-x')];
    expect(data.edges.filter(({ kind }) => kind === 'runs')).toMatchObject([{ from, to, calls: 0, isInferred: false }]);
    expect(data.callsFrom[from ?? -1]).toEqual([]);
    expect(data.callsTo[to ?? -1]).toEqual([]);
    expect(buildGraphData(input, membership, 'service').edges.map(({ kind }) => kind)).toEqual(['calls']);
  });
  it('shows instances within their service, and namespaces with the worst inside', () => {
    expect(buildGraphData(input, membership, 'instance').nodes.map((node) => node.group)).toEqual(['cart', 'cart']);
    expect(buildGraphData(input, membership, 'namespace').nodes).toMatchObject([
      { entity: { type: 'namespace', name: 'shop' }, health: 'failing' },
    ]);
  });
  it('adds up calls between the same two ends', () => {
    expect(buildGraphData(input, membership, 'service').edges).toMatchObject([{ from: 0, to: 0, calls: 20 }]);
  });
});

describe('sceneAtWindow', () => {
  it('changes state and values, never nodes, and draws what was not seen as no data', () => {
    const scene = sampleScene(sampleData('web>cart cart>db', { cart: 'failing' }), { cause: 'cart' });
    const before = sceneAtWindow(scene, {
      nodes: [
        {
          entity: service('cart'),
          health: 'healthy',
          requestsPerSecond: 1,
          errorRatio: 0,
          latencyP50Ms: 1,
          latencyP95Ms: 5,
          alertCount: 0,
        },
      ],
      edges: [],
      seconds: 60,
    });
    expect(before.nodes.map((node) => node.key)).toEqual(scene.nodes.map((node) => node.key));
    expect(before.nodes[indexOfName(scene, 'cart')]).toMatchObject({ state: 'healthy', stats: { latencyP95Ms: 5 } });
    expect(before.nodes[indexOfName(scene, 'db')]).toMatchObject({ state: 'unknown' });
    expect(before.edges).toHaveLength(scene.edges.length);
    expect(before.edges.every((edge) => edge.calls === 0)).toBe(true);
  });

  it('takes what only its callers speak of as well as the calls to it are', () => {
    const scene = sampleScene(sampleData('web>db cart>db web>cart'));
    const calls = (from: string, failed: number) => ({
      from: service(from),
      to: service('db'),
      calls: 60,
      errorRatio: failed,
      latencyP95Ms: 40,
    });
    const stateOf = (edges: readonly ReturnType<typeof calls>[]) =>
      sceneAtWindow(scene, { nodes: [], edges, seconds: 60 }).nodes[indexOfName(scene, 'db')];
    expect(stateOf([calls('web', 0), calls('cart', 0)])).toMatchObject({
      state: 'healthy',
      stats: { requestsPerSecond: 2, errorRatio: 0, latencyP95Ms: 40 },
    });
    expect(stateOf([calls('web', 0), calls('cart', 0.2)])).toMatchObject({ state: 'failing' });
    expect(stateOf([])).toMatchObject({ state: 'unknown' });
  });
});

describe('defaultFilter', () => {
  it('shows all of a small graph and the surroundings of the cause in a larger one', () => {
    expect(defaultFilter(sampleData('a>b b>c'), [0])).toBe('');
    const chain = Array.from({ length: 40 }, (_, i) => `n${i}>n${i + 1}`).join(' ');
    expect(defaultFilter(sampleData(chain), [5])).toBe('health != ok or hop(cause) <= 1');
    const star = Array.from({ length: 60 }, (_, i) => `hub>n${i}`).join(' ');
    const data = sampleData(star);
    expect(defaultFilter(data, [indexOfName(data, 'hub')])).toBe('health != ok or path');
  });
});

describe('worstValue', () => {
  it('says latency and errors of the unwell, the word of the others, nothing of the healthy', () => {
    const scene = sampleScene(sampleData('risky>cart cart>calm', { cart: 'failing', dark: 'unknown' }));
    const say = (name: string): string | undefined => {
      const node = scene.nodes[indexOfName(scene, name)];
      return node && worstValue(node);
    };
    expect(say('cart')).toBe('80\u202fms · 20\u202f% err');
    expect(say('risky')).toBe('at risk');
    expect(say('dark')).toBe('no data');
    expect(say('calm')).toBe('');
  });
});
