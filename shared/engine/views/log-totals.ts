/**
 * What makes sums over many log records cheap: running totals per level at every thousandth record, and the records of each
 * template and sender. Made when first wanted, for records that stay as they are.
 */
import type { LogRows } from './log-store.ts';

/** How many records the lists are over, and the exclusive upper bounds of what they carry. */
export interface ListLimits {
  readonly length: number;
  readonly templates: number;
  readonly resources: number;
  readonly rowIds: number;
}

export class LogLists {
  readonly #rows: LogRows;
  readonly #limits: ListLimits;
  #levels: LevelTotals | undefined;
  #byTemplate: NumberLists | undefined;
  #byResource: NumberLists | undefined;
  #indexOfRow: Int32Array | undefined;

  constructor(rows: LogRows, limits: ListLimits) {
    this.#rows = rows;
    this.#limits = limits;
  }

  get levelTotals(): LevelTotals {
    return (this.#levels ??= new LevelTotals(this.#rows, this.#limits.length));
  }
  get byTemplate(): NumberLists {
    const { length, templates } = this.#limits;
    return (this.#byTemplate ??= new NumberLists(this.#rows.template, length, templates));
  }
  get byResource(): NumberLists {
    const { length, resources } = this.#limits;
    return (this.#byResource ??= new NumberLists(this.#rows.resource, length, resources));
  }
  /** By row id, -1 = no such record. */
  get indexOfRow(): Int32Array {
    return (this.#indexOfRow ??= inverse(this.#rows.rowId, this.#limits));
  }

  /** Makes one of them; false when there is nothing to make. */
  prepare(): boolean {
    if (!this.#levels) return this.levelTotals !== undefined;
    if (!this.#byTemplate) return this.byTemplate !== undefined;
    if (!this.#byResource) return this.byResource !== undefined;
    if (!this.#indexOfRow) return this.indexOfRow !== undefined;
    return false;
  }
}

function inverse(rowId: Int32Array, { length, rowIds }: ListLimits): Int32Array {
  const indexes = new Int32Array(rowIds).fill(-1);
  for (let i = 0; i < length; i++) indexes[rowId[i]!] = i;
  return indexes;
}

export const LEVELS = 6;
const CELL_ROWS = 1_024;

/** Row of the histogram by severity number: unspecified, debug (with trace), info, warn, error, fatal. */
export const LEVEL_OF = Uint8Array.from({ length: 256 }, (_, severity) =>
  severity === 0 ? 0 : severity < 9 ? 1 : severity < 13 ? 2 : severity < 17 ? 3 : severity < 21 ? 4 : 5,
);

export class LevelTotals {
  readonly #rows: LogRows;
  /** Before cell c: `#totals[c * LEVELS + level]`. */
  readonly #totals: Uint32Array;

  /** O(n). */
  constructor(rows: LogRows, length: number) {
    this.#rows = rows;
    const cells = Math.floor(length / CELL_ROWS);
    const totals = new Uint32Array((cells + 1) * LEVELS);
    for (let cell = 0; cell < cells; cell++) {
      const at = (cell + 1) * LEVELS;
      totals.copyWithin(at, at - LEVELS, at);
      const end = (cell + 1) * CELL_ROWS;
      for (let i = cell * CELL_ROWS; i < end; i++) totals[at + LEVEL_OF[rows.severity[i]!]!]!++;
    }
    this.#totals = totals;
  }

  /** Adds the records from … to - 1 to a bucket of each level. */
  add(from: number, to: number, levels: readonly Float64Array[], bucket: number): void {
    const first = Math.ceil(from / CELL_ROWS);
    const last = Math.floor(to / CELL_ROWS);
    if (first >= last) {
      this.#walk(from, to, levels, bucket);
      return;
    }
    for (let level = 0; level < LEVELS; level++)
      levels[level]![bucket]! += this.#totals[last * LEVELS + level]! - this.#totals[first * LEVELS + level]!;
    this.#walk(from, first * CELL_ROWS, levels, bucket);
    this.#walk(last * CELL_ROWS, to, levels, bucket);
  }

  #walk(from: number, to: number, levels: readonly Float64Array[], bucket: number): void {
    const { severity } = this.#rows;
    for (let i = from; i < to; i++) levels[LEVEL_OF[severity[i]!]!]![bucket]!++;
  }
}

/** Records by a number they carry (template, resource), in time order. */
export class NumberLists {
  readonly #starts: Uint32Array;
  readonly #rows: Uint32Array;

  /** Numbers below `limit`. Counting sort: O(n + limit). */
  constructor(numbers: Int32Array, length: number, limit: number) {
    const starts = new Uint32Array(limit + 1);
    for (let i = 0; i < length; i++) starts[numbers[i]! + 1]!++;
    for (let n = 1; n < starts.length; n++) starts[n]! += starts[n - 1]!;
    const next = starts.slice();
    const rows = new Uint32Array(length);
    for (let i = 0; i < length; i++) rows[next[numbers[i]!]!++] = i;
    this.#starts = starts;
    this.#rows = rows;
  }

  /** Places in the list of a number's records, those between records `from` and `to` only. */
  range(number: number, from: number, to: number): { readonly first: number; readonly end: number } {
    if (number + 1 >= this.#starts.length) return { first: 0, end: 0 };
    return { first: this.#lowerBound(number, from), end: this.#lowerBound(number, to) };
  }
  rowAt(place: number): number {
    return this.#rows[place]!;
  }

  /** Records of all numbers marked 1 between `from` and `to`, by time; undefined when they are more than `most`. */
  union(marks: Uint8Array, from: number, to: number, most: number): Uint32Array | undefined {
    const ranges: { readonly first: number; readonly end: number }[] = [];
    let count = 0;
    for (let number = 0; number < Math.min(marks.length, this.#starts.length - 1); number++) {
      if (marks[number] !== 1 || this.#starts[number] === this.#starts[number + 1]) continue;
      const range = this.range(number, from, to);
      count += range.end - range.first;
      if (count > most) return undefined;
      ranges.push(range);
    }
    const rows = new Uint32Array(count);
    let at = 0;
    for (const { first, end } of ranges) {
      rows.set(this.#rows.subarray(first, end), at);
      at += end - first;
    }
    return ranges.length > 1 ? rows.sort() : rows;
  }

  #lowerBound(number: number, row: number): number {
    let [low, high] = [this.#starts[number]!, this.#starts[number + 1]!];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#rows[middle]! < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
