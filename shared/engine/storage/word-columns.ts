/** 64-bit numbers in column blocks: pairs of 32-bit words, low word first, read without making a bigint of each. */
import type { TimeWindow } from './statements/telemetry.ts';

const WORD = 4_294_967_296;

/** The low 53 bits, which are what a float holds exactly. */
export function low53(words: Int32Array, at: number): number {
  return (words[at * 2 + 1]! & 0x1f_ffff) * WORD + (words[at * 2]! >>> 0);
}

/** Times as offsets from the origin of a window. */
export class WindowOffsets {
  readonly #high: number;
  readonly #low: number;
  readonly #first: number;
  readonly #last: number;

  constructor({ origin, from, to }: TimeWindow) {
    this.#high = Number(origin >> 32n);
    this.#low = Number(origin & 0xffff_ffffn);
    this.#first = Number(from - origin);
    this.#last = Number(to - origin);
  }

  /** Nanoseconds; the differences of the halves are exact within 104 days. */
  at(words: Int32Array, index: number): number {
    return (words[index * 2 + 1]! - this.#high) * WORD + ((words[index * 2]! >>> 0) - this.#low);
  }
  isInside(offsetNs: number): boolean {
    return offsetNs >= this.#first && offsetNs <= this.#last;
  }
}
