/**
 * Lines over time: baseline band with its dashed median, ink lines with their names beside them, the anomaly ribbon under
 * the axis. Gaps are gaps: nothing is drawn over a missing value, and a lone value is a dot.
 */
import type { Zone } from '../stores/preferences.ts';
import type { Band, RibbonStretch } from './anomaly-ribbon.ts';
import { bucketMiddle, bucketStart, usualStep } from './bucket-series.ts';
import type { Buckets } from './bucket-series.ts';
import { drawChangeMarks, drawTimeAxis, drawValueAxis } from './draw-axes.ts';
import type { ChangeMark } from './draw-axes.ts';
import { keptIndexes } from './downsample.ts';
import { placeNames } from './place-names.ts';
import { casedText, uiFont } from './surface.ts';
import type { Surface } from './surface.ts';
import { xOfTime } from './time-axis.ts';
import type { TimeAxis } from './time-axis.ts';
import { valueAxis, yOfValue } from './value-axis.ts';
import type { ValueAxis } from './value-axis.ts';

export interface Line {
  /** Shown beside the line; '' when the title says it. */
  readonly name: string;
  readonly values: Float64Array;
  /** `ink` is what was observed; `second` and `third` stand behind it; `compared` is another time, dashed. */
  readonly look: 'ink' | 'second' | 'third' | 'compared';
  /** Measured now and then: buckets between two measurements are no gaps. */
  readonly isSampled?: boolean;
}

/** A sampled line is broken where it misses more than this many of its usual steps. */
const GAP_STEPS = 2.5;

export interface TimeSeriesPicture {
  readonly buckets: Buckets;
  readonly lines: readonly Line[];
  readonly band: Band | null;
  readonly ribbon: readonly RibbonStretch[];
  readonly changes: readonly ChangeMark[];
  /** A known limit, dashed, with its word. */
  readonly limit?: { readonly value: number; readonly text: string } | undefined;
  readonly format: (value: number) => string;
}

export const PLOT = { left: 54, right: 10, top: 12, bottom: 30 } as const;
const RIBBON_PX = 4;

export function drawTimeSeries(surface: Surface, axis: TimeAxis, zone: Zone, picture: TimeSeriesPicture): void {
  const top = PLOT.top;
  const bottom = surface.height - PLOT.bottom;
  const { band, limit } = picture;
  const extremes = [band?.high ?? 0, limit?.value ?? 0];
  const values = valueAxis([...picture.lines.map((line) => line.values), extremes], { top, bottom });
  drawValueAxis(surface, values, { left: axis.left, right: axis.right, format: picture.format });
  const { context } = surface;
  context.save();
  context.beginPath();
  context.rect(axis.left, 0, axis.right - axis.left, bottom + 8);
  context.clip();
  if (band) drawBand(surface, axis, values, band);
  const order = ['compared', 'third', 'second', 'ink'] as const;
  for (const look of order) {
    for (const line of picture.lines) if (line.look === look) drawLine(surface, axis, values, picture.buckets, line);
  }
  if (limit) drawLimit(surface, axis, values, limit);
  drawChangeMarks(surface, axis, picture.changes, { top: top - 5, bottom });
  drawRibbon(surface, axis, picture, bottom + 2);
  drawNames(surface, axis, values, picture);
  context.restore();
  drawTimeAxis(surface, axis, zone, bottom);
}

function drawBand(surface: Surface, axis: TimeAxis, values: ValueAxis, band: Band): void {
  const { context, colours } = surface;
  const high = yOfValue(values, band.high);
  const low = yOfValue(values, band.low);
  context.fillStyle = colours.band;
  context.fillRect(axis.left, high, axis.right - axis.left, Math.max(2, low - high));
  context.strokeStyle = colours.bandLine;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  const median = Math.round(yOfValue(values, band.median)) + 0.5;
  context.beginPath();
  context.moveTo(axis.left, median);
  context.lineTo(axis.right, median);
  context.stroke();
  context.setLineDash([]);
}

