/**
 * Every metric point of a case in memory, by series and time. Points that came since the last ordering wait in a tail; it
 * is worked in when it has grown to a part of the whole. About 20 bytes per point.
 */
import type { CaseDatabase } from '../storage/case-database.ts';
import { runsAfter, type RowRun } from '../storage/column-blocks.ts';
import { ascendingOrder } from '../storage/radix-order.ts';
import { blockGeneration, highestRow } from '../storage/statements/column-blocks.ts';
import { recordExtent } from '../storage/statements/view-reads.ts';
import { TimeOrigin, type OffsetWindow } from './time-window.ts';

export interface PointRows {
  /** Rows there are; the arrays may have room for more. */
  readonly length: number;
  readonly time: Float64Array;
  readonly value: Float64Array;
  readonly series: Int32Array;
}
const NO_POINTS: PointRows = {
  length: 0,
  time: new Float64Array(0),
  value: new Float64Array(0),
  series: new Int32Array(0),
};
/** The tail is worked in when it is more than this part of the ordered points, and not tiny. */
const TAIL_PART = 0.1;
const TAIL_LEAST = 200_000;

export class PointStore {
  origin = new TimeOrigin(0n);
  extent: OffsetWindow = { start: 0, end: 0 };
  /** By series, then time. */
  ordered: PointRows = NO_POINTS;
  /** By arrival. */
  tail: PointRows = NO_POINTS;
  /** First ordered row of each series, by series id; one more entry than series. */
  starts = new Uint32Array(1);
  readonly #tailLeast: number;
  #lastRow = 0;
  #generation = -1;

  /** `tailLeast`: points that may wait at least, before they are worked in. */
  constructor(tailLeast = TAIL_LEAST) {
    this.#tailLeast = tailLeast;
  }

  /** Brings memory up to the case; whether anything was new. Call inside a read transaction. */
  refresh(database: CaseDatabase): boolean {
    const extent = recordExtent(database);
    const generation = blockGeneration(database, 'points');
    if (generation !== this.#generation || (extent && this.origin.isBefore(extent.first))) {
      this.ordered = NO_POINTS;
      this.tail = NO_POINTS;
      this.starts = new Uint32Array(1);
      this.origin = new TimeOrigin(extent?.first ?? 0n);
      this.#lastRow = 0;
      this.#generation = generation;
    }
    if (extent) this.extent = { start: this.origin.offsetOf(extent.first), end: this.origin.offsetOf(extent.last) + 1 };
    const most = highestRow(database, 'points') - this.#lastRow;
    if (most > 0) this.#addRows(runsAfter(database, 'points', this.#lastRow), most);
    return most > 0;
  }

  /** Ordered rows of a series; none for an unknown one. */
  rangeOf(series: number): { readonly from: number; readonly to: number } {
    return series + 1 < this.starts.length
      ? { from: this.starts[series]!, to: this.starts[series + 1]! }
      : { from: 0, to: 0 };
  }

  /** At most `most` rows; runs are read one after the other, so that they need not all be held. */
  #addRows(runs: Iterable<RowRun<'points'>>, most: number): void {
    const rows = joined(this.tail, most);
    let at = this.tail.length;
    let lastRow = this.#lastRow;
    for (const { firstRow, rows: length, columns } of runs) {
      rows.value.set(columns.value.subarray(0, length), at);
      rows.series.set(columns.series.subarray(0, length), at);
      for (let i = 0; i < length; i++) rows.time[at + i] = this.origin.offsetAt(columns.time, i);
      at += length;
      lastRow = firstRow + length - 1;
    }
    this.tail = { ...rows, length: at };
    // Not before: a run that cannot be read must not leave out those before it.
    this.#lastRow = lastRow;
    if (at > Math.max(this.#tailLeast, this.ordered.length * TAIL_PART)) this.#workIn();
  }

  /** Orders everything: by time, then, stably, by series (counting sort). */
  #workIn(): void {
    const all = this.ordered.length === 0 ? this.tail : appended(this.ordered, this.tail);
    let highest = 0;
    for (let i = 0; i < all.length; i++) if (all.series[i]! > highest) highest = all.series[i]!;
    const starts = new Uint32Array(highest + 2);
    for (let i = 0; i < all.length; i++) starts[all.series[i]! + 1]!++;
    for (let s = 1; s < starts.length; s++) starts[s]! += starts[s - 1]!;
    const next = starts.slice();
    const into = joined(NO_POINTS, all.length);
    for (let i = 0; i < all.length; i++) {
      const at = next[all.series[i]!]!++;
      into.time[at] = all.time[i]!;
      into.value[at] = all.value[i]!;
      into.series[at] = all.series[i]!;
    }
    for (let s = 0; s + 1 < starts.length; s++) sortStretch(into, starts[s]!, starts[s + 1]!);
    this.ordered = into;
    this.starts = starts;
    this.tail = NO_POINTS;
  }
}

/** Points of a series mostly come in order; a stretch that does not is put in order in place. */
function sortStretch(rows: PointRows, from: number, to: number): void {
  const order = ascendingOrder(rows.time.subarray(from, to));
  if (!order) return;
  const time = rows.time.slice(from, to);
  const value = rows.value.slice(from, to);
  for (let i = 0; i < order.length; i++) {
    rows.time[from + i] = time[order[i]!]!;
    rows.value[from + i] = value[order[i]!]!;
  }
}

function appended(first: PointRows, second: PointRows): PointRows {
  const all = joined(first, second.length);
  all.time.set(second.time.subarray(0, second.length), first.length);
  all.value.set(second.value.subarray(0, second.length), first.length);
  all.series.set(second.series.subarray(0, second.length), first.length);
  return all;
}

/** A copy with room for `more` further points. */
function joined(rows: PointRows, more: number): PointRows {
  const length = rows.length + more;
  const next = {
    length,
    time: new Float64Array(length),
    value: new Float64Array(length),
    series: new Int32Array(length),
  };
  next.time.set(rows.time.subarray(0, rows.length));
  next.value.set(rows.value.subarray(0, rows.length));
  next.series.set(rows.series.subarray(0, rows.length));
  return next;
}
