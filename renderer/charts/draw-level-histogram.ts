/** Log records per bucket of time, stacked by level with the worst at the bottom, where lengths compare. */
import type { Zone } from '../stores/preferences.ts';
import { bucketStart } from './bucket-series.ts';
import type { Buckets } from './bucket-series.ts';
import { drawChangeMarks, drawTimeAxis, drawValueAxis } from './draw-axes.ts';
import type { ChangeMark } from './draw-axes.ts';
import type { Palette } from './palette.ts';
import type { Surface } from './surface.ts';
import { xOfTime } from './time-axis.ts';
import type { TimeAxis } from './time-axis.ts';
import { plainText } from './value-format.ts';
import { valueAxis, yOfValue } from './value-axis.ts';

/** Bottom to top. */
export const STACKED_LEVELS = ['error', 'warn', 'rest'] as const;
export type StackedLevel = (typeof STACKED_LEVELS)[number];

export interface LevelHistogram {
  readonly buckets: Buckets;
  readonly counts: Readonly<Record<StackedLevel, Float64Array>>;
  readonly changes: readonly ChangeMark[];
}

const PLOT_TOP = 12;
export const HISTOGRAM_LEFT = 46;
export const HISTOGRAM_BOTTOM = 28;

const LEVEL_COLOURS: Readonly<Record<StackedLevel, keyof Palette>> = {
  error: 'failFill',
  warn: 'warnFill',
  rest: 'series3',
};

export function drawLevelHistogram(surface: Surface, axis: TimeAxis, zone: Zone, histogram: LevelHistogram): void {
  const { context, colours } = surface;
  const { buckets, counts } = histogram;
  const bottom = surface.height - HISTOGRAM_BOTTOM;
  const totals = counts.error.map((count, index) => count + counts.warn[index]! + counts.rest[index]!);
  const values = valueAxis([totals], { top: PLOT_TOP, bottom, isWhole: true });
  drawValueAxis(surface, values, { left: axis.left, right: axis.right, format: plainText });
  const under = new Float64Array(buckets.bucketCount);
  for (const level of STACKED_LEVELS) {
    context.fillStyle = colours[LEVEL_COLOURS[level]];
    for (let index = 0; index < buckets.bucketCount; index++) {
      const count = counts[level][index]!;
      if (!(count > 0)) continue;
      const left = Math.max(axis.left, xOfTime(axis, bucketStart(buckets, index)));
      const right = Math.min(axis.right, xOfTime(axis, bucketStart(buckets, index + 1)));
      if (right <= left) continue;
      const low = yOfValue(values, under[index]!);
      const high = yOfValue(values, under[index]! + count);
      // What is there is never less than one and a half pixels high.
      const height = Math.max(1.5, low - high);
      context.fillRect(left, low - height, Math.max(1, right - left - 1), height);
      under[index] = under[index]! + count;
    }
  }
  drawChangeMarks(surface, axis, histogram.changes, { top: PLOT_TOP - 6, bottom });
  drawTimeAxis(surface, axis, zone, bottom);
}
