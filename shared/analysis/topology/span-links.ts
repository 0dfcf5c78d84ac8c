/**
 * What parent links say about each span: how much of it its children cover, whether it serves or calls, whom it calls,
 * and at which span its service was entered. One pass each over columns ordered by start; O(spans).
 */
import { SPAN_KIND } from '../../model/span.ts';
import type { SpanTable } from '../../model/telemetry.ts';

export interface SpanLinks {
  /** Time neither covered by children nor spent pausing before a failed call is made again, nanoseconds, ≥ 0. */
  readonly selfNs: Float64Array;
  /** 1 = the span by which a request entered its service (server, consumer, root, or parent in another entity). */
  readonly isEntry: Uint8Array;
  /** 1 = the span waits for another party (client, producer, or the only thing under it is one remote child). */
  readonly isCall: Uint8Array;
  /** Row of the first child recorded by another entity, -1 = none. */
  readonly remoteChild: Int32Array;
  /** Row of the entry span of the same visit to the service; itself for entries. */
  readonly entryOf: Int32Array;
  /** 1 where any child has error status. */
  readonly hasFailedChild: Uint8Array;
}

/** `entity` = folded owner of each span. */
export function linkSpans(spans: SpanTable, entity: Int32Array): SpanLinks {
  const n = spans.length;
  const { parent, startNs, durationNs, kind, status } = spans;
  const covered = new Float64Array(n);
  const coveredUntil = new Float64Array(n);
  const remoteChild = new Int32Array(n).fill(-1);
  const remoteChildren = new Uint16Array(n);
  const localChildren = new Uint16Array(n);
  const hasFailedChild = new Uint8Array(n);
  const lastFailedCall = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i++) {
    const p = parent[i]!;
    if (p < 0) continue;
    if (status[i] === 2) hasFailedChild[p] = 1;
    const parentEnd = startNs[p]! + durationNs[p]!;
    const isAgain = isSameCall(spans, lastFailedCall[p]!, i);
    const waitsFrom = isAgain ? endOf(spans, lastFailedCall[p]!) : startNs[i]!;
    const from = Math.max(Math.min(waitsFrom, startNs[i]!), coveredUntil[p]!, startNs[p]!);
    const to = Math.min(startNs[i]! + durationNs[i]!, parentEnd);
    if (to > from) {
      covered[p]! += to - from;
      coveredUntil[p] = to;
    }
    lastFailedCall[p] = status[i] === 2 && isCalling(kind[i]!) ? i : isAgain ? -1 : lastFailedCall[p]!;
    if (entity[i] !== entity[p]) {
      if (remoteChild[p] === -1) remoteChild[p] = i;
      if (remoteChildren[p]! < 0xffff) remoteChildren[p]!++;
    } else if (localChildren[p]! < 0xffff) localChildren[p]!++;
  }
  const selfNs = new Float64Array(n);
  const isEntry = new Uint8Array(n);
  const isCall = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    selfNs[i] = Math.max(0, durationNs[i]! - covered[i]!);
    const k = kind[i]!;
    const isServing = k === SPAN_KIND.server || k === SPAN_KIND.consumer;
    const wrapsOneRemoteCall = remoteChildren[i] === 1 && localChildren[i] === 0;
    if (isCalling(k) || (!isServing && wrapsOneRemoteCall)) isCall[i] = 1;
  }
  for (let i = 0; i < n; i++) {
    const p = parent[i]!;
    const isServing = kind[i] === SPAN_KIND.server || kind[i] === SPAN_KIND.consumer;
    if (p === -2) isEntry[i] = isServing ? 1 : 0;
    else if (p === -1 || entity[p] !== entity[i]) isEntry[i] = 1;
    else isEntry[i] = isServing && isCall[p] ? 1 : 0;
  }
  return { selfNs, isEntry, isCall, remoteChild, entryOf: findEntries(parent, isEntry), hasFailedChild };
}

function isCalling(kind: number): boolean {
  return kind === SPAN_KIND.client || kind === SPAN_KIND.producer;
}
function endOf({ startNs, durationNs }: SpanTable, row: number): number {
  return startNs[row]! + durationNs[row]!;
}
/** `later` tries again what `failed` did not achieve; the pause between them is time lost to the callee. */
function isSameCall({ kind, operation, peer }: SpanTable, failed: number, later: number): boolean {
  return (
    failed >= 0 && isCalling(kind[later]!) && operation[failed] === operation[later] && peer[failed] === peer[later]
  );
}

/** Walks up to the nearest entry; visited spans remember the answer, so the whole is O(spans). */
function findEntries(parent: Int32Array, isEntry: Uint8Array): Int32Array {
  const n = parent.length;
  const entryOf = new Int32Array(n).fill(-1);
  const path: number[] = [];
  for (let i = 0; i < n; i++) {
    let at = i;
    path.length = 0;
    while (entryOf[at] === -1 && isEntry[at] === 0 && parent[at]! >= 0 && path.length < 10_000) {
      path.push(at);
      at = parent[at]!;
    }
    const entry = entryOf[at] === -1 ? at : entryOf[at]!;
    entryOf[at] = entry;
    for (const visited of path) entryOf[visited] = entry;
  }
  return entryOf;
}
