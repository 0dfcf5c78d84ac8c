/**
 * What a bench reports: lines of a figure against its target. Printed as they come, and written to the file named by
 * `--lines=PATH`, from which `npm run bench` makes its table.
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';

export interface BenchLine {
  readonly what: string;
  readonly figure: string;
  /** '' for a figure without a target. */
  readonly target: string;
  readonly isKept: boolean;
}

export class BenchLines {
  readonly #lines: BenchLine[] = [];

  add(what: string, figure: string, target = '', isKept = true): void {
    this.#lines.push({ what, figure, target, isKept });
    const verdict = target === '' ? '' : isKept ? 'ok' : 'MISSED';
    console.log(`${verdict.padEnd(7)}${what.padEnd(52)} ${figure.padStart(12)}   ${target}`);
  }

  /** Ends the bench: lines go to the table, a missed target to the exit code. */
  finish(): void {
    const path = process.argv.find((argument) => argument.startsWith('--lines='))?.slice('--lines='.length);
    if (path !== undefined) writeFileSync(path, JSON.stringify(this.#lines));
    if (this.#lines.some(({ isKept }) => !isKept)) process.exitCode = 1;
  }
}

/** `--small` shrinks the inputs, to try a bench out; its targets are then shown but not held. */
export const isSmall = process.argv.includes('--small');

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Nearest rank; `q` 0-1. */
export function quantile(values: readonly number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(q * values.length) - 1)] ?? NaN;
}

/** How busy the machine is: figures of a busy one are too low. */
export function loadAverage(): string {
  return `load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`;
}
