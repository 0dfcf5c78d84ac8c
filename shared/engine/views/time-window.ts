/** Stretches of time as nanoseconds after an origin, and their division into buckets. */

/** What a request names; undefined = from the first, to the last record. `to` is exclusive. */
export interface WindowRequest {
  readonly from?: bigint | undefined;
  readonly to?: bigint | undefined;
}
/** Offsets from the origin; `end` is exclusive. */
export interface OffsetWindow {
  readonly start: number;
  readonly end: number;
}
export interface Buckets extends OffsetWindow {
  readonly count: number;
  /** Whole nanoseconds. */
  readonly width: number;
}

/** Origins lie a week before the first record, so that some earlier ones still get offsets ≥ 0. */
const MARGIN_NS = 7n * 86_400n * 1_000_000_000n;

/** A float holds every whole number up to here. */
const MOST_EXACT_NS = 2n ** 53n;

export class TimeOrigin {
  readonly unixNano: bigint;
  readonly #high: number;
  readonly #low: number;

  constructor(first: bigint) {
    this.unixNano = first - MARGIN_NS;
    this.#high = Number(this.unixNano >> 32n);
    this.#low = Number(this.unixNano & 0xffff_ffffn);
  }

  /** Offset of the 64-bit time whose low word is at `words[2 * index]`; exact within 104 days. */
  offsetAt(words: Int32Array, index: number): number {
    return (words[index * 2 + 1]! - this.#high) * 4_294_967_296 + ((words[index * 2]! >>> 0) - this.#low);
  }
  offsetOf(time: bigint): number {
    return Number(time - this.unixNano);
  }
  timeOf(offset: number): bigint {
    return this.unixNano + BigInt(Math.round(offset));
  }
  /**
   * True when the first record of a case needs an origin before it: from here its offset would be negative, or so large
   * that nanoseconds are lost, as from the origin of a case that was opened empty.
   */
  isBefore(time: bigint): boolean {
    return time < this.unixNano || time - this.unixNano > MOST_EXACT_NS;
  }
}

/** The window asked for; where it is open, that of the case (`first` to just behind `last`). */
export function offsetWindow(origin: TimeOrigin, request: WindowRequest, extent: OffsetWindow): OffsetWindow {
  const start = request.from === undefined ? extent.start : origin.offsetOf(request.from);
  const end = request.to === undefined ? extent.end : origin.offsetOf(request.to);
  return { start, end: Math.max(start, end) };
}

/** `count` buckets of one whole width that cover the window; the last may reach beyond it. */
export function bucketsOver({ start, end }: OffsetWindow, count: number): Buckets {
  return { start, end, count, width: Math.max(1, Math.ceil((end - start) / count)) };
}

/** Bucket of an offset inside the window. */
export function bucketOf(buckets: Buckets, offset: number): number {
  return Math.min(buckets.count - 1, Math.floor((offset - buckets.start) / buckets.width));
}
