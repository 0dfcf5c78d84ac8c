/**
 * Spans as a forest in the order of a waterfall: parents before children, children by begin. Broken traces stay whole:
 * spans whose parent is missing are roots, two spans of one id (a call seen from both ends, as Zipkin writes it) become
 * caller and callee, and a ring of parents is cut at its earliest span.
 */
import type { SpanTable } from './span-table.ts';

export interface SpanTree {
  /** Span → span, -1 = root. */
  readonly parent: Int32Array;
  readonly roots: Int32Array;
  /** Children of span `s`, by begin: `children.subarray(childStart[s], childStart[s + 1])`. */
  readonly childStart: Int32Array;
  readonly children: Int32Array;
  /** Place → span: depth first. */
  readonly order: Int32Array;
  /** Span → place. */
  readonly place: Int32Array;
  /** Place → the place after the last of its descendants. */
  readonly subtreeEnd: Int32Array;
  readonly depth: Int32Array;
}

/** O(n log n). */
export function spanTree(table: SpanTable): SpanTree {
  const { count } = table;
  const byStart = Int32Array.from({ length: count }, (_, span) => span).sort(
    (left, right) =>
      table.startNs[left]! - table.startNs[right]! ||
      table.durationNs[right]! - table.durationNs[left]! ||
      left - right,
  );
  const parent = parentsOf(table, byStart);
  cutRings(parent, byStart);
  const { childStart, children } = childrenOf(parent, byStart);
  const roots = byStart.filter((span) => parent[span]! < 0);
  return { parent, roots, childStart, children, ...walk(count, roots, childStart, children) };
}

function parentsOf(table: SpanTable, byStart: Int32Array): Int32Array {
  const parent = new Int32Array(table.count).fill(-1);
  const firstOfId = new Map<bigint, number>();
  const twins: number[] = [];
  for (const span of byStart) {
    const id = table.spanId[span]!;
    if (id === 0n) continue;
    if (firstOfId.has(id)) twins.push(span);
    else firstOfId.set(id, span);
  }
  for (const span of byStart) {
    const parentId = table.parentSpanId[span]!;
    const found = parentId === 0n ? undefined : firstOfId.get(parentId);
    if (found !== undefined && found !== span) parent[span] = found;
  }
  for (const span of twins) parent[span] = firstOfId.get(table.spanId[span]!) ?? -1;
  return parent;
}

/** Follows each chain of parents once; the first span met twice in one chain loses its parent. O(n). */
function cutRings(parent: Int32Array, byStart: Int32Array): void {
  const seenInWalk = new Int32Array(parent.length).fill(-1);
  for (const first of byStart) {
    let span = first;
    while (span >= 0 && seenInWalk[span] === -1) {
      seenInWalk[span] = first;
      span = parent[span]!;
    }
    if (span >= 0 && seenInWalk[span] === first && parent[span]! >= 0) parent[span] = -1;
  }
}

function childrenOf(parent: Int32Array, byStart: Int32Array): { childStart: Int32Array; children: Int32Array } {
  const childStart = new Int32Array(parent.length + 1);
  for (const above of parent) if (above >= 0) childStart[above + 1]!++;
  for (let span = 0; span < parent.length; span++) childStart[span + 1]! += childStart[span]!;
  const children = new Int32Array(childStart[parent.length]!);
  const next = childStart.slice();
  for (const span of byStart) {
    const above = parent[span]!;
    if (above >= 0) children[next[above]!++] = span;
  }
  return { childStart, children };
}

function walk(
  count: number,
  roots: Int32Array,
  childStart: Int32Array,
  children: Int32Array,
): Pick<SpanTree, 'order' | 'place' | 'subtreeEnd' | 'depth'> {
  const order = new Int32Array(count);
  const place = new Int32Array(count);
  const subtreeEnd = new Int32Array(count);
  const depth = new Int32Array(count);
  const nextChild = childStart.slice(0, count);
  let at = 0;
  const path: number[] = [];
  const enter = (span: number): void => {
    depth[span] = path.length;
    place[span] = at;
    order[at++] = span;
    path.push(span);
  };
  for (const root of roots) {
    enter(root);
    while (path.length > 0) {
      const span = path[path.length - 1]!;
      const next = nextChild[span]!;
      if (next < childStart[span + 1]!) {
        nextChild[span] = next + 1;
        enter(children[next]!);
      } else {
        subtreeEnd[place[span]!] = at;
        path.pop();
      }
    }
  }
  return { order, place, subtreeEnd, depth };
}
