/** Numbers read from their bytes, exactly as `Number` would read their text, without making the text. */

import { decodeText } from '../json-stream/json-range.ts';

const ZERO = 0x30;
const MINUS = 0x2d;
const DOT = 0x2e;
/** A mantissa below 2⁵³ and a power of ten up to 10²² are exact doubles, so one division rounds once. */
const MAX_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: MAX_DIGITS + 1 }, (_, power) => 10 ** power);

/** Value of decimal digits, at most 10 of them; −1 when one is no digit. No digits are 0. */
export function decimalOf(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 10) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/**
 * Value of a plain decimal number (`-12`, `0.25`) of at most 15 digits. Undefined for everything else, which then has to
 * be read the general way. Correctly rounded (W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990).
 */
export function plainNumberOf(bytes: Uint8Array, from: number, to: number): number | undefined {
  const isNegative = bytes[from] === MINUS;
  const start = isNegative ? from + 1 : from;
  let mantissa = 0;
  let dot = -1;
  for (let i = start; i < to; i++) {
    const c = bytes[i] ?? 0;
    if (c === DOT && dot < 0 && i > start && i < to - 1) dot = i;
    else if (c < ZERO || c > ZERO + 9) return undefined;
    else mantissa = mantissa * 10 + (c - ZERO);
  }
  const digits = to - start - (dot < 0 ? 0 : 1);
  // A leading zero is no JSON unless it stands alone before the dot.
  const hasLeadingZero = bytes[start] === ZERO && to - start > 1 && dot !== start + 1;
  if (digits < 1 || digits > MAX_DIGITS || hasLeadingZero) return undefined;
  const value = dot < 0 ? mantissa : mantissa / (POWERS_OF_TEN[to - dot - 1] ?? NaN);
  return isNegative ? -value : value;
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const MAX_NUMBER_BYTES = 40;

/** Value of any number JSON can spell; undefined for everything else. Short decimals need no text. */
export function jsonNumberOf(bytes: Uint8Array, from: number, to: number): number | undefined {
  const plain = plainNumberOf(bytes, from, to);
  if (plain !== undefined || to - from > MAX_NUMBER_BYTES) return plain;
  const text = decodeText(bytes, from, to);
  return JSON_NUMBER.test(text) ? Number(text) : undefined;
}

/**
 * Copies an array of whole numbers, quoted or not, as the text of an array of numbers: `["1", 2]` → `[1,2]`. Returns the
 * length written to `out`, or −1 when something else is in it or it does not fit.
 */
export function copyIntegerArray(bytes: Uint8Array, from: number, to: number, out: Uint8Array): number {
  if (to - from > out.length) return -1;
  let written = 0;
  out[written++] = 0x5b;
  let i = from + 1;
  const last = to - 1;
  while (i < last) {
    const isQuoted = bytes[i] === 0x22;
    const start = isQuoted ? i + 1 : i;
    let end = start;
    while (end < last && (bytes[end] ?? 0) >= ZERO && (bytes[end] ?? 0) <= ZERO + 9) end++;
    const length = end - start;
    if (length < 1 || length > MAX_DIGITS || (length > 1 && bytes[start] === ZERO)) return -1;
    if (isQuoted && bytes[end] !== 0x22) return -1;
    for (let k = start; k < end; k++) out[written++] = bytes[k] ?? 0;
    i = isQuoted ? end + 1 : end;
    if (i >= last) break;
    if (bytes[i] !== 0x2c || i === last - 1) return -1;
    out[written++] = 0x2c;
    i++;
  }
  out[written++] = 0x5d;
  return written;
}
