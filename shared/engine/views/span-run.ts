/**
 * A stretch of at most 131,072 spans, ordered by start, with what makes sums over it cheap: running totals at every
 * thousandth row, lists of rows by entity, by call and by trace, digests of traffic. They are made when first wanted, and only for
 * a run that has stopped changing; until then its rows are walked.
 */
import { ascendingOrder } from '../storage/radix-order.ts';
import { HEAT_BOUNDS_MS, heatRow } from './latency-codes.ts';
import { TimeOrderedColumns, type ColumnsOf } from './time-ordered-columns.ts';
import type { OffsetWindow } from './time-window.ts';
import { TrafficCounts, type TrafficDigest } from './traffic.ts';

const SHAPE = {
  time: 'f64',
  duration: 'f64',
  trace: 'i32',
  /** Entity id, 0 = none. */
  entity: 'i32',
  resource: 'i32',
  name: 'i32',
  peer: 'i32',
  /** Number of the call this span stands for (edge-numbers), 0 = none. */
  edge: 'i32',
  rowId: 'i32',
  flags: 'u8',
} as const;
export const SPAN_SHAPE = SHAPE;
export type SpanRows = ColumnsOf<typeof SHAPE>;

export const SPAN_FLAG = { error: 1, entry: 2, root: 4, calling: 8, serving: 16 } as const;

/** How rows are bundled; tests make them small. */
export interface RunLimits {
  /** Rows of a run. */
  readonly runRows: number;
  /** Rows between running totals. */
  readonly cellRows: number;
  /** Rows in a digest of traffic. */
  readonly digestRows: number;
  /** A run that did not change for so long is taken to stay. */
  readonly settledMs: number;
}
export const RUN_LIMITS: RunLimits = { runRows: 131_072, cellRows: 1_024, digestRows: 65_536, settledMs: 1_000 };

/** Rows, ascending, by a number they carry: those of number n are `rows[starts[n]]` … `rows[starts[n + 1] - 1]`. */
interface RowLists {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}
interface Totals {
  readonly errors: Uint32Array;
  /** Entry spans by row of the heat map. */
  readonly heat: Uint32Array;
}
interface Derived {
  totals?: Totals;
  byEntity?: RowLists;
  byEdge?: RowLists;
  /** Rows by trace, those of one trace by time. */
  byTrace?: Uint32Array;
  readonly digests: (RunTraffic | undefined)[];
}
interface RunTraffic {
  readonly nodes: TrafficDigest;
  readonly edges: TrafficDigest;
}

export class SpanRun {
  readonly #columns = new TimeOrderedColumns(SHAPE);
  readonly #limits: RunLimits;
  #derived: Derived = { digests: [] };
  #changed = performance.now();
  #firstRowId = Infinity;
  #lastRowId = -Infinity;

  constructor(limits: RunLimits) {
    this.#limits = limits;
  }

  get rows(): SpanRows {
    return this.#columns.columns;
  }
  get length(): number {
    return this.#columns.length;
  }
  /** It has stopped changing: its lists of rows are made, or worth making. */
  get isSettled(): boolean {
    const { runRows, settledMs } = this.#limits;
    return this.length === runRows || performance.now() - this.#changed >= settledMs;
  }

  /** Rows come by row id. */
  insert(rows: SpanRows, count: number): void {
    this.#firstRowId = Math.min(this.#firstRowId, rows.rowId[0]!);
    this.#lastRowId = Math.max(this.#lastRowId, rows.rowId[count - 1]!);
    this.#columns.insert(rows, count);
    this.forget();
  }
  /** Whether it may hold rows with ids from … to last. */
  mayHold(firstRowId: number, lastRowId: number): boolean {
    return firstRowId <= this.#lastRowId && lastRowId >= this.#firstRowId;
  }
  /** After flags or calls of its rows were set anew. */
  forget(): void {
    this.#derived = { digests: [] };
    this.#changed = performance.now();
  }

