/**
 * Where nearly all rows of a case lie. One row with a clock of 1999 would otherwise squeeze an hour of incident into a
 * pixel of every axis; it stays reachable, but it does not set the scale. Pure.
 */
import type { ImportFileReport } from '../../shared/model/import-report.ts';

interface Stretch {
  readonly from: bigint;
  readonly to: bigint;
}

export interface DensityRule {
  /** So much of all rows lies inside; what is beyond counts as far off. */
  readonly insideShare: number;
  /** Only a stretch this much shorter than the whole is worth it. */
  readonly mostShareOfTime: number;
}
/** Finds the bulk of rows in decades; hides a few for an axis eight times as telling. */
export const BULK: DensityRule = { insideShare: 0.98, mostShareOfTime: 1 / 8 };
/** Takes off empty ends and hides nothing. */
export const FILLED: DensityRule = { insideShare: 1, mostShareOfTime: 0.9 };
/** Of fewer rows none is an outlier. */
const LEAST_ROWS = 20;

export interface DenseRange extends Stretch {
  /** Rows left outside. */
  readonly outsideCount: number;
}

/**
 * The shortest run of buckets with as much of all rows as the rule wants, one bucket of air on both sides. Null when rows are spread
 * so that no short run holds them. Two pointers: O(buckets).
 */
export function denseRange(range: Stretch, counts: Float64Array, rule = BULK): DenseRange | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total < LEAST_ROWS) return null;
  const wanted = total * rule.insideShare;
  let best: { readonly first: number; readonly last: number } | null = null;
  let inside = 0;
  let first = 0;
  for (let last = 0; last < counts.length; last++) {
    inside += counts[last]!;
    while (inside - counts[first]! >= wanted) inside -= counts[first++]!;
    if (inside >= wanted && (!best || last - first < best.last - best.first)) best = { first, last };
  }
  if (!best || best.last - best.first + 1 > counts.length * rule.mostShareOfTime) return null;
  const widthNs = Number(range.to - range.from) / counts.length;
  const at = (bucket: number): bigint => range.from + BigInt(Math.round(bucket * widthNs));
  const from = Math.max(0, best.first - 1);
  const end = Math.min(counts.length, best.last + 2);
  const kept = counts.slice(from, end).reduce((sum, count) => sum + count, 0);
  return { from: at(from), to: at(end), outsideCount: Math.round(total - kept) };
}

/**
 * Rows per bucket of a stretch: those counted by the engine, and the metric points of each file spread evenly over what
 * the file covers, since points are not counted per bucket.
 */
export function rowsPerBucket(
  range: Stretch,
  counted: readonly Float64Array[],
  files: readonly Pick<ImportFileReport, 'records' | 'timeRange'>[],
): Float64Array {
  const rows = new Float64Array(counted[0]?.length ?? 0);
  for (const column of counted) for (let index = 0; index < rows.length; index++) rows[index]! += column[index] ?? 0;
  const widthNs = Number(range.to - range.from) / Math.max(1, rows.length);
  for (const { records, timeRange } of files) {
    const points = records.metricPoints ?? 0;
    if (!timeRange || points === 0 || timeRange.end < range.from || timeRange.start >= range.to) continue;
    const bucketOf = (time: bigint): number =>
      Math.min(rows.length - 1, Math.max(0, Math.floor(Number(time - range.from) / widthNs)));
    const first = bucketOf(timeRange.start);
    const last = bucketOf(timeRange.end);
    for (let index = first; index <= last; index++) rows[index]! += points / (last - first + 1);
  }
  return rows;
}
