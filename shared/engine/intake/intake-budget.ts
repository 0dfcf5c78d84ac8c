/** Spends the limits of one import. What goes beyond them is a problem of the bundle, told in words, never a crash. */
import type { IntakeLimits } from './intake-limits.ts';

/** A reason to stop reading one file or archive; what was read before it is kept. */
export class IntakeProblem extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'IntakeProblem';
  }
}

export class IntakeBudget {
  readonly limits: IntakeLimits;
  #entries = 0;
  #totalBytes = 0;

  constructor(limits: IntakeLimits) {
    this.limits = limits;
  }

  /** False once no more entries may be opened. */
  get hasEntriesLeft(): boolean {
    return this.#entries < this.limits.maxEntries;
  }

  countEntry(): void {
    this.#entries++;
  }

  /** False once the import as a whole has unpacked all it may. */
  get hasBytesLeft(): boolean {
    return this.#totalBytes <= this.limits.maxTotalBytes;
  }

  /** Counts decompressed bytes; false when they were too many. */
  spend(count: number): boolean {
    this.#totalBytes += count;
    return this.hasBytesLeft;
  }

  bytesProblem(): string {
    return `the bundle unpacks to more than ${this.limits.maxTotalBytes} bytes; the rest is not read (limit maxTotalBytes)`;
  }

  entriesProblem(): string {
    return `the bundle holds more than ${this.limits.maxEntries} files; the rest is not read (limit maxEntries)`;
  }

  depthProblem(): string {
    return `archives are nested more than ${this.limits.maxDepth} deep; this one is not opened (limit maxDepth)`;
  }
}

/** Watches what one file on disk grows to, over all layers inside it. */
export class GrowthMeter {
  readonly #budget: IntakeBudget;
  readonly #sizeOnDisk: number;
  #bytes = 0;
  #isSpent = false;

  constructor(budget: IntakeBudget, sizeOnDisk: number) {
    this.#budget = budget;
    this.#sizeOnDisk = sizeOnDisk;
  }

  /** True once a limit was hit: nothing more of this file is worth opening. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** Throws an IntakeProblem when the file grows like an archive bomb. */
  countBytes(count: number): void {
    const { maxRatio, ratioSlackBytes } = this.#budget.limits;
    this.#bytes += count;
    this.#isSpent = !this.#budget.spend(count) || this.#bytes > ratioSlackBytes + maxRatio * this.#sizeOnDisk;
    if (!this.#budget.hasBytesLeft) throw new IntakeProblem(this.#budget.bytesProblem());
    if (this.#isSpent) {
      throw new IntakeProblem(
        `it unpacks to more than ${maxRatio} times its size, as archive bombs do; the rest is not read (limit maxRatio)`,
      );
    }
  }
}
