/** Series folded into buckets: least, greatest, mean and number of values, and the rate of cumulative counters. */
import type { CaseDatabase } from '../storage/case-database.ts';
import { seriesKinds } from '../storage/statements/view-reads.ts';
import { ascendingOrder } from '../storage/radix-order.ts';
import type { PointStore } from './point-store.ts';
import { bucketOf, bucketsOver, offsetWindow, type Buckets } from './time-window.ts';
import type { BucketAxis, BucketedRequest, SeriesBuckets } from './view-answers.ts';

export function metricBuckets(
  database: CaseDatabase,
  store: PointStore,
  request: BucketedRequest & { readonly seriesIds: readonly number[] },
): BucketAxis & { readonly series: readonly SeriesBuckets[] } {
  const buckets = bucketsOver(offsetWindow(store.origin, request, store.extent), request.bucketCount);
  const kindOf = seriesKinds(database);
  const inTail = tailRows(store, request.seriesIds);
  const series = request.seriesIds.map((seriesId): SeriesBuckets => {
    const kind = kindOf(seriesId);
    const isRunningTotal = kind?.type === 'counter' && kind.temporality !== 'delta';
    return foldSeries(seriesId, pointsOf(store, seriesId, inTail.get(seriesId)), buckets, isRunningTotal);
  });
  return {
    startTime: store.origin.timeOf(buckets.start),
    bucketNs: buckets.width,
    bucketCount: buckets.count,
    series,
  };
}

/** Points of all series per bucket; one pass over every point, about 5 ns each. */
export function pointCounts(store: PointStore, request: BucketedRequest): Float64Array {
  const buckets = bucketsOver(offsetWindow(store.origin, request, store.extent), request.bucketCount);
  const counts = new Float64Array(buckets.count);
  for (const { time, length } of [store.ordered, store.tail]) {
    for (let i = 0; i < length; i++) {
      const at = time[i]!;
      if (at >= buckets.start && at < buckets.end) counts[bucketOf(buckets, at)]!++;
    }
  }
  return counts;
}

/** By time. */
interface Points {
  readonly time: Float64Array;
  readonly value: Float64Array;
}

function tailRows({ tail }: PointStore, seriesIds: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  if (tail.length === 0) return found;
  const wanted = new Uint8Array(Math.max(...seriesIds) + 1);
  for (const id of seriesIds) wanted[id] = 1;
  for (let i = 0; i < tail.length; i++) {
    const id = tail.series[i]!;
    if (wanted[id] !== 1) continue;
    const rows = found.get(id) ?? [];
    found.set(id, rows);
    rows.push(i);
  }
  return found;
}

function pointsOf(store: PointStore, seriesId: number, tail: readonly number[] | undefined): Points {
  const { from, to } = store.rangeOf(seriesId);
  const ordered = { time: store.ordered.time.subarray(from, to), value: store.ordered.value.subarray(from, to) };
  if (!tail) return ordered;
  const time = new Float64Array(to - from + tail.length);
  const value = new Float64Array(time.length);
  time.set(ordered.time);
  value.set(ordered.value);
  tail.forEach((row, i) => {
    time[to - from + i] = store.tail.time[row]!;
    value[to - from + i] = store.tail.value[row]!;
  });
  const order = ascendingOrder(time);
  return order
    ? { time: time.map((_, i) => time[order[i]!]!), value: value.map((_, i) => value[order[i]!]!) }
    : { time, value };
}

function foldSeries(
  seriesId: number,
  { time, value }: Points,
  buckets: Buckets,
  isRunningTotal: boolean,
): SeriesBuckets {
  const make = (): Float64Array => new Float64Array(buckets.count).fill(NaN);
  const [min, max, mean] = [make(), make(), make()];
  const count = new Float64Array(buckets.count);
  const sum = new Float64Array(buckets.count);
  const first = lowerBound(time, buckets.start);
  const end = lowerBound(time, buckets.end);
  for (let i = first; i < end; i++) {
    const v = value[i]!;
    if (Number.isNaN(v)) continue;
    const bucket = bucketOf(buckets, time[i]!);
    if (!(v >= min[bucket]!)) min[bucket] = v;
    if (!(v <= max[bucket]!)) max[bucket] = v;
    sum[bucket]! += v;
    count[bucket]!++;
  }
  for (let bucket = 0; bucket < buckets.count; bucket++)
    if (count[bucket]! > 0) mean[bucket] = sum[bucket]! / count[bucket]!;
  const rate = isRunningTotal ? rateOf(time, value, buckets, first, end) : null;
  return { seriesId, min, max, mean, count, rate };
}

/**
 * Increase per second, by bucket of the later of two points: the sum of increases over the sum of the times between them.
 * A fall is a reset, after which the counter began at 0 (as Prometheus' rate() takes it). NaN where no pair ends.
 */
function rateOf(time: Float64Array, value: Float64Array, buckets: Buckets, first: number, end: number): Float64Array {
  const increase = new Float64Array(buckets.count);
  const seconds = new Float64Array(buckets.count);
  let last = -1;
  for (let i = first - 1; i >= 0 && last < 0; i--) if (!Number.isNaN(value[i]!)) last = i;
  for (let i = first; i < end; i++) {
    if (Number.isNaN(value[i]!)) continue;
    if (last >= 0 && time[i]! > time[last]!) {
      const bucket = bucketOf(buckets, time[i]!);
      const step = value[i]! - value[last]!;
      increase[bucket]! += step < 0 ? value[i]! : step;
      seconds[bucket]! += (time[i]! - time[last]!) / 1e9;
    }
    last = i;
  }
  return increase.map((total, bucket) => (seconds[bucket]! > 0 ? total / seconds[bucket]! : NaN));
}

function lowerBound(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
