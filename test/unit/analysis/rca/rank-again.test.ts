/** Ranking anew by what people said: against the ranking itself where it can be asked, else by hand. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../shared/base/random.ts';
import { detectors } from '../../../../shared/analysis/detectors/index.ts';
import { rankAgain, type RankingDecisions } from '../../../../shared/analysis/rca/rank-again.ts';
import { rankWithBasis } from '../../../../shared/analysis/rca/rank-causes-engine.ts';
import type { RankedCauses } from '../../../../shared/analysis/rca/write-hypotheses.ts';
import { buildServiceGraph } from '../../../../shared/analysis/topology/build-service-graph.ts';
import type { Evidence, Hypothesis } from '../../../../shared/model/analysis-result.ts';
import type { CandidateBasis } from '../../../../shared/model/ranking-basis.ts';
import { CONTEXT, requestChain, WINDOWS, type Wrong } from '../request-chain.ts';

/** `without` = services that may not be blamed. */
function ranked(wrong: Wrong, without: readonly string[] = []): RankedCauses {
  const { telemetry, indexOf } = requestChain(wrong);
  const graph = buildServiceGraph(telemetry, WINDOWS, CONTEXT);
  const findings = detectors.flatMap((detector) => detector.detect({ telemetry, graph }, CONTEXT));
  const incident = {
    findings: findings.map((_, i) => i),
    alerts: [],
    onsetNs: 600e9,
    endNs: telemetry.endNs,
    symptoms: [indexOf('a')],
  };
  const candidates = telemetry.entities.filter(({ name }) => !without.includes(name));
  return rankWithBasis({ telemetry, graph, findings, incident, request: { candidates } }, CONTEXT);
}
function incidentOf({ hypotheses, unlisted }: RankedCauses) {
  return { hypotheses, basis: { unlisted, namedFrom: 0.3 } };
}
const NOTHING: RankingDecisions = { isRejected: () => false, isStruck: () => false };
const CASES: readonly Wrong[] = [{ slow: 'c' }, { slow: 'b' }, { failing: 'c' }, { delayed: 'b' }];

