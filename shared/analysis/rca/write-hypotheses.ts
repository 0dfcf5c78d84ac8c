/** The ledger: ranked candidates as hypotheses with evidence, a summary and what would prove them wrong. */
import type { ChangeSummary, Evidence, Hypothesis } from '../../model/analysis-result.ts';
import type { EntityRef } from '../../model/entity.ts';
import type { EntityIndex } from '../../model/telemetry.ts';
import { attributeChange, isSameRollout } from './attribute-change.ts';
import { basisOf } from './basis-of-ranking.ts';
import { confidences, featuresOf, rivalConfidence, rivalShare } from './confidence.ts';
import { disproofOf } from './disproof.ts';
import { splitSymptoms } from './explained-symptoms.ts';
import { classifyFault } from './fault-kind.ts';
import { listEvidence } from './list-evidence.ts';
import { clock, mechanismOf } from './mechanism.ts';
import type { RankingState } from './ranking-state.ts';
import type { ScoredCandidate } from './score-candidates.ts';

const EVIDENCE_LIMIT = 12;
/** Ties closer than this are broken by nearness to the symptom. */
const TIE = 1e-9;
const FARTHEST = 8;
const ENTITIES_WITH_RIVALS = 3;
const RIVALS = 4;
const SMALLEST_RIVAL = 0.2;
/** Of a limited list, the places kept for rival changes. */
const PLACES_OF_RIVALS = 3;

export interface RankedCauses {
  readonly hypotheses: readonly Hypothesis[];
  /** Points of candidates without a hypothesis. */
  readonly unlisted: number;
}

export function writeHypotheses(state: RankingState, scored: readonly ScoredCandidate[]): RankedCauses {
  const nearness = new Map(scored.map(({ entity }) => [entity, distanceToSymptom(state, entity)]));
  const ranked = [...scored].sort(
    (a, b) =>
      (Math.abs(a.score - b.score) > TIE ? b.score - a.score : 0) ||
      nearness.get(a.entity)! - nearness.get(b.entity)! ||
      spread(a.entity) - spread(b.entity),
  );
  const { limit } = state.input;
  const listed = limit === undefined ? ranked : ranked.filter(({ score }, i) => i === 0 || score > 0).slice(0, limit);
  const explains = shareExplained(state, ranked[0]);
  state.input.observeFeatures?.(featuresOf(ranked, explains), ranked[0]?.score ?? 0);
  const confidence = confidences(ranked, explains);
  const top = Math.max(ranked[0]?.score ?? 0, TIE);
  const hypotheses = listed.map((candidate, index) => hypothesisOf(state, candidate, index, confidence[index]!, top));
  const rivals = furtherChanges(state, listed, hypotheses);
  const kept =
    limit === undefined ? hypotheses : hypotheses.slice(0, limit - Math.min(PLACES_OF_RIVALS, rivals.length));
  return {
    hypotheses: [...kept, ...rivals].slice(0, limit).map((hypothesis, index) => ({ ...hypothesis, rank: index + 1 })),
    unlisted: ranked.slice(kept.length).reduce((sum, { score }) => sum + score, 0),
  };
}

/** 0-1: share of the affected that it explains; 1 when nobody is known to be affected. */
function shareExplained(state: RankingState, first: ScoredCandidate | undefined): number {
  if (!first) return 0;
  const { explains, unexplained } = splitSymptoms(state, first.entity, false);
  return shareOf(explains, unexplained);
}
function shareOf(explains: readonly EntityRef[], unexplained: readonly EntityRef[]): number {
  const affected = explains.length + unexplained.length;
  return affected === 0 ? 1 : explains.length / affected;
}

function hypothesisOf(
  state: RankingState,
  candidate: ScoredCandidate,
  index: number,
  confidence: number,
  top: number,
): Hypothesis {
  const { change, isTimely } = attributeChange(state, candidate);
  const { type, name } = state.input.telemetry.entities[candidate.entity]!;
  const changeKind = change < 0 ? undefined : state.input.telemetry.changes[change]!.changeKind;
  const faultKind = classifyFault(candidate.items, {
    type,
    isAfterDeployment: isTimely && changeKind === 'deployment',
    isAfterSetting: isTimely && (changeKind === 'configuration' || changeKind === 'feature_flag'),
  });
  const { explains, unexplained } = splitSymptoms(state, candidate.entity, faultKind === 'traffic_surge');
  const { explainedByCallees, uncovered } = contradictions(state, candidate, unexplained);
  const others = [...explainedByCallees, ...uncovered, ...missing(state, candidate)];
  const listed = listEvidence(candidate, EVIDENCE_LIMIT - others.length);
  const firstOther = listed.evidence.length;
  const summary = change < 0 ? null : changeSummary(state, change);
  return {
    rank: index + 1,
    entity: { type, name },
    faultKind,
    change: summary,
    score: Math.min(1, candidate.score / top),
    confidence,
    summary: mechanismOf(state, candidate.entity, faultKind, candidate.items, change),
    evidence: [...listed.evidence, ...others],
    explains,
    unexplained,
    disprovedBy: disproofOf({ type, name }, faultKind, summary),
    basis: basisOf({
      candidate,
      listed,
      explains: faultKind === 'traffic_surge' ? shareExplained(state, candidate) : shareOf(explains, unexplained),
      explainedBy: explainedByCallees.length > 0 ? firstOther : -1,
      uncoveredBy: uncovered.length > 0 ? firstOther + explainedByCallees.length : -1,
    }),
  };
}

