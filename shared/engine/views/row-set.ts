/** A set of row ids: a bit each, and, while they are few, the ids themselves. */
const FEW = 100_000;

export class RowSet {
  readonly #bits: Uint32Array;
  #ids: number[] | undefined = [];

  /** Room for ids 0 … limit - 1. */
  constructor(limit: number) {
    this.#bits = new Uint32Array((limit >>> 5) + 1);
  }
  /** Each id once. Ids beyond the room are left out. */
  add(id: number): void {
    const word = id >>> 5;
    if (word >= this.#bits.length) return;
    this.#bits[word]! |= 1 << (id & 31);
    if (this.#ids && this.#ids.push(id) > FEW) this.#ids = undefined;
  }
  has(id: number): boolean {
    return ((this.#bits[id >>> 5] ?? 0) & (1 << (id & 31))) !== 0;
  }
  /** undefined when they are many. */
  get ids(): readonly number[] | undefined {
    return this.#ids;
  }
}
