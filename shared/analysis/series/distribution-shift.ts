/**
 * How far did a distribution move? For latencies compare logarithms: twice as slow is one step, wherever it starts.
 * Wasserstein-1 distance between two samples = mean distance of matched quantiles.
 */
import { quantileOfSorted, sortedFinite } from './robust-statistics.ts';

export interface DistributionShift {
  /** Mean over quantiles of |later - earlier|. */
  readonly wasserstein: number;
  /** Mean over quantiles of later - earlier: its sign says which way. */
  readonly meanShift: number;
  /** Share of later values above the 95 % quantile of the earlier: .05 when nothing changed. */
  readonly shareAboveP95: number;
  readonly p50Shift: number;
  readonly p95Shift: number;
}

const QUANTILES = 50;

/** NaN fields when a side is empty. O(n log n). */
export function compareDistributions(
  before: Float64Array | readonly number[],
  after: Float64Array | readonly number[],
): DistributionShift {
  const a = sortedFinite(before);
  const b = sortedFinite(after);
  let distance = 0;
  let shift = 0;
  for (let i = 0; i < QUANTILES; i += 1) {
    const q = (i + 0.5) / QUANTILES;
    const difference = quantileOfSorted(b, q) - quantileOfSorted(a, q);
    distance += Math.abs(difference) / QUANTILES;
    shift += difference / QUANTILES;
  }
  const p95 = quantileOfSorted(a, 0.95);
  let above = 0;
  for (const value of b) if (value > p95) above += 1;
  return {
    wasserstein: distance,
    meanShift: shift,
    shareAboveP95: a.length === 0 || b.length === 0 ? Number.NaN : above / b.length,
    p50Shift: quantileOfSorted(b, 0.5) - quantileOfSorted(a, 0.5),
    p95Shift: Number.isNaN(p95) ? Number.NaN : quantileOfSorted(b, 0.95) - p95,
  };
}

/** The same on natural logarithms; values ≤ 0 are left out. */
export function compareLatencies(
  before: Float64Array | readonly number[],
  after: Float64Array | readonly number[],
): DistributionShift {
  const logarithms = (values: Float64Array | readonly number[]): Float64Array =>
    Float64Array.from(values, (value) => (value > 0 ? Math.log(value) : Number.NaN));
  return compareDistributions(logarithms(before), logarithms(after));
}
