/** Log records per bucket of time, stacked by level with the worst at the bottom, where lengths compare. */
import type { Zone } from '../stores/preferences.ts';
import { bucketStart } from './bucket-series.ts';
import type { Buckets } from './bucket-series.ts';
import { drawChangeMarks, drawTimeAxis, drawValueAxis } from './draw-axes.ts';
import type { ChangeMark } from './draw-axes.ts';
import type { Palette } from './palette.ts';
import { fittingText, uiFont } from './surface.ts';
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
  /** Stretches without rows that there should be, each with its words. */
  readonly cuts: readonly CutBox[];
}
export interface CutBox {
  readonly from: bigint;
  readonly to: bigint;
  readonly text: string;
}

const PLOT_TOP = 12;
const CUT_FONT_PX = 11;
const CUT_TEXT_GAP_PX = 5;
const CUT_LINE_PX = 14;
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
  drawCuts(surface, axis, histogram.cuts, bottom);
  drawChangeMarks(surface, axis, histogram.changes, { top: PLOT_TOP - 6, bottom });
  drawTimeAxis(surface, axis, zone, bottom);
}

/** A dashed box over each stretch, its words inside or, where it is narrow, beside it; one line lower where words meet. */
function drawCuts(surface: Surface, axis: TimeAxis, cuts: readonly CutBox[], bottom: number): void {
  const { context, colours } = surface;
  context.save();
  context.font = uiFont(surface, CUT_FONT_PX);
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.lineWidth = 1.5;
  let textEnd = -Infinity;
  let textLine = 0;
  for (const { from, to, text } of cuts) {
    const left = Math.max(axis.left, xOfTime(axis, from));
    const right = Math.min(axis.right, xOfTime(axis, to));
    if (right <= axis.left || left >= axis.right || right - left < 1) continue;
    context.setLineDash([3, 3]);
    context.strokeStyle = colours.text3;
    context.strokeRect(left + 0.75, PLOT_TOP - 4, Math.max(2, right - left - 1.5), bottom - PLOT_TOP + 4);
    const shown = fittingText(context, text, axis.right - axis.left);
    const width = context.measureText(shown).width;
    const isInside = right - left >= width + 2 * CUT_TEXT_GAP_PX;
    const isBehind = !isInside && right + CUT_TEXT_GAP_PX + width <= axis.right;
    const x = isInside
      ? left + CUT_TEXT_GAP_PX
      : isBehind
        ? right + CUT_TEXT_GAP_PX
        : Math.max(axis.left, left - CUT_TEXT_GAP_PX - width);
    textLine = x < textEnd ? textLine + 1 : 0;
    textEnd = Math.max(textEnd, x + width);
    const y = PLOT_TOP + 8 + textLine * CUT_LINE_PX;
    // A casing in the colour of the ground keeps the words readable over bars.
    context.setLineDash([]);
    context.strokeStyle = colours.surface1;
    context.lineWidth = 4;
    context.lineJoin = 'round';
    context.strokeText(shown, x, y);
    context.lineWidth = 1.5;
    context.fillStyle = colours.text1;
    context.fillText(shown, x, y);
  }
  context.restore();
}
