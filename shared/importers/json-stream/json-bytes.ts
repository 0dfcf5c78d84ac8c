/** The bytes JSON is made of, and searches among them. */

export const NEWLINE = 10;
export const SPACE = 32;
export const QUOTE = 34;
export const COMMA = 44;
export const COLON = 58;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

/** The string does not end in the bytes looked at. */
export const UNFINISHED = -1;

/**
 * Index of the quote that ends the string whose content begins at `from`; UNFINISHED when it is not in `[from, end)`;
 * −2 − n when a raw line break stands at n, which no JSON string may hold.
 */
export function stringEnd(bytes: Uint8Array, from: number, end: number): number {
  for (let i = from; i < end; i++) {
    const c = bytes[i] ?? 0;
    if (c === QUOTE) return i;
    if (c === BACKSLASH) {
      // A line cut behind its backslash: the line break is no escape, and taking it for one would cost the next line.
      if (bytes[++i] === NEWLINE && i < end) return -2 - i;
    } else if (c === NEWLINE) return -2 - i;
  }
  return UNFINISHED;
}

/** 1 when an odd number of backslashes ends `[from, end)`: the last one escapes a byte that has not come yet. */
export function danglingEscape(bytes: Uint8Array, from: number, end: number): number {
  let i = end;
  while (i > from && bytes[i - 1] === BACKSLASH) i--;
  return (end - i) & 1;
}

/** −1 when there is none in `[from, end)`. A native search, several times faster than a loop. */
export function indexOfNewline(bytes: Uint8Array, from: number, end: number): number {
  const index = bytes.subarray(from, end).indexOf(NEWLINE);
  return index < 0 ? -1 : from + index;
}
