/**
 * Member names a reader knows, looked up by their bytes: a number per name, 0 for every other. Length, first and last byte
 * choose a short chain of candidates, which are then compared byte by byte; most unknown names meet an empty chain.
 */
interface Entry {
  readonly bytes: Uint8Array;
  readonly code: number;
  readonly next: Entry | undefined;
}

function bucketOf(length: number, first: number, last: number): number {
  return (length * 29 + first * 5 + last * 3) & 255;
}

export class KeyTable {
  readonly #buckets: (Entry | undefined)[] = new Array<Entry | undefined>(256).fill(undefined);

  /** Several names may have one code (spellings of the same member). Codes are positive; names are never empty. */
  constructor(names: Readonly<Record<string, number>>) {
    const encoder = new TextEncoder();
    for (const [name, code] of Object.entries(names)) {
      const bytes = encoder.encode(name);
      const bucket = bucketOf(bytes.length, bytes[0] ?? 0, bytes.at(-1) ?? 0);
      this.#buckets[bucket] = { bytes, code, next: this.#buckets[bucket] };
    }
  }

  codeOf(bytes: Uint8Array, start: number, end: number): number {
    if (end <= start) return 0;
    let entry = this.#buckets[bucketOf(end - start, bytes[start] ?? 0, bytes[end - 1] ?? 0)];
    for (; entry !== undefined; entry = entry.next) {
      const name = entry.bytes;
      if (name.length !== end - start) continue;
      let i = 0;
      while (i < name.length && name[i] === bytes[start + i]) i++;
      if (i === name.length) return entry.code;
    }
    return 0;
  }
}
