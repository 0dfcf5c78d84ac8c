/** A set of row ids, a bit each. */
export class RowSet {
  readonly #bits: Uint32Array;

  /** Room for ids 0 … limit - 1. */
  constructor(limit: number) {
    this.#bits = new Uint32Array((limit >>> 5) + 1);
  }
  /** Ids beyond the room are left out. */
  add(id: number): void {
    const word = id >>> 5;
    if (word < this.#bits.length) this.#bits[word]! |= 1 << (id & 31);
  }
  has(id: number): boolean {
    return ((this.#bits[id >>> 5] ?? 0) & (1 << (id & 31))) !== 0;
  }
}
