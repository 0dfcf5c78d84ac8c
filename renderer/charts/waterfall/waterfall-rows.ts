/** Which spans are rows of the waterfall now: re-rooted, collapsed, folded. Pure. */
import type { TraceModel } from './trace-model.ts';

export interface RowChoice {
  /** Spans whose descendants are put away. */
  readonly collapsed: ReadonlySet<number>;
  /** Only the first span of each entity on the way down; what an entity does inside itself is put away. */
  readonly isByService: boolean;
  /** Subtrees in which nothing takes this share (0-1) of the trace, and nothing failed, are put away. */
  readonly leastShare: number;
  /** The span shown as root; -1 = all. */
  readonly root: number;
}

export interface WaterfallRows {
  /** Row → span. */
  readonly spans: Int32Array;
  /** Row → steps of indentation. */
  readonly depths: Int32Array;
  /** Spans put away because they are short. */
  readonly foldedCount: number;
}

/** O(n) over the spans that are not inside something put away. */
export function waterfallRows(model: TraceModel, choice: RowChoice): WaterfallRows {
  const { tree, table } = model;
  const spans: number[] = [];
  const depths: number[] = [];
  const leastNs = choice.leastShare * model.totalNs;
  let foldedCount = 0;
  let place = choice.root < 0 ? 0 : tree.place[choice.root]!;
  const end = choice.root < 0 ? table.count : tree.subtreeEnd[place]!;
  // Shown ancestors of the current place: where their subtree ends, and which entity they are of.
  const ends: number[] = [];
  const entities: number[] = [];
  while (place < end) {
    while (ends.length > 0 && ends[ends.length - 1]! <= place) {
      ends.pop();
      entities.pop();
    }
    const span = tree.order[place]!;
    if (model.subtreeLongestNs[place]! < leastNs && model.subtreeErrors[place] === 0) {
      foldedCount += tree.subtreeEnd[place]! - place;
      place = tree.subtreeEnd[place]!;
      continue;
    }
    const isInside = choice.isByService && entities.length > 0 && entities[entities.length - 1] === table.entity[span];
    if (!isInside) {
      spans.push(span);
      depths.push(ends.length);
      ends.push(tree.subtreeEnd[place]!);
      entities.push(table.entity[span]!);
    }
    place = choice.collapsed.has(span) ? tree.subtreeEnd[place]! : place + 1;
  }
  return { spans: Int32Array.from(spans), depths: Int32Array.from(depths), foldedCount };
}

/** Row of a span; where it is put away, the row of its nearest shown ancestor; -1 when there is none. O(rows). */
export function rowOfSpan({ spans }: WaterfallRows, model: TraceModel, span: number): number {
  const shown = new Map<number, number>();
  spans.forEach((shownSpan, row) => shown.set(shownSpan, row));
  for (let at = span; at >= 0; at = model.tree.parent[at]!) {
    const row = shown.get(at);
    if (row !== undefined) return row;
  }
  return -1;
}
