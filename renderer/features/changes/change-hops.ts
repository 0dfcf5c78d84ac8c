/**
 * How near a changed entity is to the symptoms: hops along the calls from a symptomatic entity to what it depends on, and
 * along "part of", "runs on" and "owns" in either direction. Pure.
 */
import type { GraphEdge } from '../../../shared/model/analysis-result.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';

/** Hops per `type:name`, 0 for the symptomatic themselves; who is not in it has no path. Breadth first, O(V + E). */
export function hopsFromSymptoms(
  symptoms: readonly EntityRef[],
  edges: readonly Pick<GraphEdge, 'from' | 'to' | 'edgeKind'>[],
): ReadonlyMap<string, number> {
  const next = new Map<string, string[]>();
  const link = (from: string, to: string): void => {
    const list = next.get(from);
    if (list) list.push(to);
    else next.set(from, [to]);
  };
  for (const { from, to, edgeKind } of edges) {
    link(entityKey(from), entityKey(to));
    // A caller does not harm what it calls; a host harms what runs on it, and the other way round.
    if (edgeKind !== 'calls') link(entityKey(to), entityKey(from));
  }
  const hops = new Map(symptoms.map((entity) => [entityKey(entity), 0]));
  for (const [key, distance] of hops) {
    for (const neighbour of next.get(key) ?? []) if (!hops.has(neighbour)) hops.set(neighbour, distance + 1);
  }
  return hops;
}

/** Of a change's entities the nearest; null without a path. */
export function nearestHop(entities: readonly EntityRef[], hops: ReadonlyMap<string, number>): number | null {
  let nearest: number | null = null;
  for (const entity of entities) {
    const distance = hops.get(entityKey(entity));
    if (distance !== undefined && (nearest === null || distance < nearest)) nearest = distance;
  }
  return nearest;
}

export function hopsText(hops: number | null): string {
  if (hops === null) return 'no path';
  return hops === 0 ? 'same place' : hops === 1 ? '1 hop' : `${hops} hops`;
}
