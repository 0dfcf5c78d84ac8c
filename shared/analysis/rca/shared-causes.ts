/**
 * Causes that reach many entities at once and leave the call graph's logic aside: more traffic from outside makes
 * everything behind the door busy, a starved machine slows every guest, a cache that no longer answers sends its load to
 * the store behind, a store that says it is slow holds up who asks it. What such a cause explains is taken off those it reaches.
 */
import type { EntityIndex } from '../../model/telemetry.ts';
import type { CauseItem } from './cause-item.ts';
import type { RankingState } from './ranking-state.ts';

/** Points an item needs to count as such a cause. */
const STRONG_NODE = 3;
const STRONG_CACHE = 3;
const LEFT_BEHIND_SURGE = 0.25;
const LEFT_ON_STARVED_NODE = 0.35;
const LEFT_BEHIND_CACHE = 0.45;
/** What fails without calling anybody and is called beside a busier store. */
const STRONG_FAILURE = 1.5;
const BUSIER = 1.5;
const LEFT_BEHIND_RETRIES = 0.45;
const STRONG_STORE = 2.5;
const LEFT_BEFORE_STORE = 0.4;
const LEFT_BEFORE_CACHE = 0.18;

/** Per entity the share of its items that remains; entities not listed keep all. */
export function sharesLeft(state: RankingState, items: readonly CauseItem[]): ReadonlyMap<EntityIndex, number> {
  const left = new Map<EntityIndex, number>();
  const reduce = (entity: EntityIndex, share: number): void => {
    left.set(entity, Math.min(left.get(entity) ?? 1, share));
  };
  /** Its copies too, which is where pools and queues are measured. */
  const reduceWhole = (entity: EntityIndex, share: number): void => {
    reduce(entity, share);
    for (const part of state.input.graph.instancesOf(entity)) reduce(part, share);
  };
  const surges = items.filter((item) => item.aspect === 'traffic');
  for (const { entity } of surges) for (const reached of behind(state, entity)) reduce(reached, LEFT_BEHIND_SURGE);
  const { telemetry, graph } = state.input;
  if (surges.length > 0)
    telemetry.entities.forEach((entity, index) => {
      if (entity.type === 'node') reduce(index, LEFT_BEHIND_SURGE);
    });
  else
    for (const { entity, aspect, weight } of items)
      if (telemetry.entities[entity]!.type === 'node' && aspect === 'starved-node' && weight >= STRONG_NODE)
        for (const guest of graph.residentsOf(entity)) {
          reduce(guest, LEFT_ON_STARVED_NODE);
          reduce(graph.serviceOf(guest), LEFT_ON_STARVED_NODE);
        }
  for (const { entity, aspect, weight } of items) {
    const { type } = telemetry.entities[entity]!;
    const isSlow = (type === 'database' && aspect === 'latency') || (type === 'queue' && aspect === 'own-time');
    const isSlowStore = isSlow && weight >= STRONG_STORE;
    if (isSlowStore || (aspect === 'cache-hits' && weight >= STRONG_CACHE))
      for (const into of graph.callsTo(entity))
        reduceWhole(graph.calls[into]!.from, isSlowStore ? LEFT_BEFORE_STORE : LEFT_BEFORE_CACHE);
  }
  for (const { entity, aspect, weight } of items)
    if (aspect === 'cache-hits' && weight >= STRONG_CACHE)
      for (const into of graph.callsTo(entity))
        for (const out of graph.callsFrom(graph.calls[into]!.from)) {
          const store = graph.calls[out]!.to;
          if (store !== entity && telemetry.entities[store]!.type === 'database') reduceWhole(store, LEFT_BEHIND_CACHE);
        }
  for (const store of overrunStores(state, items)) reduceWhole(store, LEFT_BEHIND_RETRIES);
  return left;
}

/**
 * Stores asked clearly more than before by callers whose calls to somebody else fail: those requests are made again from
 * the start, and each attempt asks the store anew.
 */
function overrunStores(state: RankingState, items: readonly CauseItem[]): EntityIndex[] {
  const { telemetry, graph } = state.input;
  const failing = new Set(
    items
      .filter(({ aspect, weight }) => aspect === 'error-origin' && weight >= STRONG_FAILURE)
      .map(({ entity }) => entity)
      .filter((entity) => graph.callsFrom(entity).length === 0 && !graph.traffic[entity]),
  );
  const busier = state.shifts
    .filter(
      ({ role, edge, entity, baseline, high }) =>
        role === 'requests' && !edge && entity >= 0 && baseline.count >= 3 && high >= BUSIER * baseline.q99,
    )
    .map(({ entity }) => state.fold(entity))
    .filter((entity) => telemetry.entities[entity]!.type === 'database' && !failing.has(entity));
  return [...new Set(busier)].filter((store) =>
    graph
      .callsTo(store)
      .some((into) => graph.callsFrom(graph.calls[into]!.from).some((out) => failing.has(graph.calls[out]!.to))),
  );
}

/** Everything called from it, directly or not, and its parts; not itself. */
function behind(state: RankingState, start: EntityIndex): Set<EntityIndex> {
  const { graph } = state.input;
  const reached = new Set<EntityIndex>([start]);
  const queue = [start];
  for (let head = 0; head < queue.length; head++)
    for (const edge of graph.callsFrom(queue[head]!)) {
      const next = graph.calls[edge]!.to;
      if (reached.has(next)) continue;
      reached.add(next);
      queue.push(next);
    }
  for (const entity of [...reached])
    for (const part of graph.instancesOf(entity)) if (entity !== start) reached.add(part);
  reached.delete(start);
  return reached;
}
