/**
 * From items to one score per candidate: items are credited to the candidate they belong to, things that say the same
 * count once, stand-ins seen only from the caller's side step back when an instrumented candidate explains the symptom.
 */
import { entityKey } from '../../model/entity.ts';
import type { EntityIndex } from '../../model/telemetry.ts';
import type { CauseItem } from './cause-item.ts';
import { coverageFactor } from './explained-symptoms.ts';
import type { RankingState } from './ranking-state.ts';
import { CIRCUMSTANCE_BESIDE_RIVAL, findRivalled } from './rival-causes.ts';
import { sharesLeft } from './shared-causes.ts';

/** What further items of one aspect add to the strongest. */
const REPEAT_SHARE = 0.1;
/** Left to a stand-in when something instrumented explains the symptom. */
const STAND_IN_SHARE = 0.05;
/** An instrumented candidate with this many points explains it. */
const EXPLAINING_SCORE = 1.5;

/** Aspects of a change that hold without it having done anything. */
const CIRCUMSTANTIAL = new Set(['change-prior', 'change-text']);
/** Points of other evidence with which circumstances count fully. */
const PROVEN_BY = 3;

export interface ScoredCandidate {
  readonly entity: EntityIndex;
  readonly score: number;
  readonly items: readonly CauseItem[];
  /** Its changes, the most plausible first. */
  readonly changes: readonly ScoredChange[];
  /** Bad data, a starved scheduler or sheer volume explains its trouble, so that a change merely being near says little. */
  readonly hasRival: boolean;
}

/** Entities that may be blamed; the request's, or everything that does work. */
export function findCandidates(state: RankingState): ReadonlySet<EntityIndex> {
  const { telemetry, graph, request } = state.input;
  const asked = request.candidates && new Set(request.candidates.map(entityKey));
  const found = new Set<EntityIndex>();
  telemetry.entities.forEach((entity, index) => {
    if (asked ? asked.has(entityKey(entity)) : isBlamable(entity.type) && graph.foldedInto[index] === index)
      found.add(index);
  });
  return found;
}
function isBlamable(type: string): boolean {
  return type === 'service' || type === 'database' || type === 'queue' || type === 'external' || type === 'node';
}

/** The candidate an entity's items speak about: itself, what it stands for, the service it is part of; -1 = none. */
export function candidateOf(
  state: RankingState,
  candidates: ReadonlySet<EntityIndex>,
  entity: EntityIndex,
): EntityIndex {
  if (entity < 0) return -1;
  if (candidates.has(entity)) return entity;
  const folded = state.fold(entity);
  if (candidates.has(folded)) return folded;
  const service = state.input.graph.serviceOf(folded);
  return candidates.has(service) ? service : -1;
}

export function scoreCandidates(
  state: RankingState,
  candidates: ReadonlySet<EntityIndex>,
  items: readonly CauseItem[],
): ScoredCandidate[] {
  const byCandidate = new Map<EntityIndex, CauseItem[]>([...candidates].map((entity) => [entity, []]));
  const left = state.input.disabledTerms?.has('explain-away') ? undefined : sharesLeft(state, items);
  const rivalled = state.input.disabledTerms?.has('rival') ? undefined : findRivalled(state);
  for (const item of items) {
    const isCircumstance = CIRCUMSTANTIAL.has(item.aspect) && rivalled?.has(item.entity);
    const share = isCircumstance ? CIRCUMSTANCE_BESIDE_RIVAL : 1;
    const weight = item.weight * (item.change === undefined ? (left?.get(item.entity) ?? 1) : share);
    byCandidate.get(candidateOf(state, candidates, item.entity))?.push(explainAway(state, { ...item, weight }));
  }
  const isAblated = state.input.disabledTerms?.has('coverage') ?? false;
  const raw = [...byCandidate].map(([entity, own]): ScoredCandidate => {
    const evidence = sumByAspect(own.filter((item) => item.change === undefined));
    const changes = scoreChanges(own, evidence);
    const hasRival = rivalled?.has(entity) ?? false;
    const score = evidence + (changes[0]?.score ?? 0);
    const isSurge = own.some(({ aspect }) => aspect === 'traffic');
    const factor = score > 0 && !isAblated ? coverageFactor(state, entity, isSurge) : 1;
    return { entity, items: own, changes, hasRival, score: score * factor };
  });
  return applyEndpointRule(state, raw);
}

