/** How far an incident reaches: who shows symptoms, and who calls them and shows none yet. Pure. */
import type { GraphEdge } from '../../../shared/model/analysis-result.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';

export interface Reach {
  readonly hitCount: number;
  /** Entities that call a hit one, directly or through others, and show no symptom. */
  readonly atRiskCount: number;
}

/** A walk against the direction of calls: O(entities + edges). */
export function reachOf(
  hit: readonly EntityRef[],
  edges: readonly Pick<GraphEdge, 'from' | 'to' | 'edgeKind'>[],
): Reach {
  const callersOf = new Map<string, string[]>();
  for (const { from, to, edgeKind } of edges) {
    if (edgeKind !== 'calls') continue;
    const callers = callersOf.get(entityKey(to));
    if (callers) callers.push(entityKey(from));
    else callersOf.set(entityKey(to), [entityKey(from)]);
  }
  const hitKeys = new Set(hit.map(entityKey));
  const reached = new Set(hitKeys);
  for (const key of reached) for (const caller of callersOf.get(key) ?? []) reached.add(caller);
  return { hitCount: hitKeys.size, atRiskCount: reached.size - hitKeys.size };
}
