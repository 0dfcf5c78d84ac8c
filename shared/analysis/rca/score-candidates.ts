/**
 * From items to one score per candidate: items are credited to the candidate they belong to, things that say the same
 * count once, stand-ins seen only from the caller's side step back when an instrumented candidate explains the symptom.
 */
import { entityKey } from '../../model/entity.ts';
import type { EntityIndex } from '../../model/telemetry.ts';
import type { CauseItem } from './cause-item.ts';
import { coverageFactor } from './explained-symptoms.ts';
import { CIRCUMSTANTIAL, partOf, pointsOf, type ScoredChange } from './points.ts';
import type { RankingState } from './ranking-state.ts';
import { CIRCUMSTANCE_BESIDE_RIVAL, findRivalled } from './rival-causes.ts';
import { sharesLeft } from './shared-causes.ts';

/** Left to a stand-in when something instrumented explains the symptom. */
export const STAND_IN_SHARE = 0.05;
/** An instrumented candidate with this many points explains it. */
export const EXPLAINING_SCORE = 1.5;

/** An item with what it would weigh if nothing its entity calls explained its trouble. */
export interface ScoredItem extends CauseItem {
  readonly weightAlone: number;
}
export interface ScoredCandidate {
  readonly entity: EntityIndex;
  readonly score: number;
  readonly items: readonly ScoredItem[];
  /** What its reach leaves of its points, 0-1. */
  readonly coverage: number;
  /** Seen from outside only: it steps back where something instrumented explains the symptom. */
  readonly isStandIn: boolean;
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
  const byCandidate = new Map<EntityIndex, ScoredItem[]>([...candidates].map((entity) => [entity, []]));
  const shares = state.input.disabledTerms?.has('explain-away') ? undefined : sharesLeft(state, items);
  const rivalled = state.input.disabledTerms?.has('rival') ? undefined : findRivalled(state);
  for (const item of items) {
    const isCircumstance = CIRCUMSTANTIAL.has(item.aspect) && rivalled?.has(item.entity);
    const share = isCircumstance ? CIRCUMSTANCE_BESIDE_RIVAL : 1;
    const weight = item.weight * (item.change === undefined ? (shares?.get(item.entity) ?? 1) : share);
    const weighed = { ...item, weight };
    const weightAlone = explainAway(state, weighed, 0).weight;
    const left = explainAway(state, weighed, state.explainedShare(item.entity));
    byCandidate.get(candidateOf(state, candidates, item.entity))?.push({ ...left, weightAlone });
  }
  const isAblated = state.input.disabledTerms?.has('coverage') ?? false;
  const raw = [...byCandidate].map(([entity, own]): ScoredCandidate => {
    const { changes, total } = pointsOf(own.map(partOf));
    const hasRival = rivalled?.has(entity) ?? false;
    const isSurge = own.some(({ aspect }) => aspect === 'traffic');
    const coverage = total > 0 && !isAblated ? coverageFactor(state, entity, isSurge) : 1;
    const isStandIn = isSeenFromOutside(state, entity);
    return { entity, items: own, coverage, isStandIn, changes, hasRival, score: total * coverage };
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

/** `explained` = share of its entity's trouble that what it calls accounts for, 0-1. */
function explainAway(state: RankingState, item: CauseItem, explained: number): CauseItem {
  if (state.input.disabledTerms?.has('explain-away')) return item;
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

function applyEndpointRule(state: RankingState, scored: readonly ScoredCandidate[]): ScoredCandidate[] {
  if (state.input.disabledTerms?.has('endpoint-rule')) return [...scored];
  const isExplained = scored.some(({ isStandIn, score }) => !isStandIn && score >= EXPLAINING_SCORE);
  return scored.map((candidate) =>
    isExplained && candidate.isStandIn ? { ...candidate, score: candidate.score * STAND_IN_SHARE } : candidate,
  );
}
/** Time spent waiting for it in spans is its own, so spans speak for it as for anyone. */
function isSeenFromOutside(state: RankingState, entity: EntityIndex): boolean {
  const { graph, telemetry } = state.input;
  return (
    telemetry.entities[entity]!.type === 'external' &&
    !graph.isInstrumented[entity] &&
    (state.instrumentedCallees(entity).length > 0 || !graph.callsTo(entity).some((edge) => graph.calls[edge]!.red))
  );
}
