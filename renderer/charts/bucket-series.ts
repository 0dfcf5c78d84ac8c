/** Values per bucket of time, as bucketed answers of the engine hold them. */

export interface Buckets {
  /** Begin of the first bucket, Unix nanoseconds. */
  readonly startTime: bigint;
  readonly bucketNs: number;
  readonly bucketCount: number;
}

/** Middle of a bucket: where its value is drawn. */
export function bucketMiddle({ startTime, bucketNs }: Buckets, index: number): bigint {
  return startTime + BigInt(Math.round((index + 0.5) * bucketNs));
}

export function bucketStart({ startTime, bucketNs }: Buckets, index: number): bigint {
  return startTime + BigInt(Math.round(index * bucketNs));
}

/** Bucket that holds a time; -1 outside. */
export function bucketAt(buckets: Buckets, time: bigint): number {
  const index = Math.floor(Number(time - buckets.startTime) / buckets.bucketNs);
  return index >= 0 && index < buckets.bucketCount ? index : -1;
}

/** The value at a bucket, or the nearest one at most `mostSteps` away; NaN where there is none. */
export function nearestValue(values: ArrayLike<number>, index: number, mostSteps: number): number {
  for (let away = 0; away <= mostSteps; away++) {
    for (const at of [index - away, index + away]) {
      const value = values[at];
      if (value !== undefined && Number.isFinite(value)) return value;
    }
  }
  return NaN;
}

/** Counts as a rate per second. */
export function perSecond(counts: Float64Array, bucketNs: number): Float64Array {
  return counts.map((count) => (count * 1e9) / bucketNs);
}

/** `part / whole` per bucket; NaN (a gap) where the whole is nothing. */
export function ratioPerBucket(part: Float64Array, whole: Float64Array): Float64Array {
  return part.map((value, index) => (whole[index]! > 0 ? value / whole[index]! : NaN));
}

/** Index of the greatest finite value; -1 without any. */
export function indexOfGreatest(values: ArrayLike<number>): number {
  let best = -1;
  for (let index = 0; index < values.length; index++) {
    if (Number.isFinite(values[index]) && (best < 0 || values[index]! > values[best]!)) best = index;
  }
  return best;
}

/**
 * Buckets from one value to the next, in the median: 1 for dense series, more where values come less often than buckets.
 * A missing value is a gap only when it is missing for longer than that. O(n log n).
 */
export function usualStep(values: ArrayLike<number>): number {
  const steps: number[] = [];
  let last = -1;
  for (let index = 0; index < values.length; index++) {
    if (!Number.isFinite(values[index])) continue;
    if (last >= 0) steps.push(index - last);
    last = index;
  }
  steps.sort((left, right) => left - right);
  return steps[steps.length >> 1] ?? 1;
}