describe('ranking again', () => {
  it.each(CASES)('without decisions it is the stored answer (%j)', (wrong) => {
    const causes = ranked(wrong);
    const again = rankAgain(incidentOf(causes), NOTHING);
    expect(again.map(({ hypothesis }) => hypothesis)).toEqual(causes.hypotheses);
  });

  it.each(CASES)('what was kept gives the same figures as the telemetry (%j)', (wrong) => {
    const causes = ranked(wrong);
    // A line that weighs nothing forces the whole to be computed from what was kept.
    const isStruck = (_: Hypothesis, { stance }: Evidence): boolean => stance === 'missing';
    const again = rankAgain(incidentOf(causes), { ...NOTHING, isStruck });
    expect(again.map(({ hypothesis }) => hypothesis.entity.name)).toEqual(
      causes.hypotheses.map(({ entity }) => entity.name),
    );
    again.forEach(({ hypothesis, original }, index) => {
      expect(hypothesis.confidence).toBeCloseTo(causes.hypotheses[index]!.confidence, 9);
      expect(hypothesis.score).toBeCloseTo(causes.hypotheses[index]!.score, 9);
      expect(original.confidence).toBe(causes.hypotheses[index]!.confidence);
      hypothesis.evidence.forEach(({ weight }, line) =>
        expect(weight).toBeCloseTo(causes.hypotheses[index]!.evidence[line]!.weight, 9),
      );
    });
  });

  it.each(CASES)('without the rejected the rest is ranked as if it could not be blamed (%j)', (wrong) => {
    const causes = ranked(wrong);
    const first = causes.hypotheses[0]!;
    const again = rankAgain(incidentOf(causes), { ...NOTHING, isRejected: (one) => one === first });
    const oracle = ranked(wrong, [first.entity.name]).hypotheses;
    const left = again.filter(({ isRejected }) => !isRejected);
    expect(left.map(({ hypothesis }) => hypothesis.entity.name)).toEqual(oracle.map(({ entity }) => entity.name));
    left.forEach(({ hypothesis }, index) => expect(hypothesis.confidence).toBeCloseTo(oracle[index]!.confidence, 9));
    expect(again.at(-1)).toMatchObject({ isRejected: true, hypothesis: { confidence: 0, rank: again.length } });
    expect(again.at(-1)!.original.rank).toBe(1);
  });

  it('shares never add up to more than 1, ranks have no gaps, and points never rise by losing what supports', () => {
    const random = createRandom('rank-again');
    for (const wrong of CASES) {
      const causes = ranked(wrong);
      for (let round = 0; round < 40; round++) {
        const rejected = new Set(causes.hypotheses.filter(() => random.next() < 0.2));
        const struck = new Set(causes.hypotheses.flatMap(({ evidence }) => evidence).filter(() => random.next() < 0.3));
        const again = rankAgain(incidentOf(causes), {
          isRejected: (one) => rejected.has(one),
          isStruck: (_, item) => struck.has(item) && item.stance === 'supports',
        });
        const sum = again.reduce((total, { hypothesis }) => total + hypothesis.confidence, 0);
        expect(sum).toBeLessThanOrEqual(1 + 1e-9);
        expect(again.map(({ hypothesis }) => hypothesis.rank)).toEqual(again.map((_, index) => index + 1));
        const left = again.filter(({ isRejected }) => !isRejected).map(({ hypothesis }) => hypothesis.score);
        expect(left).toEqual([...left].sort((a, b) => b - a));
      }
    }
  });

  it('a cause that loses all its listed evidence loses its share; what was struck keeps its weight to be read', () => {
    const causes = ranked({ slow: 'c' });
    const [first] = causes.hypotheses;
    expect(first!.confidence).toBeGreaterThan(0.5);
    const again = rankAgain(incidentOf(causes), {
      ...NOTHING,
      isStruck: (one, item) => one === first && item.stance === 'supports',
    });
    const lost = again.find(({ original }) => original.rank === 1)!;
    expect(lost.hypothesis.confidence).toBe(0);
    // What was struck out keeps the weight it had, to be read.
    expect(lost.hypothesis.evidence.map(({ weight }) => weight)).toEqual(first!.evidence.map(({ weight }) => weight));
  });

  const basis = (parts: CandidateBasis['parts'], more: Partial<CandidateBasis> = {}): CandidateBasis => ({
    kind: 'candidate',
    parts,
    coverage: 1,
    explains: 1,
    isStandIn: false,
    explainedBy: -1,
    uncoveredBy: -1,
    ...more,
  });
  const line = (stance: Evidence['stance'], text: string): Evidence => {
    return { stance, signal: 'trace', text, weight: 0.5, refs: [] };
  };
  const cause = (name: string, evidence: readonly Evidence[], own: CandidateBasis): Hypothesis => ({
    rank: 1,
    entity: { type: 'service', name },
    faultKind: 'unknown',
    change: null,
    score: 1,
    confidence: 0.5,
    summary: name,
    evidence,
    explains: [],
    unexplained: [],
    disprovedBy: '',
    basis: own,
  });
  const scoreOf = (hypotheses: readonly Hypothesis[], struck: readonly string[]): readonly number[] =>
    rankAgain(
      { hypotheses, basis: { unlisted: 0, namedFrom: 0.3 } },
      { ...NOTHING, isStruck: (_, { text }) => struck.includes(text) },
    ).map(({ hypothesis }) => hypothesis.score);

  it('the strongest of an aspect counts fully, a tenth of the others, at most half again; by hand', () => {
    const evidence = [line('supports', 'strongest'), line('supports', 'again'), line('supports', 'other')];
    const rich = cause(
      'rich',
      evidence,
      basis([
        { evidence: 0, signal: 'trace', aspect: 'latency', weights: [4, 4, 0] },
        { evidence: 1, signal: 'trace', aspect: 'latency', weights: [3, 3, 0] },
        { evidence: 2, signal: 'log', aspect: 'new-error', weights: [2, 2, -0.5] },
      ]),
    );
    const poor = cause(
      'poor',
      [line('supports', 'poor')],
      basis([
        { evidence: 0, signal: 'trace', aspect: 'latency', weights: [1, 1, 0] },
        { evidence: -1, signal: 'trace', aspect: 'own-time', weights: [0.2, 0.2, 0] },
      ]),
    );
    // 4 + 0.3 + 2 − 0.5 = 5.8 against 1.2; struck: 3 + 2 − 0.5 = 4.5.
    expect(scoreOf([rich, poor], ['poor'])[1]).toBeCloseTo(0.2 / 5.8, 12);
    expect(scoreOf([rich, poor], ['strongest'])[1]).toBeCloseTo(1.2 / 4.5, 12);
    expect(scoreOf([rich, poor], ['strongest', 'again'])[1]).toBeCloseTo(1.2 / 1.5, 12);
  });

  it('striking a contradiction gives back what it took; by hand', () => {
    const evidence = [line('supports', 'own'), line('contradicts', 'callees'), line('contradicts', 'apart')];
    const own = basis(
      [{ evidence: 0, signal: 'trace', aspect: 'latency', weights: [1, 1, 0], weightsAlone: [4, 4, 0] }],
      { coverage: 0.5, explains: 0.25, explainedBy: 1, uncoveredBy: 2 },
    );
    const rival = cause(
      'rival',
      [line('supports', 'r')],
      basis([{ evidence: 0, signal: 'trace', aspect: 'latency', weights: [8, 8, 0] }]),
    );
    const blocked = cause('blocked', evidence, own);
    expect(scoreOf([rival, blocked], ['callees'])[1]).toBeCloseTo(2 / 8, 12);
    expect(scoreOf([rival, blocked], ['apart'])[1]).toBeCloseTo(1 / 8, 12);
    expect(scoreOf([rival, blocked], ['callees', 'apart'])[1]).toBeCloseTo(4 / 8, 12);
  });

  it('what is seen from outside only returns when nobody inside explains the symptom any more', () => {
    const part = (best: number): CandidateBasis['parts'] => [
      { evidence: 0, signal: 'trace', aspect: 'errors', weights: [best, best, 0] },
    ];
    const inside = cause('inside', [line('supports', 'in')], basis(part(3)));
    const outside = cause('outside', [line('supports', 'out')], basis(part(2), { isStandIn: true }));
    const last = cause('last', [line('supports', 'last')], basis(part(1)));
    const causes = [inside, outside, last];
    const order = (isRejected: RankingDecisions['isRejected']): readonly string[] =>
      rankAgain({ hypotheses: causes, basis: { unlisted: 0, namedFrom: 0.3 } }, { ...NOTHING, isRejected }).map(
        ({ hypothesis }) => hypothesis.entity.name,
      );
    expect(order((one) => one === last)).toEqual(['inside', 'outside', 'last']);
    expect(order((one) => one === inside)).toEqual(['outside', 'last', 'inside']);
  });
});
