/** From the series of a metric to one line: the highest and the mean of several, the rate of counters. Pure. */
import type { Contract } from '../../../shared/contract/contract.ts';
import type { OutputOf } from '../../../shared/contract/derived-types.ts';

export type MetricBuckets = OutputOf<Contract['metric.buckets']>;

export interface MetricLines {
  /** The greatest of the series per bucket; the series itself when there is one. */
  readonly highest: Float64Array;
  /** null where it would be the same line. */
  readonly mean: Float64Array | null;
  readonly isRate: boolean;
}

/** Cumulative counters as their increase per second, everything else as it was measured. O(series × buckets). */
export function metricLines({ series, bucketCount }: Pick<MetricBuckets, 'series' | 'bucketCount'>): MetricLines {
  const isRate = series.length > 0 && series.every(({ rate }) => rate !== null);
  const values = series.map((one) => (isRate && one.rate ? one.rate : one.mean));
  const highest = new Float64Array(bucketCount).fill(NaN);
  const mean = new Float64Array(bucketCount).fill(NaN);
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    let sum = 0;
    let count = 0;
    for (const line of values) {
      const value = line[bucket] ?? NaN;
      if (!Number.isFinite(value)) continue;
      sum += value;
      count++;
      if (!(value <= highest[bucket]!)) highest[bucket] = value;
    }
    if (count > 0) mean[bucket] = sum / count;
  }
  const isOneLine = series.length < 2 || mean.every((value, bucket) => !(value < highest[bucket]!));
  return { highest, mean: isOneLine ? null : mean, isRate };
}

/** Unit of a line: a rate is per second; seconds per second of a counter are a plain number (cores in use). */
export function lineUnit(unit: string, isRate: boolean): string {
  if (!isRate) return unit === '1' ? '' : unit;
  if (unit === 'By') return 'By/s';
  if (unit === 's') return '';
  return 'perSecond';
}

const TIME_UNIT = /^(?:s|ms|us|µs|ns|min)$/;
const TIME_TAKEN = /(?:^|[._])(?:duration|latency|wait|wait_time|lag|delay|response_time|elapsed)(?:$|[._])/i;

/** Which side of its band is trouble: taking less time than expected is none. */
export function troubleSide(name: string, unit: string): 'above' | 'both' {
  return TIME_UNIT.test(unit) && TIME_TAKEN.test(name) ? 'above' : 'both';
}

/** The stretch of the same length that ends where this one begins, or at `endsAt`. */
export function windowBefore(
  range: { readonly from: bigint; readonly to: bigint },
  endsAt = range.from,
): { readonly from: bigint; readonly to: bigint } {
  return { from: endsAt - (range.to - range.from), to: endsAt };
}