  /** Makes one of the things that later sums will want; false when there is nothing to make. About 20 ms. */
  prepare(entityLimit: number, edgeLimit: number): boolean {
    if (!this.isSettled || this.length === 0) return false;
    const derived = this.#derived;
    if (!derived.totals) derived.totals = this.#makeTotals();
    else if (!derived.byEntity) this.#listsByEntity();
    else if (!derived.byEdge) this.#listsByEdge();
    else if (!derived.byTrace) this.#rowsByTrace();
    else {
      const parts = Math.floor(this.length / this.#limits.digestRows);
      let part = 0;
      while (part < parts && derived.digests[part]) part++;
      if (part === parts) return false;
      this.#digest(part, entityLimit, edgeLimit);
    }
    return true;
  }

  range(window: OffsetWindow): { readonly from: number; readonly to: number } {
    return { from: this.#columns.lowerBound(window.start), to: this.#columns.lowerBound(window.end) };
  }
  lowerBound(time: number): number {
    return this.#columns.lowerBound(time);
  }

  /** Adds rows from … to - 1 to a bucket's errors and heat (`heat[row * bucketCount + bucket]`). */
  addTotals(from: number, to: number, into: { errors: Float64Array; heat: Float64Array; bucket: number }): void {
    const { cellRows } = this.#limits;
    const firstCell = Math.ceil(from / cellRows);
    const lastCell = Math.floor(to / cellRows);
    if (!this.isSettled || firstCell >= lastCell) {
      this.#walkTotals(from, to, into);
      return;
    }
    const { errors, heat } = (this.#derived.totals ??= this.#makeTotals());
    const { bucket } = into;
    const bucketCount = into.errors.length;
    const heatRows = HEAT_BOUNDS_MS.length;
    into.errors[bucket]! += errors[lastCell]! - errors[firstCell]!;
    for (let row = 0; row < heatRows; row++)
      into.heat[row * bucketCount + bucket]! += heat[lastCell * heatRows + row]! - heat[firstCell * heatRows + row]!;
    this.#walkTotals(from, firstCell * cellRows, into);
    this.#walkTotals(lastCell * cellRows, to, into);
  }

  #walkTotals(from: number, to: number, into: { errors: Float64Array; heat: Float64Array; bucket: number }): void {
    const { flags, duration } = this.rows;
    const { errors, heat, bucket } = into;
    const bucketCount = errors.length;
    for (let i = from; i < to; i++) {
      const flag = flags[i]!;
      if ((flag & SPAN_FLAG.error) !== 0) errors[bucket]!++;
      if ((flag & SPAN_FLAG.entry) !== 0) heat[heatRow(duration[i]!) * bucketCount + bucket]!++;
    }
  }

  #makeTotals(): Totals {
    const { cellRows } = this.#limits;
    const cells = Math.floor(this.length / cellRows);
    const heatRows = HEAT_BOUNDS_MS.length;
    const errors = new Uint32Array(cells + 1);
    const heat = new Uint32Array((cells + 1) * heatRows);
    const { flags, duration } = this.rows;
    for (let cell = 0; cell < cells; cell++) {
      errors[cell + 1] = errors[cell]!;
      heat.copyWithin((cell + 1) * heatRows, cell * heatRows, (cell + 1) * heatRows);
      for (let i = cell * cellRows; i < (cell + 1) * cellRows; i++) {
        if ((flags[i]! & SPAN_FLAG.error) !== 0) errors[cell + 1]!++;
        if ((flags[i]! & SPAN_FLAG.entry) !== 0) heat[(cell + 1) * heatRows + heatRow(duration[i]!)]!++;
      }
    }
    return { errors, heat };
  }

  /** Calls `visit` with each entry span of the entity in the window, by time. */
  eachEntry(entity: number, window: OffsetWindow, visit: (row: number) => void): void {
    const { from, to } = this.range(window);
    const { flags } = this.rows;
    this.#eachOf(entity, from, to, (i) => {
      if ((flags[i]! & SPAN_FLAG.entry) !== 0) visit(i);
    });
  }

  /** Calls `visit` with each span of the entity. */
  eachOf(entity: number, visit: (row: number) => void): void {
    this.#eachOf(entity, 0, this.length, visit);
  }

  #eachOf(entity: number, from: number, to: number, visit: (row: number) => void): void {
    if (this.isSettled) {
      eachListed(this.#listsByEntity(), entity, from, to, visit);
      return;
    }
    const { entity: entities } = this.rows;
    for (let i = from; i < to; i++) if (entities[i] === entity) visit(i);
  }

  /** Calls `visit` with each span that stands for one of these calls. */
  eachCall(edges: readonly number[], window: OffsetWindow, visit: (row: number) => void): void {
    const { from, to } = this.range(window);
    if (this.isSettled) {
      const lists = this.#listsByEdge();
      for (const wanted of edges) eachListed(lists, wanted, from, to, visit);
      return;
    }
    const isWanted = new Uint8Array(Math.max(0, ...edges) + 1);
    for (const wanted of edges) isWanted[wanted] = 1;
    const { edge } = this.rows;
    for (let i = from; i < to; i++) if (isWanted[edge[i]!] === 1) visit(i);
  }

  /** Calls `visit` with each span of the trace, by time; `window` holds all of it. */
  eachOfTrace(wanted: number, window: OffsetWindow, visit: (row: number) => void): void {
    const { trace } = this.rows;
    if (!this.isSettled) {
      const { from, to } = this.range(window);
      for (let i = from; i < to; i++) if (trace[i] === wanted) visit(i);
      return;
    }
    const rows = this.#rowsByTrace();
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (trace[rows[middle]!]! < wanted) low = middle + 1;
      else high = middle;
    }
    for (; low < rows.length && trace[rows[low]!] === wanted; low++) visit(rows[low]!);
  }

  #rowsByTrace(): Uint32Array {
    const trace = this.rows.trace.subarray(0, this.length);
    return (this.#derived.byTrace ??=
      ascendingOrder(Float64Array.from(trace)) ?? new Uint32Array(trace.length).map((_, i) => i));
  }
  #listsByEntity(): RowLists {
    const { entity } = this.rows;
    return (this.#derived.byEntity ??= rowLists(this.length, (i) => entity[i]!));
  }
  #listsByEdge(): RowLists {
    const { edge } = this.rows;
    return (this.#derived.byEdge ??= rowLists(this.length, (i) => edge[i]!));
  }

  /** Adds the traffic of every entity and call in the window. */
  addTraffic(window: OffsetWindow, nodes: TrafficCounts, edges: TrafficCounts): void {
    const { from, to } = this.range(window);
    const { digestRows } = this.#limits;
    const first = Math.ceil(from / digestRows);
    const last = Math.floor(to / digestRows);
    if (!this.isSettled || first >= last) {
      this.#walkTraffic(from, to, nodes, edges);
      return;
    }
    for (let part = first; part < last; part++) {
      const digest = this.#digest(part, nodes.limit, edges.limit);
      nodes.addDigest(digest.nodes);
      edges.addDigest(digest.edges);
    }
    this.#walkTraffic(from, first * digestRows, nodes, edges);
    this.#walkTraffic(last * digestRows, to, nodes, edges);
  }

  #walkTraffic(from: number, to: number, nodes: TrafficCounts, edges: TrafficCounts): void {
    const { duration, entity, edge, flags } = this.rows;
    for (let i = from; i < to; i++) {
      const flag = flags[i]!;
      const isError = (flag & SPAN_FLAG.error) !== 0;
      if ((flag & SPAN_FLAG.entry) !== 0 && entity[i] !== 0) nodes.add(entity[i]!, duration[i]!, isError);
      if (edge[i] !== 0) edges.add(edge[i]!, duration[i]!, isError);
    }
  }

  #digest(part: number, entityLimit: number, edgeLimit: number): RunTraffic {
    const known = this.#derived.digests[part];
    if (known) return known;
    const { digestRows } = this.#limits;
    const [nodes, edges] = [new TrafficCounts(entityLimit), new TrafficCounts(edgeLimit)];
    this.#walkTraffic(part * digestRows, (part + 1) * digestRows, nodes, edges);
    return (this.#derived.digests[part] = { nodes: nodes.digest(), edges: edges.digest() });
  }
}

/** Number 0 is left out. Counting sort: O(n + greatest number). */
function rowLists(length: number, numberOf: (row: number) => number): RowLists {
  let greatest = 0;
  let count = 0;
  for (let i = 0; i < length; i++) {
    const number = numberOf(i);
    if (number > greatest) greatest = number;
    if (number !== 0) count++;
  }
  const starts = new Uint32Array(greatest + 2);
  for (let i = 0; i < length; i++) {
    const number = numberOf(i);
    if (number !== 0) starts[number + 1]!++;
  }
  for (let n = 1; n < starts.length; n++) starts[n]! += starts[n - 1]!;
  const rows = new Uint32Array(count);
  const next = starts.slice();
  for (let i = 0; i < length; i++) {
    const number = numberOf(i);
    if (number !== 0) rows[next[number]!++] = i;
  }
  return { starts, rows };
}

function eachListed(
  { starts, rows }: RowLists,
  number: number,
  from: number,
  to: number,
  visit: (row: number) => void,
): void {
  if (number + 1 >= starts.length) return;
  const end = starts[number + 1]!;
  let [low, high] = [starts[number]!, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]! < from) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < end && rows[at]! < to; at++) visit(rows[at]!);
}
