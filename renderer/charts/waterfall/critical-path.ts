/**
 * The critical path of a trace: the stretches that the whole could not have been shorter than, each belonging to one span.
 *
 * Zhang, Ramanathan, Raj, Parwal, Sherwood, Chabbi: "CRISP: Critical Path Analysis of Large-Scale Microservice
 * Architectures", USENIX ATC 2022, §3.2 (also Jaeger's). From the end of a span backwards: the child that ended last
 * before that moment is on the path, what lies between its end and that moment is the span's own; then on from the
 * child's begin. We differ where data is broken: a child that outlives its parent counts until the parent's end, one that
 * began before it from the parent's begin, and several roots count as children of the trace itself.
 *
 * Limits: it reads order in time as order in cause, so a child nobody waited for can stand on the path.
 */
import type { SpanTable } from './span-table.ts';
import type { SpanTree } from './span-tree.ts';

/** Stretches ordered by begin; they do not overlap. Equal lengths. */
export interface CriticalPath {
  readonly span: Int32Array;
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
}

interface Frame {
  readonly span: number;
  readonly startNs: number;
  /** Down to where it has been followed backwards. */
  untilNs: number;
  readonly children: Int32Array;
  next: number;
}

/** O(n log n) time, O(n) memory; no recursion, so depth does not matter. */
export function criticalPath(table: SpanTable, tree: SpanTree): CriticalPath {
  const span: number[] = [];
  const startNs: number[] = [];
  const endNs: number[] = [];
  const endOf = (index: number): number => table.startNs[index]! + table.durationNs[index]!;
  const frameOf = (index: number, children: Int32Array, from: number, until: number): Frame => ({
    span: index,
    startNs: from,
    untilNs: until,
    children: children.slice().sort((left, right) => endOf(right) - endOf(left) || right - left),
    next: 0,
  });
  const own = (frame: Frame, from: number, to: number): void => {
    if (frame.span < 0 || to <= from) return;
    span.push(frame.span);
    startNs.push(from);
    endNs.push(to);
  };
  let wholeEnd = 0;
  for (const root of tree.roots) wholeEnd = Math.max(wholeEnd, endOf(root));
  const stack: Frame[] = [frameOf(-1, tree.roots, 0, wholeEnd)];
  while (stack.length > 0) {
    const frame = stack[stack.length - 1]!;
    const child = nextOnPath(frame, endOf, table);
    if (child < 0) {
      own(frame, frame.startNs, frame.untilNs);
      stack.pop();
      continue;
    }
    const childEnd = Math.min(endOf(child), parentEnd(frame, endOf, wholeEnd));
    const childStart = Math.max(frame.startNs, table.startNs[child]!);
    own(frame, childEnd, frame.untilNs);
    frame.untilNs = childStart;
    const children = tree.children.subarray(tree.childStart[child], tree.childStart[child + 1]);
    stack.push(frameOf(child, children, childStart, childEnd));
  }
  return ordered(span, startNs, endNs);
}

function parentEnd(frame: Frame, endOf: (span: number) => number, wholeEnd: number): number {
  return frame.span < 0 ? wholeEnd : endOf(frame.span);
}

/** The child that ended last before `untilNs`, its end held inside the parent; -1 when there is none. */
function nextOnPath(frame: Frame, endOf: (span: number) => number, table: SpanTable): number {
  while (frame.next < frame.children.length) {
    const child = frame.children[frame.next++]!;
    const end = frame.span < 0 ? endOf(child) : Math.min(endOf(child), endOf(frame.span));
    const isInside = table.startNs[child]! < frame.untilNs && end > frame.startNs;
    if (isInside && end <= frame.untilNs) return child;
  }
  return -1;
}

function ordered(span: readonly number[], startNs: readonly number[], endNs: readonly number[]): CriticalPath {
  const order = startNs.map((_, index) => index).sort((left, right) => startNs[left]! - startNs[right]!);
  return {
    span: Int32Array.from(order, (index) => span[index]!),
    startNs: Float64Array.from(order, (index) => startNs[index]!),
    endNs: Float64Array.from(order, (index) => endNs[index]!),
  };
}
