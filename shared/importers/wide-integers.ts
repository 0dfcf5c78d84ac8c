/**
 * 64-bit integers written into typed arrays without making a BigInt per field: columns are filled through 32-bit views.
 */

/** Index of the low half in a Uint32Array laid over 64-bit elements; 1 on big-endian machines. */
const LOW = new Uint32Array(new BigUint64Array([1n]).buffer)[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;

/** A 32-bit view over a column of 64-bit integers. */
export function halvesOf(column: BigUint64Array | BigInt64Array): Uint32Array {
  return new Uint32Array(column.buffer, column.byteOffset, column.length * 2);
}

const NOT_HEX = 255;
const HEX_DIGITS = new Uint8Array(128).fill(NOT_HEX);
for (let digit = 0; digit < 16; digit++) {
  HEX_DIGITS[digit.toString(16).charCodeAt(0)] = digit;
  HEX_DIGITS[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

/** By byte; −1 for what is no hex digit. */
const HEX_BYTES = Int8Array.from({ length: 256 }, (_, byte) => {
  const digit = HEX_DIGITS[byte] ?? NOT_HEX;
  return digit === NOT_HEX ? -1 : digit;
});

/** Value of up to 8 hex digits `text[from, to)`; -1 when one of them is no hex digit. */
function hexWord(text: string, from: number, to: number): number {
  let high = 0;
  let low = 0;
  let bad = 0;
  const middle = to - 4 > from ? to - 4 : from;
  for (let i = from; i < middle; i++) {
    const digit = HEX_DIGITS[text.charCodeAt(i)] ?? NOT_HEX;
    bad |= digit;
    high = (high << 4) | digit;
  }
  for (let i = middle; i < to; i++) {
    const digit = HEX_DIGITS[text.charCodeAt(i)] ?? NOT_HEX;
    bad |= digit;
    low = (low << 4) | digit;
  }
  return bad > 15 ? -1 : (high & 0xffff) * 0x10000 + (low & 0xffff);
}

/** Writes up to 16 hex digits as element `index` of a 64-bit column. False, and nothing written, when it is no hex. */
export function writeHex64(halves: Uint32Array, index: number, text: string, from = 0, to = text.length): boolean {
  const split = to - 8 > from ? to - 8 : from;
  const high = split > from ? hexWord(text, from, split) : 0;
  const low = hexWord(text, split, to);
  if (high < 0 || low < 0 || to - from > 16) return false;
  halves[2 * index + HIGH] = high;
  halves[2 * index + LOW] = low;
  return true;
}

/** Writes the 16 hex digits `bytes[from, from + 16)` as element `index`. False, and nothing written, when it is no hex. */
export function writeHexBytes64(halves: Uint32Array, index: number, bytes: Uint8Array, from: number): boolean {
  const a = hexQuad(bytes, from);
  const b = hexQuad(bytes, from + 4);
  const c = hexQuad(bytes, from + 8);
  const d = hexQuad(bytes, from + 12);
  if ((a | b | c | d) < 0) return false;
  halves[2 * index + HIGH] = a * 0x10000 + b;
  halves[2 * index + LOW] = c * 0x10000 + d;
  return true;
}

/** Value of 4 hex digits; negative when one of them is no hex digit. */
function hexQuad(bytes: Uint8Array, at: number): number {
  const a = HEX_BYTES[bytes[at] ?? 0] ?? -1;
  const b = HEX_BYTES[bytes[at + 1] ?? 0] ?? -1;
  const c = HEX_BYTES[bytes[at + 2] ?? 0] ?? -1;
  const d = HEX_BYTES[bytes[at + 3] ?? 0] ?? -1;
  return (a | b | c | d) < 0 ? -1 : (a << 12) | (b << 8) | (c << 4) | d;
}

/** Writes up to 32 hex digits as elements 2·index (high) and 2·index + 1 (low). */
export function writeHex128(halves: Uint32Array, index: number, text: string): boolean {
  const split = text.length > 16 ? text.length - 16 : 0;
  if (split === 0) {
    halves[4 * index] = 0;
    halves[4 * index + 1] = 0;
    return writeHex64(halves, 2 * index + 1, text);
  }
  return writeHex64(halves, 2 * index, text, 0, split) && writeHex64(halves, 2 * index + 1, text, split);
}

const TWO_32 = 4_294_967_296;

/**
 * Writes `seconds · 10⁹ + nanoseconds` as element `index`; `seconds` a whole number in [0, 2³³·2), `nanoseconds` in
 * [0, 10⁹). Exact: the product is formed as two doubles below 2⁵³.
 */
export function writeUnixNano(halves: Uint32Array, index: number, seconds: number, nanoseconds: number): void {
  const upper = Math.floor(seconds / 0x100000);
  const x = upper * 1e9;
  const y = (seconds - upper * 0x100000) * 1e9 + nanoseconds;
  const low = (x % 4096) * 0x100000 + (y % TWO_32);
  const carry = low >= TWO_32 ? 1 : 0;
  halves[2 * index + LOW] = low - carry * TWO_32;
  halves[2 * index + HIGH] = Math.floor(x / 4096) + Math.floor(y / TWO_32) + carry;
}
