/**
 * Puts each node of an acyclic graph on a layer so that every edge goes from a lower to a higher one.
 *
 * Longest path from the sources, then each node is pulled towards its callees when that shortens more edges than it
 * lengthens (the idea behind network simplex, Gansner et al., "A technique for drawing directed graphs", IEEE TSE 19
 * (1993), without its spanning tree). O(n + m) per pass, few passes.
 */
import type { DirectedGraph } from './break-cycles.ts';

const PULL_PASSES = 4;

/** Layer per node, 0 = leftmost. The graph must be acyclic once self-loops are ignored. */
export function assignLayers({ nodeCount, from, to }: DirectedGraph): Int32Array {
  const callees: number[][] = Array.from({ length: nodeCount }, () => []);
  const callers: number[][] = Array.from({ length: nodeCount }, () => []);
  const openCallers = new Int32Array(nodeCount);
  for (let e = 0; e < from.length; e++) {
    const a = from[e] as number;
    const b = to[e] as number;
    if (a === b) continue;
    (callees[a] as number[]).push(b);
    (callers[b] as number[]).push(a);
    openCallers[b] = (openCallers[b] as number) + 1;
  }
  const layer = new Int32Array(nodeCount);
  const order: number[] = [];
  for (let v = 0; v < nodeCount; v++) if (openCallers[v] === 0) order.push(v);
  for (let i = 0; i < order.length; i++) {
    const v = order[i] as number;
    for (const w of callees[v] as number[]) {
      layer[w] = Math.max(layer[w] as number, (layer[v] as number) + 1);
      openCallers[w] = (openCallers[w] as number) - 1;
      if (openCallers[w] === 0) order.push(w);
    }
  }
  for (let pass = 0; pass < PULL_PASSES; pass++) {
    let moved = false;
    for (let i = order.length - 1; i >= 0; i--) {
      const v = order[i] as number;
      const out = callees[v] as number[];
      if (out.length <= (callers[v] as number[]).length) continue;
      let highest = Infinity;
      for (const w of out) highest = Math.min(highest, (layer[w] as number) - 1);
      if (highest > (layer[v] as number)) {
        layer[v] = highest;
        moved = true;
      }
    }
    if (!moved) break;
  }
  return layer;
}
