/** The ledger: ranked candidates as hypotheses with evidence, a summary and what would prove them wrong. */
import type { ChangeSummary, Evidence, Hypothesis } from '../../model/analysis-result.ts';
import type { EntityRef } from '../../model/entity.ts';
import type { RowRef } from '../../model/ids.ts';
import type { EntityIndex } from '../../model/telemetry.ts';
import type { CauseItem } from './cause-item.ts';
import { attributeChange, isSameRollout } from './attribute-change.ts';
import { confidences, featuresOf } from './confidence.ts';
import { disproofOf } from './disproof.ts';
import { splitSymptoms } from './explained-symptoms.ts';
import { classifyFault } from './fault-kind.ts';
import { clock, mechanismOf } from './mechanism.ts';
import type { RankingState } from './ranking-state.ts';
import type { ScoredCandidate } from './score-candidates.ts';

const EVIDENCE_LIMIT = 12;
/** Items of one aspect that are listed; the rows of further ones join the first. */
const PER_ASPECT = 2;
const REFS_PER_ITEM = 12;
/** Of the score; less is not worth a line. */
const SMALLEST_SHARE = 0.01;
/** Ties closer than this are broken by nearness to the symptom. */
const TIE = 1e-9;
const FARTHEST = 8;
const ENTITIES_WITH_RIVALS = 3;
const RIVALS = 4;
/** At most twelve rivals at half of this share stay within what is kept for the unseen. */
const RIVALS_SHARE = 0.03;
const SMALLEST_RIVAL = 0.2;
/** Of a limited list, the places kept for rival changes. */
const PLACES_OF_RIVALS = 3;

export function writeHypotheses(state: RankingState, scored: readonly ScoredCandidate[]): Hypothesis[] {
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
  return [...kept, ...rivals].slice(0, limit).map((hypothesis, index) => ({ ...hypothesis, rank: index + 1 }));
}

/** 0-1: share of the affected that it explains; 1 when nobody is known to be affected. */
function shareExplained(state: RankingState, first: ScoredCandidate | undefined): number {
  if (!first) return 0;
  const { explains, unexplained } = splitSymptoms(state, first.entity, false);
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
  const others = [...contradictions(state, candidate, unexplained), ...missing(state, candidate)];
  const summary = change < 0 ? null : changeSummary(state, change);
  return {
    rank: index + 1,
    entity: { type, name },
    faultKind,
    change: summary,
    score: Math.min(1, candidate.score / top),
    confidence,
    summary: mechanismOf(state, candidate.entity, faultKind, candidate.items, change),
    evidence: [...evidenceOf(candidate, EVIDENCE_LIMIT - others.length), ...others],
    explains,
    unexplained,
    disprovedBy: disproofOf({ type, name }, faultKind, summary),
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
      const share = 0.5 * (score / Math.max(candidate.score, TIE));
      const time = clock(state, Number(changes[change]!.startTime - state.input.telemetry.origin));
      further.push({
        ...first,
        rank: hypotheses.length + further.length + 1,
        change: summary,
        score: share * first.score,
        confidence: share * Math.min(first.confidence, 1 - first.confidence) * RIVALS_SHARE,
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

/** The strongest items, at most two of one aspect; rows of what says the same again join the first of its aspect. */
function evidenceOf(candidate: ScoredCandidate, limit: number): Evidence[] {
  const total = Math.max(candidate.score, TIE);
  const sorted = candidate.items
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.onsetNs - b.onsetNs || (a.text < b.text ? -1 : 1));
  const groups = Map.groupBy(sorted, ({ signal, aspect, change }) => `${signal} ${aspect} ${change ?? ''}`);
  const kept: { readonly item: CauseItem; readonly refs: readonly RowRef[] }[] = [];
  for (const group of groups.values()) {
    const listed = distinctTexts(group).slice(0, PER_ASPECT);
    const rest = group.filter((item) => !listed.includes(item)).flatMap(({ refs }) => refs);
    listed.forEach((item, index) => {
      const refs = index === 0 ? [...new Set([...item.refs, ...rest])].slice(0, REFS_PER_ITEM) : item.refs;
      kept.push({ item, refs });
    });
  }
  return kept
    .sort((a, b) => b.item.weight - a.item.weight || (a.item.text < b.item.text ? -1 : 1))
    .filter(({ item }, index) => index === 0 || item.weight >= SMALLEST_SHARE * total)
    .slice(0, Math.max(1, limit))
    .map(({ item, refs }) => ({
      stance: 'supports',
      signal: item.signal,
      text: item.text,
      weight: Math.min(1, item.weight / total),
      refs,
    }));
}
/** Copies of one service say the same in the same words, but for their own name. */
function distinctTexts(items: readonly CauseItem[]): CauseItem[] {
  const seen = new Set<string>();
  return items.filter(({ text }) => {
    const words = text.replace(/\b\S*\d\S*/g, '#');
    if (seen.has(words)) return false;
    seen.add(words);
    return true;
  });
}

function contradictions(
  state: RankingState,
  candidate: ScoredCandidate,
  unexplained: readonly EntityRef[],
): Evidence[] {
  const found: Evidence[] = [];
  const explained = state.explainedShare(candidate.entity);
  const name = state.nameOf(candidate.entity);
  if (explained > 0.3)
    found.push({
      stance: 'contradicts',
      signal: 'topology',
      text: `${Math.round(100 * explained)} % of the trouble of ${name} is explained by what it calls.`,
      weight: -Math.min(1, explained),
      refs: [],
    });
  if (unexplained.length > 0)
    found.push({
      stance: 'contradicts',
      signal: 'topology',
      text: `${unexplained.length} of the affected do not depend on ${name}: ${unexplained
        .slice(0, 4)
        .map((e) => e.name)
        .join(', ')}.`,
      weight: -Math.min(0.5, 0.1 * unexplained.length),
      refs: [],
    });
  return found;
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