/** What a callee's trouble brings about in its callers; its own resources, platform events and changes stay its own. */
const PASSED_ON =
  /^(own-time|error-origin|mentioned|latency|errors|new-error|log-path|saturation-pool|connections|threads|alert-(metric|calls-in|calls-out|log|alert))$/;
/** Left of a symptom that callees explain fully. */
const EXPLAINED_LEFT = 0.06;
/** What callers log about a failing callee, and what a change at an explained entity loses. */
const SAID_EXPLAINED = 0.65;
const CIRCUMSTANCE_EXPLAINED = 0.7;

function explainAway(state: RankingState, item: CauseItem): CauseItem {
  if (state.input.disabledTerms?.has('explain-away')) return item;
  const explained = state.explainedShare(item.entity);
  if (CIRCUMSTANTIAL.has(item.aspect))
    return { ...item, weight: item.weight * (1 - CIRCUMSTANCE_EXPLAINED * explained) };
  if (!PASSED_ON.test(item.aspect)) return item;
  const complained = item.isComplaint ? state.failingCallee(item.entity) : 0;
  if (item.isPassedOn)
    return { ...item, weight: item.weight * (1 - (1 - EXPLAINED_LEFT) * Math.max(explained, complained)) };
  // Waiting for a slow callee makes nobody take another branch; being failed by one does.
  if (item.aspect === 'log-path')
    return { ...item, weight: item.weight * (1 - SAID_EXPLAINED * state.failingCallee(item.entity)) };
  const said = item.aspect === 'new-error' ? SAID_EXPLAINED * state.failingCallee(item.entity) : 0;
  return { ...item, weight: item.weight * (1 - Math.max(said, (1 - EXPLAINED_LEFT) * explained)) };
}

/** What a set of items is worth: the strongest of each aspect and a little for the others. */
export function sumByAspect(items: readonly CauseItem[]): number {
  const best = new Map<string, number>();
  const rest = new Map<string, number>();
  let against = 0;
  for (const { aspect, weight } of items) {
    if (weight < 0) {
      against += weight;
      continue;
    }
    const known = best.get(aspect) ?? 0;
    best.set(aspect, Math.max(known, weight));
    rest.set(aspect, (rest.get(aspect) ?? 0) + Math.min(known, weight));
  }
  let sum = 0;
  for (const [aspect, weight] of best) sum += weight + Math.min(0.5 * weight, REPEAT_SHARE * (rest.get(aspect) ?? 0));
  return Math.max(0, sum + against);
}

export interface ScoredChange {
  /** Index into `telemetry.changes`. */
  readonly change: number;
  /** Points it adds to its entity. */
  readonly score: number;
}
/**
 * Evidence of its own (copies of the new version behave differently) counts fully; that it happened shortly before and
 * speaks of what is failing counts in proportion to what else points at the entity, and proves nothing alone.
 */
function scoreChanges(items: readonly CauseItem[], evidence: number): ScoredChange[] {
  const byChange = Map.groupBy(
    items.filter((item) => item.change !== undefined),
    (item) => item.change!,
  );
  return [...byChange]
    .map(([change, own]) => {
      const seen = sumByAspect(own.filter(({ aspect }) => !CIRCUMSTANTIAL.has(aspect)));
      const circumstance = sumByAspect(own.filter(({ aspect }) => CIRCUMSTANTIAL.has(aspect)));
      return { change, score: seen + circumstance * Math.min(1, (evidence + seen) / PROVEN_BY) };
    })
    .sort((a, b) => b.score - a.score || b.change - a.change);
}

function applyEndpointRule(state: RankingState, scored: readonly ScoredCandidate[]): ScoredCandidate[] {
  const { graph, telemetry, disabledTerms } = state.input;
  /** Seen from outside only; time spent waiting for it in spans is its own, so spans speak for it as for anyone. */
  const isStandIn = (entity: EntityIndex): boolean =>
    telemetry.entities[entity]!.type === 'external' &&
    !graph.isInstrumented[entity] &&
    (state.instrumentedCallees(entity).length > 0 || !graph.callsTo(entity).some((edge) => graph.calls[edge]!.red));
  if (disabledTerms?.has('endpoint-rule')) return [...scored];
  const isExplained = scored.some(({ entity, score }) => !isStandIn(entity) && score >= EXPLAINING_SCORE);
  return scored.map((candidate) =>
    isExplained && isStandIn(candidate.entity) ? { ...candidate, score: candidate.score * STAND_IN_SHARE } : candidate,
  );
}
