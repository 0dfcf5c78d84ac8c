/** Order statistics of small samples, NaN-aware, used by detectors that compare two windows. */

/** Ascending copy without NaN and infinities. */
export function finiteSorted(values: ArrayLike<number>): Float64Array {
  const kept: number[] = [];
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i]!)) kept.push(values[i]!);
  return Float64Array.from(kept).sort();
}
/** Linear interpolation between neighbours (type 7); NaN for an empty sample. */
export function quantileOfSorted(sorted: Float64Array, q: number): number {
  if (sorted.length === 0) return NaN;
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const a = sorted[low]!;
  const b = sorted[Math.min(low + 1, sorted.length - 1)]!;
  return a + (b - a) * (at - low);
}

export interface Baseline {
  readonly count: number;
  readonly median: number;
  /** Interquartile range, not less than `RELATIVE_FLOOR` of the median: a flat series must not fire on dust. */
  readonly spread: number;
  readonly q01: number;
  readonly q99: number;
  readonly min: number;
  readonly max: number;
}
/** Fault-free series are rarely steadier than this share of their level. */
export const RELATIVE_FLOOR = 0.02;

export function describeBaseline(values: ArrayLike<number>): Baseline {
  const sorted = finiteSorted(values);
  const median = quantileOfSorted(sorted, 0.5);
  const range = quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25);
  const step = Math.abs((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)) / Math.max(10, 4 * Math.sqrt(sorted.length));
  return {
    count: sorted.length,
    median,
    spread: Math.max(range, RELATIVE_FLOOR * Math.abs(median), step, 1e-12),
    q01: quantileOfSorted(sorted, 0.01),
    q99: quantileOfSorted(sorted, 0.99),
    min: sorted[0] ?? NaN,
    max: sorted.at(-1) ?? NaN,
  };
}
