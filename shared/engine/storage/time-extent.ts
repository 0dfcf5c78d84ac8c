/**
 * The stretch of time that records cover. Kept as a bigint base and float offsets, which is exact within 104 days of the
 * first record and to a microsecond within a century: bigint comparisons for every row would cost more than the row.
 */
export class TimeExtent {
  #base: bigint | undefined;
  #baseHigh = 0;
  #baseLow = 0;
  #first = Infinity;
  #last = -Infinity;

  add(start: bigint, durationNs = 0): void {
    const base = this.#base ?? this.#begin(start);
    this.#addOffset(Number(start - base), durationNs);
  }
  /** The same for the two words of a 64-bit time, which then need not become a bigint. */
  addWords(high: number, low: number, durationNs: number): void {
    if (this.#base === undefined) this.#begin((BigInt(high) << 32n) | BigInt(low >>> 0));
    this.#addOffset((high - this.#baseHigh) * WORD + ((low >>> 0) - this.#baseLow), durationNs);
  }

  #begin(base: bigint): bigint {
    this.#baseHigh = Number(base >> 32n);
    this.#baseLow = Number(base & 0xffff_ffffn);
    return (this.#base = base);
  }
  #addOffset(offset: number, durationNs: number): void {
    if (offset < this.#first) this.#first = offset;
    if (offset + durationNs > this.#last) this.#last = offset + durationNs;
  }

  get first(): bigint | null {
    return this.#base === undefined ? null : clampToInt64(this.#base + BigInt(Math.floor(this.#first)));
  }
  get last(): bigint | null {
    return this.#base === undefined ? null : clampToInt64(this.#base + BigInt(Math.ceil(this.#last)));
  }
}

const WORD = 4_294_967_296;
const MAX_INT64 = 2n ** 63n - 1n;
export function clampToInt64(value: bigint): bigint {
  if (value > MAX_INT64) return MAX_INT64;
  return value < -MAX_INT64 ? -MAX_INT64 : value;
}

/**
 * The times of one file's rows. A row that says nothing about its time was given that of the file (or none: zero); such
 * rows are counted and kept apart from those that cover a stretch of time.
 */
export class FileTimes {
  readonly dated = new TimeExtent();
  /** Rows that stand at the time of the file for want of their own. */
  undated = 0;
  readonly #undatedExtent = new TimeExtent();
  readonly #fileTime: bigint | undefined;

  constructor(fileTime?: bigint) {
    this.#fileTime = fileTime;
  }

  add(start: bigint, durationNs = 0): void {
    this.dated.add(start, durationNs);
  }
  addWords(high: number, low: number, durationNs: number): void {
    this.dated.addWords(high, low, durationNs);
  }
  /** A time taken from neighbours, or completed by the year, dates a row well enough. */
  addInferred(time: bigint): void {
    if (time !== this.#fileTime && time !== 0n) this.dated.add(time);
    else {
      this.undated++;
      this.#undatedExtent.add(time);
    }
  }
  /** As they were when an earlier import of the file was interrupted. */
  restore(row: {
    readonly undated: number;
    readonly firstTime: bigint | null;
    readonly lastTime: bigint | null;
    readonly datedFirstTime: bigint | null;
    readonly datedLastTime: bigint | null;
  }): void {
    this.undated = row.undated;
    for (const time of [row.datedFirstTime, row.datedLastTime]) if (time !== null) this.dated.add(time);
    for (const time of [row.firstTime, row.lastTime])
      if (time !== null && row.undated > 0) this.#undatedExtent.add(time);
  }

  /** Of all rows. */
  get first(): bigint | null {
    return earlier(this.dated.first, this.#undatedExtent.first);
  }
  get last(): bigint | null {
    const [a, b] = [this.dated.last, this.#undatedExtent.last];
    return a === null || b === null ? (a ?? b) : a > b ? a : b;
  }
}

function earlier(a: bigint | null, b: bigint | null): bigint | null {
  return a === null || b === null ? (a ?? b) : a < b ? a : b;
}
