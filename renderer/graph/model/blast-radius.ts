/**
 * How far a fault of one entity can reach. Upwards go its callers, which wait for it or fail with it; downwards its
 * callees, which it can overload or starve. Observed is what shows something already; at risk is what is reached next
 * and still well. O(n + m).
 */
import type { GraphData } from './graph-data.ts';

/** Hops from the nearest start per node; -1 = not reached. `direction`: along the calls, against them, or either way. */
export function hopsFrom(
  data: GraphData,
  starts: readonly number[],
  direction: 'callers' | 'callees' | 'both',
  limit = Infinity,
): Int32Array {
  const hops = new Int32Array(data.nodes.length).fill(-1);
  const queue: number[] = [];
  for (const start of starts) {
    if (hops[start] !== -1) continue;
    hops[start] = 0;
    queue.push(start);
  }
  for (let head = 0; head < queue.length; head++) {
    const at = queue[head]!;
    const next = hops[at]! + 1;
    if (next > limit) continue;
    const visit = (node: number): void => {
      if (hops[node] !== -1) return;
      hops[node] = next;
      queue.push(node);
    };
    if (direction !== 'callees') for (const edge of data.callsTo[at] ?? []) visit(data.edges[edge]!.from);
    if (direction !== 'callers') for (const edge of data.callsFrom[at] ?? []) visit(data.edges[edge]!.to);
  }
  return hops;
}

export interface BlastRadius {
  /** Hops per node, -1 = not reached. */
  readonly callerHops: Int32Array;
  readonly calleeHops: Int32Array;
  readonly callerCount: number;
  readonly calleeCount: number;
  /** Reached against the calls, and showing something. */
  readonly observedCount: number;
}

/** Both ways from one node; the node itself is not counted. */
export function blastRadius(data: GraphData, node: number): BlastRadius {
  const callerHops = hopsFrom(data, [node], 'callers');
  const calleeHops = hopsFrom(data, [node], 'callees');
  let callerCount = 0;
  let calleeCount = 0;
  let observedCount = 0;
  data.nodes.forEach(({ health }, index) => {
    if (index === node) return;
    if (callerHops[index]! > 0) {
      callerCount++;
      if (isUnwell(health)) observedCount++;
    }
    if (calleeHops[index]! > 0) calleeCount++;
  });
  return { callerHops, calleeHops, callerCount, calleeCount, observedCount };
}

/** Still well, and one step from what is hit: its callers, and queues it feeds. */
export function findAtRisk(data: GraphData, hit: ReadonlySet<number>): ReadonlySet<number> {
  const atRisk = new Set<number>();
  const consider = (node: number): void => {
    const health = data.nodes[node]?.health;
    if (!hit.has(node) && health === 'healthy') atRisk.add(node);
  };
  for (const node of hit) {
    for (const edge of data.callsTo[node] ?? []) consider(data.edges[edge]!.from);
    for (const edge of data.callsFrom[node] ?? []) {
      const callee = data.edges[edge]!.to;
      if (data.nodes[callee]?.shape === 'queue') consider(callee);
    }
  }
  return atRisk;
}

export function isUnwell(health: string): boolean {
  return health === 'failing' || health === 'degraded';
}
