/**
 * Rates from counters. A cumulative counter that falls was reset: what it shows then is what was counted since, as
 * Prometheus' `rate` takes it. Points with NaN are skipped, times must ascend.
 */

export interface RatePoints {
  /** End of each interval, nanoseconds, same origin as the input. */
  readonly timesNs: Float64Array;
  /** Per second. */
  readonly ratesPerSecond: Float64Array;
  readonly resets: number;
}

/** Per interval between neighbouring points. One point fewer than there are values. O(n). */
export function cumulativeRates(timesNs: Float64Array, values: Float64Array): RatePoints {
  const times = new Float64Array(values.length);
  const rates = new Float64Array(values.length);
  let count = 0;
  let resets = 0;
  let last = -1;
  for (let i = 0; i < values.length; i += 1) {
    if (!Number.isFinite(values[i]!)) continue;
    if (last >= 0) {
      const seconds = (timesNs[i]! - timesNs[last]!) / 1e9;
      if (seconds <= 0) continue;
      const isReset = values[i]! < values[last]!;
      if (isReset) resets += 1;
      times[count] = timesNs[i]!;
      rates[count] = (isReset ? values[i]! : values[i]! - values[last]!) / seconds;
      count += 1;
    }
    last = i;
  }
  return { timesNs: times.subarray(0, count), ratesPerSecond: rates.subarray(0, count), resets };
}

/** Delta temporality: each point is what happened since the point before it. */
export function deltaRates(timesNs: Float64Array, values: Float64Array): RatePoints {
  const times = new Float64Array(values.length);
  const rates = new Float64Array(values.length);
  let count = 0;
  for (let i = 1; i < values.length; i += 1) {
    const seconds = (timesNs[i]! - timesNs[i - 1]!) / 1e9;
    if (seconds <= 0 || !Number.isFinite(values[i]!)) continue;
    times[count] = timesNs[i]!;
    rates[count] = values[i]! / seconds;
    count += 1;
  }
  return { timesNs: times.subarray(0, count), ratesPerSecond: rates.subarray(0, count), resets: 0 };
}