/** Other changes of the first few entities, as rivals of the one named with them; ranked behind all entities. */
function furtherChanges(
  state: RankingState,
  ranked: readonly ScoredCandidate[],
  hypotheses: readonly Hypothesis[],
): Hypothesis[] {
  const further: Hypothesis[] = [];
  const { changes } = state.input.telemetry;
  ranked.slice(0, ENTITIES_WITH_RIVALS).forEach((candidate, index) => {
    const first = hypotheses[index]!;
    const named = changes.find(({ rowId }) => rowId === first.change?.rowId);
    const rivals = candidate.changes.filter(
      ({ change }) => !named || (changes[change] !== named && !isSameRollout(changes[change]!, named)),
    );
    for (const { change, score } of rivals.slice(0, RIVALS)) {
      if (score < SMALLEST_RIVAL) continue;
      const summary = changeSummary(state, change);
      const share = rivalShare(score, Math.max(candidate.score, TIE));
      const time = clock(state, Number(changes[change]!.startTime - state.input.telemetry.origin));
      further.push({
        ...first,
        rank: hypotheses.length + further.length + 1,
        change: summary,
        score: share * first.score,
        confidence: rivalConfidence(share, first.confidence),
        basis: { kind: 'rival', change },
        summary: named
          ? `Another change of ${first.entity.name} than “${named.title.slice(0, 80)}” may be behind it: “${summary.title.slice(0, 80)}” at ${time}.`
          : `A change of ${first.entity.name} may be behind it: “${summary.title.slice(0, 80)}” at ${time}.`,
        disprovedBy: disproofOf(first.entity, first.faultKind, summary),
      });
    }
  });
  return further;
}

function changeSummary(state: RankingState, index: number): ChangeSummary {
  const change = state.input.telemetry.changes[index]!;
  return {
    id: change.externalId,
    rowId: change.rowId,
    changeKind: change.changeKind,
    title: change.title,
    time: change.startTime,
    revision: change.revision ?? null,
  };
}

function contradictions(
  state: RankingState,
  candidate: ScoredCandidate,
  unexplained: readonly EntityRef[],
): { readonly explainedByCallees: readonly Evidence[]; readonly uncovered: readonly Evidence[] } {
  const explained = state.explainedShare(candidate.entity);
  const name = state.nameOf(candidate.entity);
  const against = (text: string, weight: number): Evidence => {
    return { stance: 'contradicts', signal: 'topology', text, weight: -weight, refs: [] };
  };
  const some = unexplained.slice(0, 4).map((entity) => entity.name);
  return {
    explainedByCallees:
      explained > 0.3
        ? [
            against(
              `${Math.round(100 * explained)} % of the trouble of ${name} is explained by what it calls.`,
              Math.min(1, explained),
            ),
          ]
        : [],
    uncovered:
      unexplained.length > 0
        ? [
            against(
              `${unexplained.length} of the affected do not depend on ${name}: ${some.join(', ')}.`,
              Math.min(0.5, 0.1 * unexplained.length),
            ),
          ]
        : [],
  };
}

/** Kinds of signal that would speak for or against it, and that the case does not hold. */
function missing(state: RankingState, { entity }: ScoredCandidate): Evidence[] {
  const { telemetry, graph } = state.input;
  const parts = new Set([entity, ...graph.instancesOf(entity)]);
  const name = state.nameOf(entity);
  const lacks: [Evidence['signal'], string][] = [];
  if (!telemetry.metrics.some((series) => parts.has(series.entity) || parts.has(series.instance)))
    lacks.push(['metric', `No metrics of ${name}: saturation can be neither seen nor excluded.`]);
  if (!graph.traffic[entity] && telemetry.entities[entity]!.type === 'service')
    lacks.push(['trace', `No spans of ${name}: what it does itself is only seen from its callers.`]);
  if (telemetry.changes.length === 0)
    lacks.push(['change', 'No changes in the case: a deployment cannot be excluded.']);
  return lacks.map(([signal, text]) => ({ stance: 'missing', signal, text, weight: 0, refs: [] }));
}

/** Hops to the nearest symptom; entities without a path come last. */
function distanceToSymptom({ input }: RankingState, entity: EntityIndex): number {
  const [symptom] = input.incident.symptoms;
  if (symptom === undefined) return 0;
  const hops = input.graph.distance(entity, symptom, FARTHEST);
  return Number.isFinite(hops) ? hops : FARTHEST + 1;
}
/** A fixed shuffle of indexes, so that what is left of ties follows no order of names. */
function spread(entity: number): number {
  return Math.imul(entity + 1, 2654435761) >>> 0;
}
