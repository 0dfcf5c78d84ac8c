/**
 * Who has run out of workers or of room in a queue: a pool metric at its limit, or messages that say that work was turned
 * away. Being full is how a slow or failing callee shows in who waits for it, whatever averages over all requests say,
 * since refused requests are quick.
 */
import type { EntityIndex } from '../../model/telemetry.ts';
import type { SeriesShift } from '../detectors/series-shift.ts';
import type { RankCausesInput } from './rank-causes.ts';
import { reachedShareOf } from './terms/saturation.ts';

const TURNED_AWAY =
  /\b(queue|pool|executor|buffer|semaphore|bulkhead)\b.{0,20}\b(is full|full|exhausted|saturated)\b|\b(request|task|call)s? (was |were )?(rejected|shed|dropped)|\btoo many (concurrent |active |pending )?requests\b|\boverloaded\b|\bshedding\b/;
const LONGEST_MESSAGE = 2000;
const SMALLEST_COUNT = 2;

/** True when the message says that its writer turned work away for being full. */
export function isAboutBeingFull({ telemetry }: RankCausesInput, template: number): boolean {
  return TURNED_AWAY.test((telemetry.logs.templates[template]?.example ?? '').slice(0, LONGEST_MESSAGE).toLowerCase());
}

/** Folded entities. O(series + log records). */
export function findFullEntities(input: RankCausesInput, shifts: readonly SeriesShift[]): ReadonlySet<EntityIndex> {
  const { telemetry, graph } = input;
  const full = new Set<EntityIndex>();
  for (const shift of shifts) {
    const entity = shift.instance >= 0 ? shift.instance : shift.entity;
    if ((shift.role === 'connections' || shift.role === 'threads') && entity >= 0 && reachedShareOf(telemetry, shift))
      full.add(graph.serviceOf(graph.foldedInto[entity]!));
  }
  const speaking = telemetry.logs.templates.map((_, template) => isAboutBeingFull(input, template));
  const counts = new Map<EntityIndex, number>();
  const { logs } = telemetry;
  for (let row = 0; row < logs.length; row++) {
    if (!speaking[logs.template[row]!] || logs.entity[row]! < 0) continue;
    if (logs.timeNs[row]! < graph.windows.incident.startNs) continue;
    const entity = graph.serviceOf(graph.foldedInto[logs.entity[row]!]!);
    counts.set(entity, (counts.get(entity) ?? 0) + 1);
  }
  for (const [entity, count] of counts) if (count >= SMALLEST_COUNT) full.add(entity);
  return full;
}
