/**
 * A set of 64-bit hashes, 8 bytes a slot, open addressing with linear probing. Two different keys meet with probability
 * n²/2⁶⁵: about 10⁻⁷ for two million of them.
 */
const MIN_SLOTS = 1 << 12;
const MAX_LOAD = 0.7;

export class HashSet64 {
  #words = new Int32Array(MIN_SLOTS * 2);
  #mask = MIN_SLOTS - 1;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Makes room for so many at once, so that it does not grow on the way there. Call while it is empty. */
  reserve(count: number): void {
    let slots = this.#mask + 1;
    while (count > slots * MAX_LOAD) slots *= 2;
    this.#words = new Int32Array(slots * 2);
    this.#mask = slots - 1;
  }

  /** True when the hash was not there yet. Amortised O(1). */
  add(high: number, low: number): boolean {
    // All zeros marks an empty slot, so that hash moves next door.
    const lowWord = high === 0 && low === 0 ? 1 : low | 0;
    if (this.#size + 1 > (this.#mask + 1) * MAX_LOAD) this.#grow();
    return this.#insert(high | 0, lowWord);
  }

  #insert(high: number, low: number): boolean {
    const words = this.#words;
    for (let slot = low & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const at = slot * 2;
      const heldHigh = words[at] ?? 0;
      const heldLow = words[at + 1] ?? 0;
      if (heldHigh === high && heldLow === low) return false;
      if (heldHigh === 0 && heldLow === 0) {
        words[at] = high;
        words[at + 1] = low;
        this.#size++;
        return true;
      }
    }
  }

  #grow(): void {
    const old = this.#words;
    this.#words = new Int32Array(old.length * 2);
    this.#mask = this.#mask * 2 + 1;
    this.#size = 0;
    for (let at = 0; at < old.length; at += 2) {
      const high = old[at] ?? 0;
      const low = old[at + 1] ?? 0;
      if (high !== 0 || low !== 0) this.#insert(high, low);
    }
  }
}
