/**
 * The way from a cause to the farthest symptom it explains. Faults travel from callee to caller, so the walk goes
 * against the calls, through entities that the hypothesis explains and that show something. Breadth first; of two
 * callers the busier comes first. O(n + m).
 */
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import type { GraphData } from './graph-data.ts';

export interface CauseLike {
  readonly entity: EntityRef;
  readonly explains: readonly EntityRef[];
}

/** Node indices, the cause first; empty when the cause is not in the graph. */
export function findCausePath(data: GraphData, cause: CauseLike | null): readonly number[] {
  const start = cause ? data.nodeOfEntity.get(entityKey(cause.entity)) : undefined;
  if (!cause || start === undefined) return [];
  const symptoms = new Set<number>();
  for (const entity of cause.explains) {
    const index = data.nodeOfEntity.get(entityKey(entity));
    if (index !== undefined) symptoms.add(index);
  }
  const cameFrom = new Map<number, { readonly from: number; readonly steps: number }>([
    [start, { from: -1, steps: 0 }],
  ]);
  const queue = [start];
  let end = start;
  for (let head = 0; head < queue.length; head++) {
    const at = queue[head] ?? start;
    const steps = cameFrom.get(at)?.steps ?? 0;
    if (symptoms.has(at) && isBetterEnd(data, at, steps, end, cameFrom.get(end)?.steps ?? 0)) end = at;
    for (const caller of busiestCallers(data, at)) {
      if (cameFrom.has(caller) || !symptoms.has(caller)) continue;
      cameFrom.set(caller, { from: at, steps: steps + 1 });
      queue.push(caller);
    }
  }
  const path: number[] = [];
  for (let at = end; at >= 0; at = cameFrom.get(at)?.from ?? -1) path.unshift(at);
  return path;
}

function isBetterEnd(data: GraphData, at: number, steps: number, end: number, endSteps: number): boolean {
  if (steps !== endSteps) return steps > endSteps;
  return data.nodes[at]?.health === 'failing' && data.nodes[end]?.health !== 'failing';
}

function busiestCallers(data: GraphData, node: number): readonly number[] {
  return (data.callsTo[node] ?? [])
    .flatMap((index) => data.edges[index] ?? [])
    .sort((a, b) => b.calls - a.calls || a.from - b.from)
    .map((edge) => edge.from);
}
