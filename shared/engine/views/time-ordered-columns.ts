/**
 * Rows as columns in memory, ordered by time and, of equal times, as they came. Windows of time are then ranges of rows.
 * Rows that come in order are appended; others are merged in, at the cost of the rows after the earliest of them.
 */
import { ascendingOrder } from '../storage/radix-order.ts';

interface Arrays {
  readonly f64: Float64Array;
  readonly i32: Int32Array;
  readonly u8: Uint8Array;
}
export type ColumnShape = Readonly<Record<string, keyof Arrays>>;
export type ColumnsOf<S extends ColumnShape> = { readonly [Name in keyof S]: Arrays[S[Name]] };
type AnyArray = Float64Array | Int32Array | Uint8Array;

export function allocateColumns<S extends ColumnShape>(shape: S, length: number): ColumnsOf<S> {
  const make = (kind: keyof Arrays): AnyArray =>
    kind === 'f64' ? new Float64Array(length) : kind === 'i32' ? new Int32Array(length) : new Uint8Array(length);
  return Object.fromEntries(Object.entries(shape).map(([name, kind]) => [name, make(kind)])) as ColumnsOf<S>;
}

/** Room for so many rows; those that are there stay. */
export function grownColumns<S extends ColumnShape>(shape: S, columns: ColumnsOf<S>, length: number): ColumnsOf<S> {
  const next = allocateColumns(shape, length);
  for (const name of Object.keys(shape)) (next[name] as AnyArray).set(columns[name] as AnyArray);
  return next;
}

export class TimeOrderedColumns<S extends ColumnShape & { readonly time: 'f64' }> {
  /** Longer than `length`: what is behind is room. */
  columns: ColumnsOf<S>;
  length = 0;
  readonly #shape: S;

  constructor(shape: S) {
    this.#shape = shape;
    this.columns = allocateColumns(shape, 0);
  }

  get #times(): Float64Array {
    return this.columns.time as Float64Array;
  }

  /** Index of the first row not before `time`. */
  lowerBound(time: number): number {
    const times = this.#times;
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (times[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Adds rows in any order; times ≥ 0. The arrays may be kept, so they belong to this object from then on. */
  insert(rows: ColumnsOf<S>, count: number): void {
    if (count === 0) return;
    const times = (rows.time as Float64Array).subarray(0, count);
    const order = ascendingOrder(times);
    const earliest = times[order?.[0] ?? 0]!;
    const from = this.length === 0 ? 0 : this.#upperBound(earliest);
    const moved = this.length - from;
    if (this.length === 0 && order === undefined && times.length === (rows.time as Float64Array).length) {
      this.columns = rows;
      this.length = count;
      return;
    }
    const merge = moved === 0 ? order : this.#mergeOrder(times, order, from, moved);
    this.#reserve(this.length + count);
    for (const name of Object.keys(this.#shape)) {
      place(this.columns[name] as AnyArray, rows[name] as AnyArray, { from, moved, count, merge });
    }
    this.length += count;
  }

  clear(): void {
    this.columns = allocateColumns(this.#shape, 0);
    this.length = 0;
  }

  #upperBound(time: number): number {
    // Times are whole nanoseconds, except in cases longer than 104 days, where a tie may then be placed either way.
    const last = this.#times[this.length - 1]!;
    return last <= time ? this.length : this.lowerBound(time + 1);
  }

  /** Order of the moved rows (0 … moved - 1) and the new ones (moved …) among each other; the moved first on ties. */
  #mergeOrder(times: Float64Array, order: Uint32Array | undefined, from: number, moved: number): Uint32Array {
    const old = this.#times;
    const merged = new Uint32Array(moved + times.length);
    let [a, b] = [0, 0];
    for (let at = 0; at < merged.length; at++) {
      const next = b < times.length ? (order ? order[b]! : b) : -1;
      if (next < 0 || (a < moved && old[from + a]! <= times[next]!)) merged[at] = a++;
      else {
        merged[at] = moved + next;
        b++;
      }
    }
    return merged;
  }

  #reserve(length: number): void {
    if (length <= this.#times.length) return;
    const room = this.length === 0 ? length : Math.ceil(length * 1.3);
    this.columns = grownColumns(this.#shape, this.columns, room);
  }
}

interface Placement {
  readonly from: number;
  readonly moved: number;
  readonly count: number;
  readonly merge: Uint32Array | undefined;
}
function place(column: AnyArray, rows: AnyArray, { from, moved, count, merge }: Placement): void {
  if (!merge) {
    column.set(rows.subarray(0, count), from);
    return;
  }
  const old = column.slice(from, from + moved);
  for (let at = 0; at < merge.length; at++) {
    const index = merge[at]!;
    column[from + at] = index < moved ? old[index]! : rows[index - moved]!;
  }
}
