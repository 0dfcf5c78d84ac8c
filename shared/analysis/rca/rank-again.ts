/**
 * Ranks the causes of an incident anew after people rejected some and struck evidence out: the formulas of the ranking
 * itself over the basis that was kept with the answer, so it needs no telemetry and takes microseconds. Points, shares and
 * order follow, and a sentence that rests on what was struck out. Without decisions the answer is the stored one, to the
 * digit. A rejected cause gives nothing back of what it explained of its callers: they still wait for it, whoever is to
 * blame; who doubts that strikes the line that says so.
 */
import type { Evidence, Hypothesis, Incident } from '../../model/analysis-result.ts';
import { entityKey } from '../../model/entity.ts';
import type { BasisPart, CandidateBasis } from '../../model/ranking-basis.ts';
import { confidences, rivalConfidence, rivalShare, type RankedPoints } from './confidence.ts';
import { pointsOf, type Points, type WeighedPart } from './points.ts';
import { EXPLAINING_SCORE, STAND_IN_SHARE } from './score-candidates.ts';
import { summaryAgain } from './summary-again.ts';

export interface RankingDecisions {
  isRejected(hypothesis: Hypothesis): boolean;
  isStruck(hypothesis: Hypothesis, evidence: Evidence): boolean;
}
export interface RankedAgain {
  /** With rank, score, confidence and weights as they are now. A rejected cause has no share and stands last. */
  readonly hypothesis: Hypothesis;
  /** As the analysis ranked it. */
  readonly original: Pick<Hypothesis, 'rank' | 'score' | 'confidence'>;
  readonly isRejected: boolean;
  /** Per evidence of the hypothesis. */
  readonly struck: readonly boolean[];
}

/** Differences below this are none: the order of the analysis stays. */
const TIE = 1e-9;

interface Judged {
  readonly hypothesis: Hypothesis;
  readonly isRejected: boolean;
  readonly struck: readonly boolean[];
}
interface Candidate extends Judged, RankedPoints {
  readonly basis: CandidateBasis;
  readonly points: Points;
}

/** Cost linear in the kept parts. */
export function rankAgain(
  incident: Pick<Incident, 'hypotheses' | 'basis'>,
  decisions: RankingDecisions,
): readonly RankedAgain[] {
  const judged = incident.hypotheses.map((hypothesis): Judged => {
    const struck = hypothesis.evidence.map((item) => decisions.isStruck(hypothesis, item));
    return { hypothesis, isRejected: decisions.isRejected(hypothesis), struck };
  });
  if (!judged.some(({ isRejected, struck }) => isRejected || struck.includes(true))) return judged.map(asItWas);
  const candidates = steppedBack(judged.flatMap((one) => candidateOf(one) ?? []));
  const ranked = candidates
    .filter(({ isRejected }) => !isRejected)
    .sort((a, b) => (Math.abs(a.score - b.score) > TIE ? b.score - a.score : 0));
  const explains = ranked[0] ? explainedShare(ranked[0]) : 0;
  const shares = confidences(ranked, explains, incident.basis?.unlisted ?? 0);
  const top = Math.max(ranked[0]?.score ?? 0, TIE);
  const named = ranked.map((candidate, index) => {
    const scored = { score: Math.min(1, candidate.score / top), confidence: shares[index]! };
    return answerOf({ ...candidate, hypothesis: { ...reweighed(candidate), ...scored } }, candidate.hypothesis);
  });
  const others = judged.filter(({ hypothesis, isRejected }) => !isRejected && hypothesis.basis?.kind !== 'candidate');
  const rivals = others.map((rival) => answerOf(rivalNow(rival, candidates, named), rival.hypothesis));
  const rejected = judged
    .filter(({ isRejected }) => isRejected)
    .map((one) => answerOf({ ...one, hypothesis: { ...one.hypothesis, score: 0, confidence: 0 } }, one.hypothesis));
  return [...named, ...rivals, ...rejected].map((answer, index) => ({
    ...answer,
    hypothesis: { ...answer.hypothesis, rank: index + 1 },
  }));
}