function drawLine(surface: Surface, axis: TimeAxis, valuesAxis: ValueAxis, buckets: Buckets, line: Line): void {
  const { context, colours } = surface;
  context.strokeStyle = {
    ink: colours.series1,
    second: colours.series2,
    third: colours.series3,
    compared: colours.series2,
  }[line.look];
  context.fillStyle = context.strokeStyle;
  context.lineWidth = line.look === 'ink' ? 1.75 : 1.5;
  context.lineJoin = 'round';
  context.setLineDash(line.look === 'compared' ? [4, 3] : []);
  const { values } = line;
  const mostBuckets = line.isSampled ? usualStep(values) * GAP_STEPS : 1;
  let previous = -1;
  let isLone = false;
  let lastX = 0;
  let lastY = 0;
  const dot = (): void => context.fillRect(lastX - 1.5, lastY - 1.5, 3, 3);
  context.beginPath();
  for (const index of keptIndexes(values, axis.right - axis.left)) {
    const value = values[index]!;
    if (previous >= 0 && index - previous > mostBuckets && !isDrawnThrough(values, previous, index)) {
      if (isLone) dot();
      previous = -1;
      isLone = false;
    }
    if (!Number.isFinite(value)) continue;
    lastX = xOfTime(axis, bucketMiddle(buckets, index));
    lastY = yOfValue(valuesAxis, value);
    if (previous < 0) context.moveTo(lastX, lastY);
    else context.lineTo(lastX, lastY);
    isLone = previous < 0;
    previous = index;
  }
  if (isLone) dot();
  context.stroke();
  context.setLineDash([]);
}

/** Left-out points between two kept ones are no gap; missing values are. */
function isDrawnThrough(values: Float64Array, from: number, to: number): boolean {
  for (let index = from + 1; index < to; index++) if (!Number.isFinite(values[index])) return false;
  return Number.isFinite(values[to]);
}

function drawLimit(
  surface: Surface,
  axis: TimeAxis,
  values: ValueAxis,
  { value, text }: { readonly value: number; readonly text: string },
): void {
  const { context, colours } = surface;
  const y = Math.round(yOfValue(values, value)) + 0.5;
  context.strokeStyle = colours.text2;
  context.lineWidth = 1;
  context.setLineDash([6, 3]);
  context.beginPath();
  context.moveTo(axis.left, y);
  context.lineTo(axis.right, y);
  context.stroke();
  context.setLineDash([]);
  context.font = uiFont(surface, 11);
  context.fillStyle = colours.text2;
  context.textAlign = 'right';
  casedText(surface, text, axis.right - 2, y - 4);
}

function drawRibbon(surface: Surface, axis: TimeAxis, picture: TimeSeriesPicture, y: number): void {
  const { context, colours } = surface;
  for (const { start, end, severity } of picture.ribbon) {
    const left = xOfTime(axis, bucketStart(picture.buckets, start));
    const right = xOfTime(axis, bucketStart(picture.buckets, end));
    context.fillStyle = severity === 'fail' ? colours.failFill : colours.warnFill;
    context.fillRect(left, y, Math.max(2, right - left), RIBBON_PX);
  }
}

/** Each name beside its line, where it covers nothing. */
function drawNames(surface: Surface, axis: TimeAxis, values: ValueAxis, picture: TimeSeriesPicture): void {
  const { context, colours } = surface;
  context.font = uiFont(surface, 11, 500);
  context.textAlign = 'center';
  const lines = picture.lines.map(({ name, values: points }) => ({
    name,
    halfWidth: context.measureText(name).width / 2 + 2,
    x: Float64Array.from(points, (_, index) => xOfTime(axis, bucketMiddle(picture.buckets, index))),
    y: Float64Array.from(points, (value) => (Number.isFinite(value) ? yOfValue(values, value) : NaN)),
  }));
  const box = { left: axis.left + 2, right: axis.right - 2, top: values.top - 4, bottom: values.bottom - 1 };
  for (const [index, place] of placeNames(lines, box).entries()) {
    const line = picture.lines[index];
    if (!place || !line) continue;
    context.fillStyle = line.look === 'ink' ? colours.text1 : colours.text2;
    casedText(surface, line.name, place.x, place.baseline);
  }
}
