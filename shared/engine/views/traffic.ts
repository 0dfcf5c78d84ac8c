/** Calls, errors and latency of numbered things (entities, calls, operations), counted in one pass. */
import { LATENCY_CODES, latencyCode, quantileMs } from './latency-codes.ts';

/** Traffic of one stretch, without the zeros. The codes of `numbers[i]` are those from `codeStarts[i]` on. */
export interface TrafficDigest {
  readonly numbers: Int32Array;
  readonly calls: Uint32Array;
  readonly errors: Uint32Array;
  readonly codeStarts: Uint32Array;
  readonly codes: Uint16Array;
  readonly codeCounts: Uint32Array;
}

export class TrafficCounts {
  readonly #slots: Int32Array;
  #calls = new Uint32Array(64);
  #errors = new Uint32Array(64);
  #codes = new Uint32Array(64 * LATENCY_CODES);
  readonly #numbers: number[] = [];

  /** Numbers are 0 … limit - 1. */
  readonly limit: number;

  /** Memory: 3.5 kB for each number that occurs. */
  constructor(limit: number) {
    this.limit = limit;
    this.#slots = new Int32Array(limit).fill(-1);
  }

  add(number: number, durationNs: number, isError: boolean): void {
    const slot = this.#slotOf(number);
    this.#calls[slot]!++;
    if (isError) this.#errors[slot]!++;
    this.#codes[slot * LATENCY_CODES + latencyCode(durationNs)]!++;
  }

  addDigest({ numbers, calls, errors, codeStarts, codes, codeCounts }: TrafficDigest): void {
    for (let i = 0; i < numbers.length; i++) {
      const slot = this.#slotOf(numbers[i]!);
      this.#calls[slot]! += calls[i]!;
      this.#errors[slot]! += errors[i]!;
      const base = slot * LATENCY_CODES;
      const end = codeStarts[i + 1]!;
      for (let at = codeStarts[i]!; at < end; at++) this.#codes[base + codes[at]!]! += codeCounts[at]!;
    }
  }

  digest(): TrafficDigest {
    const count = this.#numbers.length;
    const codeStarts = new Uint32Array(count + 1);
    const codes: number[] = [];
    const codeCounts: number[] = [];
    for (let slot = 0; slot < count; slot++) {
      for (let code = 0; code < LATENCY_CODES; code++) {
        const times = this.#codes[slot * LATENCY_CODES + code]!;
        if (times === 0) continue;
        codes.push(code);
        codeCounts.push(times);
      }
      codeStarts[slot + 1] = codes.length;
    }
    return {
      numbers: Int32Array.from(this.#numbers),
      calls: this.#calls.slice(0, count),
      errors: this.#errors.slice(0, count),
      codeStarts,
      codes: Uint16Array.from(codes),
      codeCounts: Uint32Array.from(codeCounts),
    };
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

  #slotOf(number: number): number {
    let slot = this.#slots[number]!;
    if (slot < 0) {
      slot = this.#numbers.push(number) - 1;
      this.#slots[number] = slot;
      if (slot >= this.#calls.length) this.#grow();
    }
    return slot;
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
