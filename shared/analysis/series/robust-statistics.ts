/**
 * Statistics that a few wild values do not move. NaN means "no value" everywhere and is left out; an empty input gives
 * NaN. Nothing here changes its argument. Quantiles interpolate linearly between order statistics (Hyndman and Fan,
 * 1996, type 7), as R and NumPy do.
 */

/** Makes the median absolute deviation estimate the standard deviation of a normal sample: 1 / Φ⁻¹(3/4). */
export const MAD_TO_SIGMA = 1.4826022185056018;
/** The same for the interquartile range: 1 / (2 Φ⁻¹(3/4)). */
export const IQR_TO_SIGMA = 0.7413011092528009;

type Numbers = Float64Array | readonly number[];

/** Finite values in ascending order. O(n log n). */
export function sortedFinite(values: Numbers): Float64Array {
  let count = 0;
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!;
    if (Number.isFinite(value)) out[count++] = value;
  }
  return out.subarray(0, count).sort();
}

/** Quantile `q` in 0-1 of an ascending list without NaN. O(1). */
export function quantileOfSorted(sorted: Numbers, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = Math.min(Math.max(q, 0), 1) * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low === high ? low : low + (high - low) * (at - below);
}

export function quantile(values: Numbers, q: number): number {
  return quantileOfSorted(sortedFinite(values), q);
}
export function median(values: Numbers): number {
  return quantile(values, 0.5);
}
/** Median absolute deviation from the median, unscaled. */
export function medianAbsoluteDeviation(values: Numbers, centre = median(values)): number {
  const deviations = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 1) deviations[i] = Math.abs(values[i]! - centre);
  return median(deviations);
}
export function interquartileRange(values: Numbers): number {
  const sorted = sortedFinite(values);
  return quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25);
}

export interface RobustSummary {
  readonly count: number;
  readonly median: number;
  /** Estimate of the standard deviation, never below the floor: the larger of the MAD and half the IQR estimate. */
  readonly spread: number;
  readonly min: number;
  readonly max: number;
  readonly q05: number;
  readonly q95: number;
}

/** Below this share of the median a spread is taken for rounding, not for noise (methods.md §2). */
export const SPREAD_FLOOR_RATIO = 0.02;

/**
 * One sort, all that comparing needs. The spread has a floor of 2 % of the median and of half the smallest step between
 * different values (the quantum of rounded data), so that a flat series does not explode; 0 only when all values are 0.
 */
export function summarise(values: Numbers, floorRatio = SPREAD_FLOOR_RATIO): RobustSummary {
  const sorted = sortedFinite(values);
  const centre = quantileOfSorted(sorted, 0.5);
  const mad = medianAbsoluteDeviation(sorted, centre) * MAD_TO_SIGMA;
  const iqr = (quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25)) * IQR_TO_SIGMA;
  const floor = Math.max(floorRatio * Math.abs(centre), quantumOf(sorted) / 2);
  return {
    count: sorted.length,
    median: centre,
    spread: sorted.length === 0 ? Number.NaN : Math.max(mad, iqr / 2, floor),
    min: sorted[0] ?? Number.NaN,
    max: sorted[sorted.length - 1] ?? Number.NaN,
    q05: quantileOfSorted(sorted, 0.05),
    q95: quantileOfSorted(sorted, 0.95),
  };
}

/** Smallest step between different neighbours of an ascending list, 0 when all are equal. */
function quantumOf(sorted: Float64Array): number {
  let least = Infinity;
  for (let i = 1; i < sorted.length; i += 1) {
    const step = sorted[i]! - sorted[i - 1]!;
    if (step > 0 && step < least) least = step;
  }
  return Number.isFinite(least) ? least : 0;
}
