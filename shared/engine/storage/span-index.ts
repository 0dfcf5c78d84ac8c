/**
 * Finds spans by trace and span id, and with that the parent of every span. Every trace has a hash table of its own, all
 * one behind the other: spans of a trace stand near each other, so what is looked up is mostly in the processor's cache
 * (two thirds of the time of one large table). The halves of a Zipkin call share one id:
 * the server half hangs below the client half, and what happens inside the callee hangs below the server half.
 */
import { SPAN_KIND } from '../../model/span.ts';
import { finishHash, mixWord } from './hash-words.ts';

/** Columns by row; traces are numbered without large gaps; ids are the low 53 bits, parent -1 for a root. */
export interface SpanLinkColumns {
  readonly length: number;
  readonly trace: Int32Array;
  readonly spanId: Float64Array;
  readonly parentId: Float64Array;
  readonly kind: Uint8Array;
  readonly entity: Int32Array;
}

const LOW = 4_294_967_296;

export class SpanIndex {
  readonly #spans: SpanLinkColumns;
  readonly #firstTrace: number;
  /** Where the table of a trace begins, by trace - `#firstTrace`; it ends where the next begins, its size is a power of two. */
  readonly #tables: Int32Array;
  /** Row + 1 of the first span with an id, by slot; 0 = empty. */
  readonly #slots: Int32Array;
  /** Row + 1 of the next span with the same key, by row; 0 = none. */
  readonly #next: Int32Array;

  /** O(n); keeps references to the columns. */
  constructor(spans: SpanLinkColumns) {
    this.#spans = spans;
    const [first, last] = extentOf(spans.trace, spans.length);
    this.#firstTrace = first;
    this.#tables = tablesOf(spans, first, last);
    this.#slots = new Int32Array(this.#tables.at(-1) ?? 0);
    this.#next = new Int32Array(spans.length);
    // From the last row to the first, so that chains run in row order.
    for (let row = spans.length - 1; row >= 0; row--) {
      const id = spans.spanId[row] ?? 0;
      if (id === 0) continue;
      const slot = this.#slotOf(spans.trace[row] ?? 0, id);
      this.#next[row] = this.#slots[slot] ?? 0;
      this.#slots[slot] = row + 1;
    }
  }

  /** First row with that id in that trace, -1 = none. */
  find(trace: number, id: number): number {
    return id === 0 ? -1 : (this.#slots[this.#slotOf(trace, id)] ?? 0) - 1;
  }

  /** Parent row of every span: -1 = root, -2 = named but absent. */
  parents(): Int32Array {
    const { length } = this.#spans;
    const parents = new Int32Array(length);
    for (let row = 0; row < length; row++) parents[row] = this.#parentOf(row);
    return parents;
  }

  #parentOf(row: number): number {
    const { trace, spanId, parentId, kind } = this.#spans;
    const ownTrace = trace[row] ?? 0;
    if (isCallee(kind[row])) {
      const callerHalf = this.#pick(
        this.find(ownTrace, spanId[row] ?? 0),
        (other) => other !== row && isCaller(kind[other]),
      );
      if (callerHalf >= 0) return callerHalf;
    }
    const parent = parentId[row] ?? -1;
    if (parent < 0) return -1;
    const first = this.find(ownTrace, parent);
    if (first < 0) return -2;
    if ((this.#next[first] ?? 0) === 0) return first === row ? -1 : first;
    return this.#chooseHalf(row, first);
  }

  /** Of several spans with the parent's id: the one of the same service, else the callee's half, else the first. */
  #chooseHalf(row: number, first: number): number {
    const { entity, kind } = this.#spans;
    const same = this.#pick(first, (other) => other !== row && entity[other] === entity[row]);
    if (same >= 0) return same;
    const callee = this.#pick(first, (other) => other !== row && isCallee(kind[other]));
    return callee >= 0 ? callee : this.#pick(first, (other) => other !== row);
  }

  #pick(first: number, isWanted: (row: number) => boolean): number {
    for (let row = first; row >= 0; row = (this.#next[row] ?? 0) - 1) if (isWanted(row)) return row;
    return -1;
  }

  /** The slot of the id in its trace, or the empty one where it belongs; -1 for a trace without spans. */
  #slotOf(trace: number, id: number): number {
    const { spanId } = this.#spans;
    const at = trace - this.#firstTrace;
    const table = this.#tables[at] ?? 0;
    const mask = (this.#tables[at + 1] ?? 0) - table - 1;
    if (mask < 0) return -1;
    let slot = finishHash(mixWord(mixWord(0, (id / LOW) | 0), (id % LOW) | 0)) & mask;
    for (let held = this.#slots[table + slot]!; held !== 0; held = this.#slots[table + slot]!) {
      if (spanId[held - 1] === id) break;
      slot = (slot + 1) & mask;
    }
    return table + slot;
  }
}

/** Lowest and highest number; an empty column has none between them. */
function extentOf(numbers: Int32Array, length: number): readonly [number, number] {
  let first = length === 0 ? 0 : numbers[0]!;
  let last = length === 0 ? -1 : first;
  for (let i = 1; i < length; i++) {
    const number = numbers[i]!;
    if (number < first) first = number;
    else if (number > last) last = number;
  }
  return [first, last];
}

/** Begins of the tables of traces `first` to `last`, each at most half full, and the end of the last. */
function tablesOf({ length, trace, spanId }: SpanLinkColumns, first: number, last: number): Int32Array {
  const tables = new Int32Array(last - first + 2);
  for (let row = 0; row < length; row++) if (spanId[row] !== 0) tables[trace[row]! - first]!++;
  let end = 0;
  for (let at = 0; at < tables.length; at++) {
    const spans = tables[at]!;
    tables[at] = end;
    if (spans > 0) end += 2 ** (32 - Math.clz32(2 * spans - 1));
  }
  return tables;
}

function isCallee(kind: number | undefined): boolean {
  return kind === SPAN_KIND.server || kind === SPAN_KIND.consumer;
}
function isCaller(kind: number | undefined): boolean {
  return kind === SPAN_KIND.client || kind === SPAN_KIND.producer;
}
