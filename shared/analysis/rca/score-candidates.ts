/**
 * From items to one score per candidate: items are credited to the candidate they belong to, things that say the same
 * count once, stand-ins seen only from the caller's side step back when an instrumented candidate explains the symptom.
 */
import { entityKey } from '../../model/entity.ts';
import type { EntityIndex } from '../../model/telemetry.ts';
import type { CauseItem } from './cause-item.ts';
import type { RankingState } from './ranking-state.ts';

/** What further items of one aspect add to the strongest. */
const REPEAT_SHARE = 0.1;
/** Left to a stand-in when something instrumented explains the symptom. */
const STAND_IN_SHARE = 0.05;
/** An instrumented candidate with this many points explains it. */
const EXPLAINING_SCORE = 1.5;

/** A change that merely happened; it lifts other evidence in proportion, and proves nothing alone. */
const CHANGE_PRIOR = 'change-prior';
/** Points of other evidence with which a change counts fully. */
const PROVEN_BY = 3;

export interface ScoredCandidate {
  readonly entity: EntityIndex;
  readonly score: number;
  readonly items: readonly CauseItem[];
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
  for (const item of items) byCandidate.get(candidateOf(state, candidates, item.entity))?.push(item);
  const raw = [...byCandidate].map(([entity, own]) => ({ entity, items: own, score: sumByAspect(own) }));
  return applyEndpointRule(state, raw);
}

/** Strongest item of each aspect plus a little for the others. */
export function sumByAspect(items: readonly CauseItem[]): number {
  const best = new Map<string, number>();
  const rest = new Map<string, number>();
  let against = 0;
  let prior = 0;
  for (const { aspect, weight } of items) {
    if (aspect === CHANGE_PRIOR) {
      prior = Math.max(prior, weight);
      continue;
    }
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
  const evidence = Math.max(0, sum + against);
  return evidence + prior * Math.min(1, evidence / PROVEN_BY);
}

function applyEndpointRule(state: RankingState, scored: readonly ScoredCandidate[]): ScoredCandidate[] {
  const { graph, telemetry, disabledTerms } = state.input;
  const isStandIn = (entity: EntityIndex): boolean =>
    telemetry.entities[entity]!.type === 'external' && !graph.isInstrumented[entity];
  if (disabledTerms?.has('endpoint-rule')) return [...scored];
  const isExplained = scored.some(({ entity, score }) => !isStandIn(entity) && score >= EXPLAINING_SCORE);
  return scored.map((candidate) =>
    isExplained && isStandIn(candidate.entity) ? { ...candidate, score: candidate.score * STAND_IN_SHARE } : candidate,
  );
}
