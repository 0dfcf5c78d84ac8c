/** A strip of one ink whose strength grows with the logarithm of the count: rows × buckets, row 0 at the bottom. */
import { bucketStart } from './bucket-series.ts';
import type { Buckets } from './bucket-series.ts';
import type { Surface } from './surface.ts';
import { xOfTime } from './time-axis.ts';
import type { TimeAxis } from './time-axis.ts';

/** 0-1 for a count, logarithmic, so that few among many still show. Pure. */
export function heatOf(count: number, greatest: number): number {
  if (!(count > 0) || !(greatest > 0)) return 0;
  return 0.12 + 0.88 * (Math.log1p(count) / Math.log1p(greatest));
}

/** `counts` is rows × buckets, row by row. O(rows × buckets). */
export function drawHeatStrip(
  surface: Surface,
  axis: TimeAxis,
  {
    buckets,
    rowCount,
    counts,
  }: { readonly buckets: Buckets; readonly rowCount: number; readonly counts: Float64Array },
  { top, bottom }: { readonly top: number; readonly bottom: number },
): void {
  const { context, colours } = surface;
  let greatest = 0;
  for (const count of counts) if (count > greatest) greatest = count;
  const rowHeight = (bottom - top) / Math.max(1, rowCount);
  context.fillStyle = colours.series1;
  for (let row = 0; row < rowCount; row++) {
    const y = bottom - (row + 1) * rowHeight;
    for (let bucket = 0; bucket < buckets.bucketCount; bucket++) {
      const heat = heatOf(counts[row * buckets.bucketCount + bucket] ?? 0, greatest);
      if (heat === 0) continue;
      const left = Math.max(axis.left, xOfTime(axis, bucketStart(buckets, bucket)));
      const right = Math.min(axis.right, xOfTime(axis, bucketStart(buckets, bucket + 1)));
      if (right <= left) continue;
      context.globalAlpha = heat;
      context.fillRect(left, y, Math.max(1, right - left), Math.ceil(rowHeight));
    }
  }
  context.globalAlpha = 1;
}
