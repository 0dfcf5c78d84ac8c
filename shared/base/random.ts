/**
 * Seeded random numbers (sfc32 by Chris Doty-Humphrey, PractRand; seeded through FNV-1a and a warm-up). The same seed
 * gives the same numbers on every platform. `fork` depends on the seed and the name only, never on how many numbers
 * were drawn before, so adding a draw in one place does not move the numbers of another.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits of it. */
  next(): number;
  /** Uniform in 0 … 2^32 - 1. */
  uint32(): number;
  /** Uniform in [low, high). */
  uniform(low: number, high: number): number;
  /** Uniform over the integers low … high, both included. */
  integer(low: number, high: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  normal(mean?: number, deviation?: number): number;
  /** Exponential with the given mean. */
  exponential(mean: number): number;
  /** Number of events when `mean` are expected. O(min(mean, 30)). */
  poisson(mean: number): number;
  /** Log-normal with the given arithmetic mean; sigma is the deviation of the logarithm. */
  lognormal(mean: number, sigma: number): number;
  /** One element; throws on an empty list. */
  choice<T>(list: readonly T[]): T;
  /** A shuffled copy. */
  shuffle<T>(list: readonly T[]): T[];
  /** An independent generator for the part called `name`. */
  fork(name: string): Random;
}

/** FNV-1a over UTF-16 code units, 32 bits. */
export function hashSeed(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/**
 * A deterministic standard-normal-like number for a pair of integers: the sum of four uniforms, scaled. For noise that
 * must not depend on the order of evaluation.
 */
export function noiseAt(salt: number, index: number, step: number): number {
  let h = Math.imul(salt ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 0x7f4a7c15, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) ^ Math.imul(step + 0x165667b1, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 13), 0x297a2d39);
  h ^= h >>> 16;
  const second = Math.imul(h ^ 0x5bd1e995, 0x1b873593) ^ (h >>> 7);
  const sum = (h & 0xffff) + (h >>> 16) + (second & 0xffff) + (second >>> 16);
  return (sum / 65536 - 2) * 1.7320508;
}

class Sfc32 implements Random {
  readonly #key: string;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  #spare = Number.NaN;

  constructor(key: string) {
    this.#key = key;
    this.#a = hashSeed(key);
    this.#b = hashSeed(`${key}\u0001`);
    this.#c = hashSeed(`\u0002${key}`);
    for (let i = 0; i < 16; i += 1) this.uint32();
  }

  uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
  next(): number {
    return this.uint32() / 4294967296;
  }
  uniform(low: number, high: number): number {
    return low + (high - low) * this.next();
  }
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }
  chance(probability: number): boolean {
    return this.next() < probability;
  }
  normal(mean = 0, deviation = 1): number {
    if (!Number.isNaN(this.#spare)) {
      const value = this.#spare;
      this.#spare = Number.NaN;
      return mean + deviation * value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    const angle = 2 * Math.PI * this.next();
    this.#spare = radius * Math.sin(angle);
    return mean + deviation * radius * Math.cos(angle);
  }
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }
  poisson(mean: number): number {
    if (!(mean > 0)) return 0;
    if (mean > 30) return Math.max(0, Math.round(this.normal(mean, Math.sqrt(mean))));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > limit; product *= this.next()) count += 1;
    return count;
  }
  lognormal(mean: number, sigma: number): number {
    return mean * Math.exp(sigma * this.normal() - (sigma * sigma) / 2);
  }
  choice<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('choice from an empty list');
    return list[Math.floor(this.next() * list.length)] as T;
  }
  shuffle<T>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i -= 1) {
      const j = this.integer(0, i);
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
    }
    return copy;
  }
  fork(name: string): Random {
    return new Sfc32(`${this.#key}/${name}`);
  }
}

export function createRandom(seed: number | string): Random {
  return new Sfc32(String(seed));
}
