/** The answer as people left it: what they said is found by what it says, and whether we abstain follows. */
import { describe, expect, it } from 'vitest';
import { rankedByPeople, type PeopleSaid } from '../../../../shared/engine/api/ranked-by-people.ts';
import type { AnalysisResult, Hypothesis } from '../../../../shared/model/analysis-result.ts';
import { unixNano } from '../../../../shared/model/time.ts';

const TIME = unixNano(7n);
function cause(name: string, points: number, texts: readonly string[], rank = 1): Hypothesis {
  return {
    rank,
    entity: { type: 'service', name },
    faultKind: 'crash',
    change: null,
    score: 1 / rank,
    confidence: 0.6 / rank,
    summary: name,
    evidence: texts.map((text) => ({ stance: 'supports', signal: 'log', text, weight: 0.5, refs: [] })),
    explains: [],
    unexplained: [],
    disprovedBy: '',
    basis: {
      kind: 'candidate',
      parts: texts.map((_, evidence) => {
        return { evidence, signal: 'log', aspect: `aspect-${evidence}`, weights: [points, points, 0] as const };
      }),
      coverage: 1,
      explains: 1,
      isStandIn: false,
      explainedBy: -1,
      uncoveredBy: -1,
    },
  };
}
function resultOf(hypotheses: readonly Hypothesis[]): AnalysisResult {
  return {
    fingerprint: 'f',
    window: null,
    incidents: [
      {
        id: 'inc-1',
        title: 't',
        severity: 'warning',
        start: TIME,
        end: TIME,
        alerts: [],
        findings: [],
        entities: [],
        changes: [],
        links: [],
        hypotheses,
        basis: { unlisted: 0, namedFrom: 0.3 },
      },
    ],
    findings: [],
    graph: { nodes: [], edges: [] },
    abstained: false,
    abstainReason: null,
    blindSpots: [],
    metrics: { alertsIn: 0, incidentsOut: 1, noiseReduction: 0 },
  };
}
const said = (parts: Partial<PeopleSaid>): PeopleSaid => ({ judgements: [], strikes: [], ...parts });
const strike = (name: string, text: string): PeopleSaid['strikes'][number] => {
  return { entity: { type: 'service', name }, signal: 'log', text, by: 'ada', time: TIME };
};
const rejected = (name: string): PeopleSaid['judgements'][number] => ({
  incidentId: 'of an earlier analysis',
  entity: { type: 'service', name },
  faultKind: 'crash',
  changeId: null,
  verdict: 'rejected',
  by: 'ada',
  reason: '',
  time: TIME,
});

describe('the answer as people left it', () => {
  const result = resultOf([cause('a', 3, ['fails 12 times', 'panics']), cause('b', 2, ['slow'], 2)]);

  it('without a word of theirs it is the stored one, and what shares were computed from stays here', () => {
    const { incidents, abstained } = rankedByPeople(result, said({}));
    expect(abstained).toBe(false);
    expect(incidents[0]!.hypotheses.map(({ confidence }) => confidence)).toEqual([0.6, 0.3]);
    expect(incidents[0]).not.toHaveProperty('basis');
    expect(incidents[0]!.hypotheses[0]).not.toHaveProperty('basis');
  });

  it('finds a struck line again when further data changed its figures, but not while the old ones still stand', () => {
    const later = rankedByPeople(result, said({ strikes: [strike('a', 'fails 7 times')] })).incidents[0]!;
    expect(later.hypotheses[0]!.evidence[0]!.strike).toEqual({ by: 'ada', time: TIME });
    expect(later.hypotheses[0]!.evidence[1]!.strike).toBeNull();
    const both = resultOf([cause('a', 3, ['fails 12 times', 'fails 7 times'])]);
    const exact = rankedByPeople(both, said({ strikes: [strike('a', 'fails 7 times')] })).incidents[0]!;
    expect(exact.hypotheses[0]!.evidence.map((item) => item.strike !== null)).toEqual([false, true]);
    expect(rankedByPeople(result, said({ strikes: [strike('b', 'panics')] })).incidents[0]!.hypotheses[0]!.rank).toBe(
      1,
    );
  });

  it('abstains once what pointed at a place was rejected, and says why', () => {
    const one = rankedByPeople(result, said({ judgements: [rejected('a')] }));
    expect(one.incidents[0]!.hypotheses.map(({ entity }) => entity.name)).toEqual(['b', 'a']);
    expect(one.incidents[0]!.hypotheses[1]).toMatchObject({ confidence: 0, original: { rank: 1, confidence: 0.6 } });
    const all = rankedByPeople(result, said({ judgements: [rejected('a'), rejected('b')] }));
    expect(all).toMatchObject({ abstained: true });
    expect(all.abstainReason).toMatch(/rejected or struck out/);
  });

  it('an answer of an earlier version keeps its shares, but for what was rejected', () => {
    const old = resultOf(result.incidents[0]!.hypotheses.map(({ basis: _kept, ...hypothesis }) => hypothesis));
    const { incidents } = rankedByPeople(old, said({ judgements: [rejected('a')] }));
    expect(incidents[0]!.hypotheses.map(({ entity, confidence }) => [entity.name, confidence])).toEqual([
      ['b', 0.3],
      ['a', 0],
    ]);
  });
});
