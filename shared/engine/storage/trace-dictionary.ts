/**
 * Row ids of trace ids. Keys stay as four 32-bit words in one typed array (20 bytes a slot): a million traces cost tens
 * of megabytes and no garbage. New ids are stored many at a time.
 */
import type { CaseDatabase } from './case-database.ts';
import { finishHash, mixWord } from './hash-words.ts';
import type { BulkInsert } from './statements/bulk-insert.ts';
import { traceCount, traceInsert, tracesAfter } from './statements/dictionaries.ts';

const MIN_SLOTS = 1 << 12;
const MAX_LOAD = 0.6;

export class TraceDictionary {
  readonly #insert: BulkInsert;
  /** Of the rows that wait in `#insert`, by their place there. */
  readonly #waiting: Uint8Array[] = [];
  #lastRow = 0;
  #keys = new Int32Array(MIN_SLOTS * 4);
  #rows = new Int32Array(MIN_SLOTS);
  #mask = MIN_SLOTS - 1;
  #size = 0;

  constructor(database: CaseDatabase) {
    this.#insert = traceInsert(database);
    this.#reserve(traceCount(database));
    const next = tracesAfter(database);
    for (let known = next(0); known; known = next(known.last)) {
      const bytes = Buffer.from(known.traceIds, 'hex');
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      known.ids.split(',').forEach((id, place) => this.#remember(view, place * 16, Number(id)));
      this.#lastRow = known.last;
    }
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Rows of many ids; they are stored when this returns. `words` is a little-endian view on pairs of 64-bit halves (high
   * half first), as in `SpanBatch.traceId`. Row ids fit 31 bits. An id of zeros has a row as well, or 0 where it says
   * that there is no trace.
   */
  rowsOf(words: Int32Array, { isZeroNone }: { readonly isZeroNone: boolean }): Int32Array {
    const rows = new Int32Array(words.length / 4);
    for (let i = 0; i < rows.length; i++) if (!isZeroNone || !isZero(words, i * 4)) rows[i] = this.#rowOf(words, i * 4);
    this.#insert.flush();
    return rows;
  }

  #rowOf(words: Int32Array, at: number): number {
    const highLow = words[at] ?? 0;
    const highHigh = words[at + 1] ?? 0;
    const lowLow = words[at + 2] ?? 0;
    const lowHigh = words[at + 3] ?? 0;
    if (this.#size + 1 > (this.#mask + 1) * MAX_LOAD) this.#grow();
    const slot = this.#find(highHigh, highLow, lowHigh, lowLow);
    const known = this.#rows[slot] ?? 0;
    if (known !== 0) return known;
    const row = ++this.#lastRow;
    const place = this.#insert.nextRow();
    const bytes = (this.#waiting[place] ??= new Uint8Array(16));
    putBigEndian(bytes, 0, highHigh);
    putBigEndian(bytes, 4, highLow);
    putBigEndian(bytes, 8, lowHigh);
    putBigEndian(bytes, 12, lowLow);
    this.#insert.values[place] = row;
    this.#insert.values[place + 1] = bytes;
    this.#put(slot, highHigh, highLow, lowHigh, lowLow, row);
    return row;
  }

  #remember(view: DataView, at: number, row: number): void {
    if (this.#size + 1 > (this.#mask + 1) * MAX_LOAD) this.#grow();
    const a = view.getInt32(at);
    const b = view.getInt32(at + 4);
    const c = view.getInt32(at + 8);
    const d = view.getInt32(at + 12);
    this.#put(this.#find(a, b, c, d), a, b, c, d, row);
  }

  /** The slot that holds the key, or the empty one where it belongs. */
  #find(a: number, b: number, c: number, d: number): number {
    const keys = this.#keys;
    let slot = finishHash(mixWord(mixWord(mixWord(mixWord(0, a), b), c), d)) & this.#mask;
    for (; this.#rows[slot] !== 0; slot = (slot + 1) & this.#mask) {
      const at = slot * 4;
      if (keys[at] === a && keys[at + 1] === b && keys[at + 2] === c && keys[at + 3] === d) return slot;
    }
    return slot;
  }

  #put(slot: number, a: number, b: number, c: number, d: number, row: number): void {
    const keys = this.#keys;
    const at = slot * 4;
    keys[at] = a;
    keys[at + 1] = b;
    keys[at + 2] = c;
    keys[at + 3] = d;
    this.#rows[slot] = row;
    this.#size++;
  }

  /** Room for so many at once, before the first. */
  #reserve(count: number): void {
    let slots = this.#mask + 1;
    while (count + 1 > slots * MAX_LOAD) slots *= 2;
    this.#keys = new Int32Array(slots * 4);
    this.#rows = new Int32Array(slots);
    this.#mask = slots - 1;
  }

  #grow(): void {
    const keys = this.#keys;
    const rows = this.#rows;
    this.#keys = new Int32Array(keys.length * 2);
    this.#rows = new Int32Array(rows.length * 2);
    this.#mask = this.#mask * 2 + 1;
    this.#size = 0;
    for (let slot = 0; slot < rows.length; slot++) {
      const row = rows[slot] ?? 0;
      if (row === 0) continue;
      const at = slot * 4;
      const [a = 0, b = 0, c = 0, d = 0] = [keys[at], keys[at + 1], keys[at + 2], keys[at + 3]];
      this.#put(this.#find(a, b, c, d), a, b, c, d, row);
    }
  }
}

function isZero(words: Int32Array, at: number): boolean {
  return ((words[at] ?? 0) | (words[at + 1] ?? 0) | (words[at + 2] ?? 0) | (words[at + 3] ?? 0)) === 0;
}

function putBigEndian(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
}
