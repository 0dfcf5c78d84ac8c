/**
 * What makes sums over all log records cheap: running totals per level at every thousandth record, and the records of each
 * template. Made when first wanted, for records that have stopped changing; until then they are walked.
 */
import type { LogRows } from './log-store.ts';

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

/** Records by template, in time order. */
export class TemplateLists {
  readonly #starts: Uint32Array;
  readonly #rows: Uint32Array;

  /** Counting sort: O(n + templates). */
  constructor({ template }: LogRows, length: number, templateLimit: number) {
    const starts = new Uint32Array(templateLimit + 1);
    for (let i = 0; i < length; i++) starts[template[i]! + 1]!++;
    for (let t = 1; t < starts.length; t++) starts[t]! += starts[t - 1]!;
    const next = starts.slice();
    const rows = new Uint32Array(length);
    for (let i = 0; i < length; i++) rows[next[template[i]!]!++] = i;
    this.#starts = starts;
    this.#rows = rows;
  }

  /** Places of a template's records in the list, those between records `from` and `to` only. */
  range(template: number, from: number, to: number): { readonly first: number; readonly end: number } {
    return { first: this.#lowerBound(template, from), end: this.#lowerBound(template, to) };
  }
  rowAt(place: number): number {
    return this.#rows[place]!;
  }

  #lowerBound(template: number, row: number): number {
    let [low, high] = [this.#starts[template]!, this.#starts[template + 1]!];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#rows[middle]! < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
