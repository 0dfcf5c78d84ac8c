/** Everything a waterfall needs of one trace, computed once (on a worker) as columns, so that frames only read. */
import { criticalPath } from './critical-path.ts';
import type { CriticalPath } from './critical-path.ts';
import { selfTimes } from './self-time.ts';
import { spanActivities } from './span-activity.ts';
import type { SpanTable } from './span-table.ts';
import { spanTree } from './span-tree.ts';
import type { SpanTree } from './span-tree.ts';

/** OpenTelemetry Status ERROR. */
const STATUS_ERROR = 2;

export interface TraceModel {
  readonly table: SpanTable;
  readonly tree: SpanTree;
  readonly selfNs: Float64Array;
  /** ACTIVITY per span. */
  readonly activity: Uint8Array;
  readonly path: CriticalPath;
  /** Stretches of the path of span `s`: `pathOf.subarray(pathStart[s], pathStart[s + 1])`, indexes into `path`. */
  readonly pathStart: Int32Array;
  readonly pathOf: Int32Array;
  /** Place → the longest span below it or itself, and errors among them: what folding asks. */
  readonly subtreeLongestNs: Float64Array;
  readonly subtreeErrors: Int32Array;
  readonly totalNs: number;
  readonly errorCount: number;
  readonly entityCount: number;
}

/** O(n log n). */
export function traceModel(table: SpanTable): TraceModel {
  const tree = spanTree(table);
  const selfNs = selfTimes(table, tree);
  const path = criticalPath(table, tree);
  let totalNs = 0;
  let errorCount = 0;
  for (let span = 0; span < table.count; span++) {
    totalNs = Math.max(totalNs, table.startNs[span]! + table.durationNs[span]!);
    if (table.status[span] === STATUS_ERROR) errorCount++;
  }
  return {
    table,
    tree,
    selfNs,
    activity: spanActivities(table, tree, selfNs),
    path,
    ...pathBySpan(path, table.count),
    ...foldFacts(table, tree),
    totalNs,
    errorCount,
    entityCount: new Set(table.entity).size,
  };
}

function pathBySpan(path: CriticalPath, count: number): Pick<TraceModel, 'pathStart' | 'pathOf'> {
  const pathStart = new Int32Array(count + 1);
  for (const span of path.span) pathStart[span + 1]!++;
  for (let span = 0; span < count; span++) pathStart[span + 1]! += pathStart[span]!;
  const next = pathStart.slice();
  const pathOf = new Int32Array(path.span.length);
  path.span.forEach((span, index) => {
    pathOf[next[span]!++] = index;
  });
  return { pathStart, pathOf };
}

/** Descendants stand after their ancestor, so one pass from the end hands their figures up. */
function foldFacts(table: SpanTable, tree: SpanTree): Pick<TraceModel, 'subtreeLongestNs' | 'subtreeErrors'> {
  const subtreeLongestNs = new Float64Array(table.count);
  const subtreeErrors = new Int32Array(table.count);
  for (let place = table.count - 1; place >= 0; place--) {
    const span = tree.order[place]!;
    subtreeLongestNs[place] = Math.max(subtreeLongestNs[place]!, table.durationNs[span]!);
    subtreeErrors[place]! += table.status[span] === STATUS_ERROR ? 1 : 0;
    const above = tree.parent[span]!;
    if (above < 0) continue;
    const abovePlace = tree.place[above]!;
    subtreeLongestNs[abovePlace] = Math.max(subtreeLongestNs[abovePlace]!, subtreeLongestNs[place]!);
    subtreeErrors[abovePlace]! += subtreeErrors[place]!;
  }
  return { subtreeLongestNs, subtreeErrors };
}

export function isErrorSpan({ table }: TraceModel, span: number): boolean {
  return table.status[span] === STATUS_ERROR;
}
export function isOnPath({ pathStart }: TraceModel, span: number): boolean {
  return pathStart[span + 1]! > pathStart[span]!;
}

/** Failures travel to callers: of the failed spans with no failure below them the one that ended first; -1 without any. */
export function firstCauseOfErrors(model: TraceModel): number {
  const endOf = (span: number): number => model.table.startNs[span]! + model.table.durationNs[span]!;
  let best = -1;
  for (let place = 0; place < model.table.count; place++) {
    const span = model.tree.order[place]!;
    if (model.subtreeErrors[place] !== 1 || !isErrorSpan(model, span)) continue;
    if (best < 0 || endOf(span) < endOf(best)) best = span;
  }
  return best;
}
