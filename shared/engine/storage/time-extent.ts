/**
 * The stretch of time that records cover. Kept as a bigint base and float offsets, which is exact within 104 days of the
 * first record and to a microsecond within a century: bigint comparisons for every row would cost more than the row.
 */
export class TimeExtent {
  #base: bigint | undefined;
  #first = Infinity;
  #last = -Infinity;

  add(start: bigint, durationNs = 0): void {
    this.#base ??= start;
    const offset = Number(start - this.#base);
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

const MAX_INT64 = 2n ** 63n - 1n;
export function clampToInt64(value: bigint): bigint {
  if (value > MAX_INT64) return MAX_INT64;
  return value < -MAX_INT64 ? -MAX_INT64 : value;
}
