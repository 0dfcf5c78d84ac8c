/** A JSON value as a stretch of bytes, with the place it came from. */

export interface JsonRange {
  /** Borrowed: only valid during the call that hands it out. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** 1-based line of the first byte. */
  readonly line: number;
  /** Offset of the first byte in the (decompressed) file. */
  readonly byteOffset: number;
  /** Member name in an entered object, index in an entered array, undefined at the top level. */
  readonly key: string | number | undefined;
  /** Containers that were entered around this value; 0 = top level. */
  readonly depth: number;
  /** The end is that of the line: brackets were not counted, so a handler that meets a syntax error has to refuse. */
  readonly isAssumed: boolean;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of a stretch of bytes; invalid UTF-8 is replaced. */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** The parsed value, or undefined when the bytes are no JSON (JSON itself has no undefined). */
export function parseRange(range: Pick<JsonRange, 'bytes' | 'start' | 'end'>): unknown {
  try {
    return JSON.parse(decodeText(range.bytes, range.start, range.end)) as unknown;
  } catch {
    return undefined;
  }
}

/** The start of a range for a rejection, at most 1,000 bytes. */
export function excerptOf(bytes: Uint8Array, start: number, end: number): string {
  return decodeText(bytes, start, Math.min(end, start + 1000));
}
