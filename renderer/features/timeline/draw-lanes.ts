/** Paints the strips of the lanes: storms of alerts by severity, latency as heat, error logs. Knows no React. */
import { bucketStart } from '../../charts/bucket-series.ts';
import type { Buckets } from '../../charts/bucket-series.ts';
import type { Surface } from '../../charts/surface.ts';
import { xOfTime } from '../../charts/time-axis.ts';
import type { TimeAxis } from '../../charts/time-axis.ts';

const GAP_PX = 1;
const LEAST_BAR_PX = 2;

/** 0-1 for a count, logarithmic, so that few among many still show. Pure. */
export function heatOf(count: number, greatest: number): number {
  if (!(count > 0) || !(greatest > 0)) return 0;
  return 0.12 + 0.88 * (Math.log1p(count) / Math.log1p(greatest));
}

/** Bars of stacked counts, worst at the bottom where lengths compare; `layers` worst first. O(layers × buckets). */
export function drawStack(
  { context, height }: Surface,
  axis: TimeAxis,
  buckets: Buckets,
  layers: readonly { readonly counts: Float64Array; readonly colour: string }[],
): void {
  let greatest = 0;
  for (let bucket = 0; bucket < buckets.bucketCount; bucket++) {
    greatest = Math.max(greatest, totalAt(layers, bucket));
  }
  if (greatest === 0) return;
  const room = height - 6;
  for (let bucket = 0; bucket < buckets.bucketCount; bucket++) {
    const total = totalAt(layers, bucket);
    if (total === 0) continue;
    const [left, width] = barAt(axis, buckets, bucket);
    if (width <= 0) continue;
    // The root keeps a single alert beside a storm of thousands visible; the label says so.
    const full = Math.max(LEAST_BAR_PX, Math.sqrt(total / greatest) * room);
    let y = height - 3;
    for (const { counts, colour } of layers) {
      const part = ((counts[bucket] ?? 0) / total) * full;
      if (part <= 0) continue;
      context.fillStyle = colour;
      context.fillRect(left, y - part, width, part);
      y -= part;
    }
  }
}

/** Latency: slow rows at the top, strength by the logarithm of the count. */
export function drawLatency(
  { context, colours, height }: Surface,
  axis: TimeAxis,
  buckets: Buckets,
  { rows, counts }: { readonly rows: readonly (readonly number[])[]; readonly counts: Float64Array },
): void {
  if (rows.length === 0) return;
  const sums = rows.map((members) => {
    const sum = new Float64Array(buckets.bucketCount);
    for (const row of members) {
      for (let bucket = 0; bucket < buckets.bucketCount; bucket++) {
        sum[bucket] = (sum[bucket] ?? 0) + (counts[row * buckets.bucketCount + bucket] ?? 0);
      }
    }
    return sum;
  });
  const greatest = sums.reduce((most, sum) => sum.reduce((best, value) => Math.max(best, value), most), 0);
  const rowHeight = (height - 6) / rows.length;
  sums.forEach((sum, row) => {
    const y = height - 3 - (row + 1) * rowHeight;
    // Slow rows in full ink, quick ones in grey: what hurts is not louder by count but by ink.
    context.fillStyle = row >= rows.length * 0.6 ? colours.series1 : colours.series2;
    for (let bucket = 0; bucket < buckets.bucketCount; bucket++) {
      const heat = heatOf(sum[bucket] ?? 0, greatest);
      if (heat === 0) continue;
      const [left, width] = barAt(axis, buckets, bucket);
      if (width <= 0) continue;
      context.globalAlpha = heat;
      context.fillRect(left, y, width + GAP_PX * 0.6, Math.max(1, rowHeight - 0.6));
    }
  });
  context.globalAlpha = 1;
}

/** Rows of the engine's fine latency scale folded to at most `most`, leaving out empty ends. Row 0 is the quickest. */
export function foldRows(
  rowCount: number,
  counts: Float64Array,
  bucketCount: number,
  most: number,
): readonly (readonly number[])[] {
  const isUsed = (row: number): boolean => {
    for (let bucket = 0; bucket < bucketCount; bucket++) if ((counts[row * bucketCount + bucket] ?? 0) > 0) return true;
    return false;
  };
  let first = 0;
  let last = rowCount - 1;
  while (first < rowCount && !isUsed(first)) first++;
  while (last > first && !isUsed(last)) last--;
  if (first >= rowCount) return [];
  const used = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const size = Math.ceil(used.length / most);
  const rows: number[][] = [];
  for (let at = 0; at < used.length; at += size) rows.push(used.slice(at, at + size));
  return rows;
}

function totalAt(layers: readonly { readonly counts: Float64Array }[], bucket: number): number {
  return layers.reduce((sum, { counts }) => sum + (counts[bucket] ?? 0), 0);
}

function barAt(axis: TimeAxis, buckets: Buckets, bucket: number): readonly [left: number, width: number] {
  const left = Math.max(axis.left, xOfTime(axis, bucketStart(buckets, bucket)));
  const right = Math.min(axis.right, xOfTime(axis, bucketStart(buckets, bucket + 1)));
  return [left, Math.max(right > left ? 1 : 0, right - left - GAP_PX)];
}
