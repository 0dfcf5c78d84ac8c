/** What a room is told: the sentence of a scene, evidence without repeats, rows that leave room for names. */
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../../shared/model/analysis-result.ts';
import { withLonersBelow, rowCount, rowsOf } from '../../../../renderer/features/presenter/scene-rows.ts';
import { sceneClaim, sceneEvidence } from '../../../../renderer/features/presenter/scenes.ts';

type Judged = Parameters<typeof sceneClaim>[1]['hypotheses'][number];

function fact(stance: Evidence['stance'], weight: number, text: string): Judged['evidence'][number] {
  return { stance, weight, text, signal: 'log', refs: [], strike: null };
}

function cause(changes: Partial<Judged>): Judged {
  return {
    rank: 1,
    entity: { type: 'service', name: 'cart' },
    faultKind: 'pool_exhaustion',
    change: null,
    score: 1,
    confidence: 0.7,
    summary: '',
    evidence: [],
    explains: [],
    unexplained: [],
    disprovedBy: '',
    judgement: null,
    original: { rank: 1, score: 1, confidence: 0.7 },
    ...changes,
  };
}

const claim = (hypothesis: Judged): string =>
  sceneClaim('broke', { title: 'cart fails', hypotheses: [hypothesis] }, 0, 'utc');

const deployed: Judged['change'] = {
  id: 'c1',
  rowId: 1,
  changeKind: 'deployment',
  title: 'Argo CD deployed cart at 4952cde3244c',
  time: 1_763_474_512_000_000_000n as never,
  revision: '4952cde3244c',
};

describe('the sentence of a scene', () => {
  it('says how sure it is, and names the change by kind and time', () => {
    expect(claim(cause({}))).toBe('Most likely: pool exhaustion of cart');
    expect(claim(cause({ confidence: 0.5 }))).toBe('Possibly: pool exhaustion of cart');
    expect(claim(cause({ faultKind: 'bad_deployment', change: deployed }))).toBe(
      'Most likely: the 14:01 deployment of cart',
    );
    expect(claim(cause({ change: deployed }))).toBe('Most likely: pool exhaustion of cart, deployed at 14:01');
  });

  it('names no cause below 0.4, unless a person confirmed it', () => {
    expect(claim(cause({ confidence: 0.39 }))).toBe('Not enough to name a cause');
    const judgement = { verdict: 'confirmed', by: 'Mara', reason: '', time: 0n as never } as Judged['judgement'];
    expect(claim(cause({ confidence: 0.1, judgement }))).toBe('Confirmed: pool exhaustion of cart');
  });
});

describe('evidence of a scene', () => {
  it('tells facts that differ in figures once, and never crowds out what speaks against', () => {
    const evidence = [
      fact('supports', 0.9, 'cart logs an error never seen before, 170 times: “a”.'),
      fact('supports', 0.8, 'cart logs an error never seen before, 66 times: “b”.'),
      fact('supports', 0.5, 'cart waits for a free connection in 412 of 430 traces'),
      fact('contradicts', 0.1, 'its database is busy too'),
      fact('missing', 0, 'no lock view of the database'),
    ];
    expect(sceneEvidence({ ...cause({ evidence }) }, 4).map(({ weight }) => weight)).toEqual([0.9, 0.5, 0.1, 0]);
  });

  it('leaves out what a person struck out, and causes that a person rejected', () => {
    const struck = { ...fact('supports', 0.9, 'cart fails'), strike: { by: 'Mara', time: 0n as never } };
    const evidence = [struck, fact('supports', 0.5, 'cart waits')];
    expect(sceneEvidence({ evidence }, 4).map(({ weight }) => weight)).toEqual([0.5]);
    expect(sceneClaim('why', { title: '', hypotheses: [cause({ evidence })] }, 0, 'utc')).toContain('1 fact for it');
    const judgement = { verdict: 'rejected', by: 'Mara', reason: '', time: 0n as never } as Judged['judgement'];
    expect(claim(cause({ confidence: 0, judgement }))).toBe('Not enough to name a cause');
  });
});

describe('rows of a picture', () => {
  const node = (layer: number, y: number, isOnPath = false) => ({ layer, y, isOnPath });

  it('puts the path on one line and the others of its layer above and below, in their order', () => {
    const rows = rowsOf([node(0, 50, true), node(100, 80, true), node(100, 10), node(100, 99), node(100, 300)]);
    expect(rows).toEqual([0, 0, -1, 1, 2]);
    expect(rowCount(rows)).toBe(4);
  });

  it('spreads who takes part in no call under the others, instead of piling them onto the first layer', () => {
    const nodes = [node(0, 50, true), node(100, 50, true), node(200, 50, true), node(0, 10), node(0, 90)];
    const spread = withLonersBelow(nodes, new Set([3, 4]));
    expect(rowsOf(spread)).toEqual([0, 0, 0, 1, 1]);
    expect(spread.map(({ layer }) => layer)).toEqual([0, 100, 200, 0, 100]);
    // Without a call in the picture everybody stays where the layout put them.
    expect(withLonersBelow(nodes, new Set([0, 1, 2, 3, 4]))).toEqual(nodes);
  });

  it('centres a layer without a path', () => {
    expect(rowsOf([node(0, 30), node(0, 10), node(0, 20)])).toEqual([1, -1, 0]);
    expect(rowCount([])).toBe(0);
  });
});
