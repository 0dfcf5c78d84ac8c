/**
 * Numbers byte strings: equal bytes, equal number, without decoding them first. Open addressing with linear probing over
 * FNV-1a hashes (G. Fowler, L. C. Noll, P. Vo; http://www.isthe.com/chongo/tech/comp/fnv/). Grows to `maxEntries`, then
 * starts anew, so memory stays bounded; `generation` tells that earlier numbers are void.
 */
export class ByteInterner {
  readonly #maxEntries: number;
  #slots = new Int32Array(1024);
  #hashes: number[] = [];
  #starts: number[] = [];
  #ends: number[] = [];
  #bytes: Uint8Array = new Uint8Array(1 << 14);
  #used = 0;
  size = 0;
  generation = 0;

  constructor(maxEntries = 1 << 16) {
    this.#maxEntries = maxEntries;
  }

  /** The number of `bytes[start, end)`: 0, 1, 2 … in order of first appearance. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    return this.#lookUp(bytes, start, end, true);
  }

  /** The number of `bytes[start, end)`, or −1 when they were never interned. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.#lookUp(bytes, start, end, false);
  }

  #lookUp(bytes: Uint8Array, start: number, end: number, isInserting: boolean): number {
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const id = (this.#slots[slot] ?? 0) - 1;
      if (id < 0) return isInserting ? this.#insert(slot, hash, bytes, start, end) : -1;
      if (this.#hashes[id] === hash && this.#equals(id, bytes, start, end)) return id;
      slot = (slot + 1) & mask;
    }
  }

  #equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#starts[id] ?? 0;
    if ((this.#ends[id] ?? 0) - from !== end - start) return false;
    const own = this.#bytes;
    for (let i = start, j = from; i < end; i++, j++) if (bytes[i] !== own[j]) return false;
    return true;
  }

  #insert(slot: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    if (this.size >= this.#maxEntries) {
      this.#clear();
      return this.intern(bytes, start, end);
    }
    const id = this.size++;
    this.#slots[slot] = id + 1;
    this.#hashes.push(hash);
    const needed = this.#used + end - start;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes.subarray(start, end), this.#used);
    this.#starts.push(this.#used);
    this.#used = needed;
    this.#ends.push(needed);
    if (2 * this.size > this.#slots.length) this.#grow();
    return id;
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    this.#hashes.forEach((hash, id) => {
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    });
    this.#slots = slots;
  }

  #clear(): void {
    this.#slots = new Int32Array(1024);
    this.#hashes = [];
    this.#starts = [];
    this.#ends = [];
    this.#bytes = new Uint8Array(1 << 14);
    this.#used = 0;
    this.size = 0;
    this.generation++;
  }
}