function asItWas(judged: Judged): RankedAgain {
  return answerOf(judged, judged.hypothesis);
}
function answerOf(now: Judged, { rank, score, confidence }: Hypothesis): RankedAgain {
  const { isRejected, struck } = now;
  const summary = summaryAgain(now.hypothesis, struck);
  const hypothesis = summary === now.hypothesis.summary ? now.hypothesis : { ...now.hypothesis, summary };
  return { hypothesis, isRejected, struck, original: { rank, score, confidence } };
}

function candidateOf(judged: Judged): Candidate | undefined {
  const { basis } = judged.hypothesis;
  if (basis?.kind !== 'candidate') return undefined;
  const isStruck = (evidence: number): boolean => judged.struck[evidence] ?? false;
  const isAlone = isStruck(basis.explainedBy);
  const left = basis.parts.filter(({ evidence }) => !isStruck(evidence)).map((part) => partNow(part, isAlone));
  const points = pointsOf(left);
  const score = points.total * (isStruck(basis.uncoveredBy) ? 1 : basis.coverage);
  const items = left.map(({ signal, best }) => ({ signal, weight: best }));
  return { ...judged, basis, points, score, items };
}
function partNow(part: BasisPart, isAlone: boolean): WeighedPart & Pick<BasisPart, 'signal' | 'evidence'> {
  const [best, sum, against] = (isAlone ? part.weightsAlone : undefined) ?? part.weights;
  return { best, sum, against, aspect: part.aspect, signal: part.signal, evidence: part.evidence, change: part.change };
}
function explainedShare({ basis, struck }: Candidate): number {
  return struck[basis.uncoveredBy] ? 1 : basis.explains;
}

/** What is seen from outside only steps back while something instrumented that nobody rejected explains the symptom. */
function steppedBack(candidates: readonly Candidate[]): Candidate[] {
  const isExplained = candidates.some(
    ({ basis, score, isRejected }) => !isRejected && !basis.isStandIn && score >= EXPLAINING_SCORE,
  );
  return candidates.map((candidate) =>
    isExplained && candidate.basis.isStandIn ? { ...candidate, score: candidate.score * STAND_IN_SHARE } : candidate,
  );
}

/** Weights are shares of the score, so what is left weighs more; what was struck out keeps its weight to be read. */
function reweighed({ hypothesis, basis, struck, score }: Candidate): Hypothesis {
  const isAlone = struck[basis.explainedBy] ?? false;
  const bestOf = new Map<number, number>();
  for (const part of basis.parts) {
    const { best, evidence } = partNow(part, isAlone);
    bestOf.set(evidence, Math.max(bestOf.get(evidence) ?? 0, best));
  }
  const evidence = hypothesis.evidence.map((item, index) =>
    item.stance !== 'supports' || struck[index]
      ? item
      : { ...item, weight: score > TIE ? Math.min(1, (bestOf.get(index) ?? 0) / score) : 0 },
  );
  return { ...hypothesis, evidence };
}

/** Its share follows from its entity's first hypothesis; where that one is rejected, it stays the little it was. */
function rivalNow(rival: Judged, candidates: readonly Candidate[], named: readonly RankedAgain[]): Judged {
  const { hypothesis } = rival;
  const key = entityKey(hypothesis.entity);
  const of = candidates.find((candidate) => entityKey(candidate.hypothesis.entity) === key);
  const now = named.find((answer) => entityKey(answer.hypothesis.entity) === key)?.hypothesis;
  const { basis } = hypothesis;
  if (!of || !now || basis?.kind !== 'rival') return rival;
  const points = of.points.changes.find(({ change }) => change === basis.change)?.score ?? 0;
  const share = rivalShare(points, of.score);
  return {
    ...rival,
    hypothesis: {
      ...hypothesis,
      score: Math.min(1, share * now.score),
      confidence: Math.min(1, rivalConfidence(share, now.confidence)),
    },
  };
}
