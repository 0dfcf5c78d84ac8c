/** The ledger: ranked candidates as hypotheses with evidence, a summary and what would prove them wrong. */
import type { ChangeSummary, Evidence, FaultKind, Hypothesis } from '../../model/analysis-result.ts';
import type { EntityRef } from '../../model/entity.ts';
import type { EntityIndex } from '../../model/telemetry.ts';
import type { CauseItem } from './cause-item.ts';
import { confidences } from './confidence.ts';
import type { RankingState } from './ranking-state.ts';
import type { ScoredCandidate } from './score-candidates.ts';

const EVIDENCE_LIMIT = 12;
/** A change is named with its entity from this many points on, and this share of the entity's score. */
const CHANGE_POINTS = 0.8;
const CHANGE_SHARE = 0.12;
/** Ties closer than this are broken by nearness to the symptom. */
const TIE = 1e-9;
const FARTHEST = 8;
const ENTITIES_WITH_RIVALS = 3;
const RIVALS = 4;
const SMALLEST_RIVAL = 0.2;

export function writeHypotheses(state: RankingState, scored: readonly ScoredCandidate[]): Hypothesis[] {
  const nearness = new Map(scored.map(({ entity }) => [entity, distanceToSymptom(state, entity)]));
  const ranked = [...scored].sort(
    (a, b) =>
      (Math.abs(a.score - b.score) > TIE ? b.score - a.score : 0) ||
      nearness.get(a.entity)! - nearness.get(b.entity)! ||
      spread(a.entity) - spread(b.entity),
  );
  const confidence = confidences(ranked);
  const top = Math.max(ranked[0]?.score ?? 0, TIE);
  const hypotheses = ranked.map((candidate, index) => hypothesisOf(state, candidate, index, confidence[index]!, top));
  return [...hypotheses, ...furtherChanges(state, ranked, hypotheses)];
}

function hypothesisOf(
  state: RankingState,
  candidate: ScoredCandidate,
  index: number,
  confidence: number,
  top: number,
): Hypothesis {
  const faultKind = likeliestFault(candidate.items);
  const change = changeOf(state, candidate);
  const { explains, unexplained } = splitSymptoms(state, candidate.entity);
  const { type, name } = state.input.telemetry.entities[candidate.entity]!;
  const evidence = [
    ...evidenceOf(candidate),
    ...contradictions(state, candidate, unexplained),
    ...missing(state, candidate),
  ];
  return {
    rank: index + 1,
    entity: { type, name },
    faultKind,
    change,
    score: Math.min(1, candidate.score / top),
    confidence,
    summary: summaryOf(name, faultKind, change, explains.length, unexplained.length, evidence[0]),
    evidence,
    explains,
    unexplained,
    disprovedBy: disproof(type, name, faultKind, change),
  };
}

/** Other changes of the first few entities, as rivals of the one named with them; ranked behind all entities. */
function furtherChanges(
  state: RankingState,
  ranked: readonly ScoredCandidate[],
  hypotheses: readonly Hypothesis[],
): Hypothesis[] {
  const further: Hypothesis[] = [];
  ranked.slice(0, ENTITIES_WITH_RIVALS).forEach((candidate, index) => {
    const first = hypotheses[index]!;
    for (const { change, score } of candidate.changes.slice(first.change ? 1 : 0, RIVALS)) {
      if (score < SMALLEST_RIVAL) continue;
      further.push({
        ...first,
        rank: hypotheses.length + further.length + 1,
        change: changeSummary(state, change),
        score: 0.5 * first.score * (score / Math.max(candidate.score, TIE)),
        confidence: 0.5 * first.confidence * (score / Math.max(candidate.score, TIE)),
      });
    }
  });
  return further;
}

function likeliestFault(items: readonly CauseItem[]): FaultKind {
  const votes = new Map<FaultKind, number>();
  for (const { hint, weight } of items) if (hint && weight > 0) votes.set(hint, Math.max(votes.get(hint) ?? 0, weight));
  return [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? 'unknown';
}

function changeOf(state: RankingState, { changes, score }: ScoredCandidate): ChangeSummary | null {
  const best = changes[0];
  if (!best || best.score < CHANGE_POINTS || best.score < CHANGE_SHARE * score) return null;
  return changeSummary(state, best.change);
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

function evidenceOf(candidate: ScoredCandidate): Evidence[] {
  const total = Math.max(candidate.score, TIE);
  return [...candidate.items]
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.onsetNs - b.onsetNs || (a.text < b.text ? -1 : 1))
    .slice(0, EVIDENCE_LIMIT)
    .map((item) => ({
      stance: 'supports',
      signal: item.signal,
      text: item.text,
      weight: Math.min(1, item.weight / total),
      refs: item.refs,
    }));
}

function splitSymptoms(state: RankingState, entity: EntityIndex): { explains: EntityRef[]; unexplained: EntityRef[] } {
  const { graph, telemetry, incident } = state.input;
  const reached = graph.blastRadius(entity);
  const explains: EntityRef[] = [];
  const unexplained: EntityRef[] = [];
  for (const symptom of [...new Set(incident.symptoms.map((e) => graph.serviceOf(state.fold(e))))].sort(
    (a, b) => a - b,
  )) {
    const { type, name } = telemetry.entities[symptom]!;
    (reached.has(symptom) || symptom === graph.serviceOf(entity) ? explains : unexplained).push({ type, name });
  }
  return { explains, unexplained };
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

function words(faultKind: FaultKind): string {
  return faultKind === 'unknown' ? 'a fault of unknown kind' : faultKind.replaceAll('_', ' ');
}
function summaryOf(
  name: string,
  faultKind: FaultKind,
  change: ChangeSummary | null,
  explained: number,
  unexplained: number,
  strongest: Evidence | undefined,
): string {
  const after = change ? `, after “${change.title.slice(0, 100)}”` : '';
  const reach =
    explained + unexplained > 0 ? ` It accounts for ${explained} of ${explained + unexplained} affected.` : '';
  const because = strongest && strongest.stance === 'supports' ? ` ${strongest.text}` : '';
  return `${name}: ${words(faultKind)}${after}.${reach}${because}`;
}
function disproof(type: string, name: string, faultKind: FaultKind, change: ChangeSummary | null): string {
  if (change)
    return `Undoing “${change.title.slice(0, 100)}” does not bring ${name} back, or the first sign is older than it.`;
  if (faultKind === 'traffic_surge') return `Requests per second at ${name} prove to be as before.`;
  if (type === 'node') return `What runs on ${name} stays slow after it is moved to another machine.`;
  if (type === 'external') return `${name} answers as before when called from somewhere else.`;
  return `${name} is healthy by its own measurements in the same minutes, or others were affected clearly before it.`;
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
