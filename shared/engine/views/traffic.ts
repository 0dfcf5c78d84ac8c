/** Calls, errors and latency of numbered things (entities, calls, operations), counted in one pass. */
import { LATENCY_CODES, latencyCode, quantileMs } from './latency-codes.ts';

export class TrafficCounts {
  readonly #slots: Int32Array;
  #calls = new Uint32Array(64);
  #errors = new Uint32Array(64);
  #codes = new Uint32Array(64 * LATENCY_CODES);
  readonly #numbers: number[] = [];

  /** Numbers 0 … limit - 1. Memory: 3.5 kB for each number that occurs. */
  constructor(limit: number) {
    this.#slots = new Int32Array(limit).fill(-1);
  }

  add(number: number, durationNs: number, isError: boolean): void {
    let slot = this.#slots[number]!;
    if (slot < 0) {
      slot = this.#numbers.push(number) - 1;
      this.#slots[number] = slot;
      if (slot >= this.#calls.length) this.#grow();
    }
    this.#calls[slot]!++;
    if (isError) this.#errors[slot]!++;
    this.#codes[slot * LATENCY_CODES + latencyCode(durationNs)]!++;
  }

  /** In the order of their first occurrence. */
  get numbers(): readonly number[] {
    return this.#numbers;
  }
  calls(number: number): number {
    const slot = this.#slots[number] ?? -1;
    return slot < 0 ? 0 : this.#calls[slot]!;
  }
  /** 0-1, NaN without calls. */
  errorRatio(number: number): number {
    const slot = this.#slots[number] ?? -1;
    return slot < 0 ? NaN : this.#errors[slot]! / this.#calls[slot]!;
  }
  latencyMs(number: number, q: number): number {
    const slot = this.#slots[number] ?? -1;
    return slot < 0 ? NaN : quantileMs(this.#codes, this.#calls[slot]!, q, slot * LATENCY_CODES);
  }

  #grow(): void {
    const size = this.#calls.length * 2;
    this.#calls = longer(this.#calls, size);
    this.#errors = longer(this.#errors, size);
    this.#codes = longer(this.#codes, size * LATENCY_CODES);
  }
}

function longer(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(length);
  next.set(array);
  return next;
}
