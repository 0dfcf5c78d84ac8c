/** Self time of each span: its duration without the stretches in which at least one child runs. */
import type { SpanTable } from './span-table.ts';
import type { SpanTree } from './span-tree.ts';

/** Nanoseconds per span, ≥ 0. Children are by begin, so one pass joins their stretches. O(n). */
export function selfTimes(table: SpanTable, tree: SpanTree): Float64Array {
  const selfNs = new Float64Array(table.count);
  for (let span = 0; span < table.count; span++) {
    const start = table.startNs[span]!;
    const end = start + table.durationNs[span]!;
    let covered = 0;
    let coveredUntil = start;
    for (let at = tree.childStart[span]!; at < tree.childStart[span + 1]!; at++) {
      const child = tree.children[at]!;
      const from = Math.max(coveredUntil, table.startNs[child]!);
      const to = Math.min(end, table.startNs[child]! + table.durationNs[child]!);
      if (to <= from) continue;
      covered += to - from;
      coveredUntil = to;
    }
    selfNs[span] = Math.max(0, table.durationNs[span]! - covered);
  }
  return selfNs;
}
