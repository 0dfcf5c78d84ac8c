/** What a series looks like without a fault: robust level, spread and range. */
import { quantileOfSorted, sortedFinite } from '../series/robust-statistics.ts';

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

export function describeBaseline(values: Float64Array): Baseline {
  const sorted = sortedFinite(values);
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
