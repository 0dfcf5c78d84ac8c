/** Numbers pairs of caller and callee 1, 2, 3 … in the order they are first seen. */
const SHIFT = 67_108_864;

export class EdgeNumbers {
  readonly #numbers = new Map<number, number>();
  readonly #callers: number[] = [0];
  readonly #callees: number[] = [0];
  #lastKey = -1;
  #lastNumber = 0;

  /** Exclusive upper bound of numbers. */
  get limit(): number {
    return this.#callers.length;
  }
  caller(edge: number): number {
    return this.#callers[edge] ?? 0;
  }
  callee(edge: number): number {
    return this.#callees[edge] ?? 0;
  }

  numberOf(caller: number, callee: number): number {
    const key = caller * SHIFT + callee;
    // Spans of one kind come in runs.
    if (key === this.#lastKey) return this.#lastNumber;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#callers.push(caller) - 1;
      this.#callees.push(callee);
      this.#numbers.set(key, number);
    }
    this.#lastKey = key;
    this.#lastNumber = number;
    return number;
  }
}
