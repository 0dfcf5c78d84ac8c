/**
 * Finds spans by trace and span id, and with that the parent of every span. The halves of a Zipkin call share one id:
 * the server half hangs below the client half, and what happens inside the callee hangs below the server half.
 */
import { SPAN_KIND } from '../../model/span.ts';
import { finishHash, mixWord } from './hash-words.ts';

/** Columns by row; ids are the low 53 bits, parent -1 for a root. */
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
  readonly #mask: number;
  /** Row + 1 of the first span with a key, by slot; 0 = empty. */
  readonly #slots: Int32Array;
  /** Row + 1 of the next span with the same key, by row; 0 = none. */
  readonly #next: Int32Array;

  /** O(n); keeps references to the columns. */
  constructor(spans: SpanLinkColumns) {
    this.#spans = spans;
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, spans.length * 2)));
    this.#mask = slots - 1;
    this.#slots = new Int32Array(slots);
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

  #slotOf(trace: number, id: number): number {
    const { trace: traces, spanId } = this.#spans;
    let slot = finishHash(mixWord(mixWord(mixWord(0, trace), (id / LOW) | 0), (id % LOW) | 0)) & this.#mask;
    for (let held = this.#slots[slot] ?? 0; held !== 0; held = this.#slots[slot] ?? 0) {
      if (traces[held - 1] === trace && spanId[held - 1] === id) return slot;
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }
}

function isCallee(kind: number | undefined): boolean {
  return kind === SPAN_KIND.server || kind === SPAN_KIND.consumer;
}
function isCaller(kind: number | undefined): boolean {
  return kind === SPAN_KIND.client || kind === SPAN_KIND.producer;
}
