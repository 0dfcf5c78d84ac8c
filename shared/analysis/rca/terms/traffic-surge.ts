/**
 * More requests from outside than before: then everything downstream is busier for a reason that lies in front of it.
 * Only requests nobody in the graph sent count, so retries between services do not look like users.
 */
import type { EntityIndex } from '../../../model/telemetry.ts';
import { short } from '../../sentences.ts';
import { quantileOfSorted } from '../../series/robust-statistics.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const SMALLEST_RATIO = 1.4;
const SMALLEST_CALLS = 200;
const POINTS_PER_DOUBLING = 5;

const MINUTE_NS = 60e9;
/** Recordings that do not reach up to the incident cannot be compared in volume. */
const LARGEST_GAP_MINUTES = 5;
const SMALLEST_MINUTES = 5;

export function collectTrafficSurge(state: RankingState): CauseItem[] {
  const { telemetry, graph } = state.input;
  const { incident, baseline } = graph.windows;
  const first = Math.floor(baseline.startNs / MINUTE_NS);
  const onset = Math.floor(incident.startNs / MINUTE_NS);
  const end = Math.floor(Math.min(incident.endNs, telemetry.endNs) / MINUTE_NS);
  const items: CauseItem[] = [];
  for (const [entity, perMinute] of requestsFromOutside(state)) {
    const before = minutesOf(perMinute, first, onset);
    const during = minutesOf(perMinute, onset, end);
    const latest = Math.max(...[...perMinute.keys()].filter((minute) => minute < onset));
    if (before.length < SMALLEST_MINUTES || during.length === 0 || onset - latest > LARGEST_GAP_MINUTES) continue;
    const usual = quantileOfSorted(before, 0.9);
    const now = quantileOfSorted(during, 0.75);
    const ratio = now / Math.max(usual, 1);
    if (ratio < SMALLEST_RATIO || now * during.length < SMALLEST_CALLS) continue;
    items.push({
      entity,
      term: 'traffic',
      signal: 'trace',
      aspect: 'traffic',
      weight: POINTS_PER_DOUBLING * Math.log2(ratio) + 2,
      onsetNs: state.input.incident.onsetNs,
      onsetUncertaintyNs: state.incidentLengthNs,
      text: `${state.nameOf(entity)} gets ${short(now)} requests a minute from outside where ${short(usual)} were many before.`,
      refs: [],
      hint: 'traffic_surge',
    });
  }
  return items;
}

/** Per entity: minute → root spans. */
function requestsFromOutside(state: RankingState): Map<EntityIndex, Map<number, number>> {
  const { spans } = state.input.telemetry;
  const found = new Map<EntityIndex, Map<number, number>>();
  for (let row = 0; row < spans.length; row++) {
    if (spans.parent[row] !== -1 || spans.entity[row]! < 0) continue;
    const entity = state.fold(spans.entity[row]!);
    let perMinute = found.get(entity);
    if (!perMinute) found.set(entity, (perMinute = new Map()));
    const minute = Math.floor(spans.startNs[row]! / MINUTE_NS);
    perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
  }
  return found;
}
function minutesOf(perMinute: ReadonlyMap<number, number>, from: number, to: number): Float64Array {
  return Float64Array.from({ length: Math.max(0, to - from) }, (_, i) => perMinute.get(from + i) ?? 0).sort();
}
