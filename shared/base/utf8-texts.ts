/**
 * A column of many short texts as one stretch of UTF-8, so that it moves between threads without a copy and without a
 * string for each. Ends rise. What is no valid UTF-8 is replaced when it is read.
 */
export interface Utf8Texts {
  readonly bytes: Uint8Array;
  /** Text i ends at byte `ends[i]` and begins where the one before ends. */
  readonly ends: Uint32Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const INITIAL_BYTES = 1 << 14;
/** A UTF-16 unit takes at most so many bytes. */
const BYTES_PER_UNIT = 3;

export class Utf8TextsBuilder {
  readonly #capacity: number;
  #bytes = new Uint8Array(INITIAL_BYTES);
  #used = 0;
  #ends: Uint32Array<ArrayBuffer>;
  #count = 0;

  /** For at most `capacity` texts between two calls of `take`. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#ends = new Uint32Array(capacity);
  }

  add(text: string): void {
    if (text !== '') {
      this.#reserve(text.length * BYTES_PER_UNIT);
      this.#used += encoder.encodeInto(text, this.#bytes.subarray(this.#used)).written;
    }
    this.#ends[this.#count++] = this.#used;
  }

  /** Appends the texts that end at `ends` in `bytes`; what is behind the last end is not taken. */
  addMany(bytes: Uint8Array, ends: readonly number[]): void {
    const length = ends.at(-1) ?? 0;
    this.#reserve(length);
    this.#bytes.set(bytes.subarray(0, length), this.#used);
    for (const end of ends) this.#ends[this.#count++] = this.#used + end;
    this.#used += length;
  }

  /** The texts so far, in buffers of their own; the builder is empty afterwards. */
  take(): Utf8Texts {
    const bytes = this.#bytes.slice(0, this.#used);
    const ends = this.#count === this.#capacity ? this.#ends : this.#ends.slice(0, this.#count);
    this.#ends = new Uint32Array(this.#capacity);
    this.#used = 0;
    this.#count = 0;
    return { bytes, ends };
  }

  #reserve(size: number): void {
    const needed = this.#used + size;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = larger;
  }
}

export function utf8Texts(texts: readonly string[]): Utf8Texts {
  const builder = new Utf8TextsBuilder(texts.length);
  for (const text of texts) builder.add(text);
  return builder.take();
}

/** Decoded in one go; one text that is not ASCII costs its neighbours a decoding each. */
const CHUNK_BYTES = 1 << 16;

/** Reads a column from its first text to its last; going back is right as well, only slower. */
export class Utf8TextsReader {
  readonly #texts: Utf8Texts;
  #chunk = '';
  #chunkFrom = 0;
  #chunkTo = 0;
  #isAscii = true;

  constructor(texts: Utf8Texts) {
    this.#texts = texts;
  }

  /** '' where the index is out of range, as for an empty text. */
  at(index: number): string {
    const { bytes, ends } = this.#texts;
    const end = ends[index] ?? 0;
    const start = index === 0 ? 0 : (ends[index - 1] ?? 0);
    if (end <= start) return '';
    if (start < this.#chunkFrom || end > this.#chunkTo) this.#decode(index, start);
    if (this.#isAscii) return this.#chunk.slice(start - this.#chunkFrom, end - this.#chunkFrom);
    return decoder.decode(bytes.subarray(start, end));
  }

  /** Decodes text `index` and as many behind it as fit a chunk. */
  #decode(index: number, start: number): void {
    const { bytes, ends } = this.#texts;
    let last = index;
    while (last + 1 < ends.length && ends[last + 1]! - start <= CHUNK_BYTES) last++;
    this.#chunkFrom = start;
    this.#chunkTo = ends[last]!;
    this.#chunk = decoder.decode(bytes.subarray(start, this.#chunkTo));
    // Equal lengths mean one character for each byte, so byte offsets are character offsets.
    this.#isAscii = this.#chunk.length === this.#chunkTo - start;
  }
}
