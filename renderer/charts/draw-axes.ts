/** Grid, axes and change markers: the same under every time chart. */
import { timeTicks, xOfTime } from './time-axis.ts';
import type { TimeAxis } from './time-axis.ts';
import { yOfValue } from './value-axis.ts';
import type { ValueAxis } from './value-axis.ts';
import type { Zone } from '../stores/preferences.ts';
import { monoFont } from './surface.ts';
import type { Surface } from './surface.ts';

export interface ChangeMark {
  readonly id: string;
  readonly time: bigint;
  /** The change blamed or selected is drawn solid, others dotted. */
  readonly isSelected: boolean;
  /** Of something else than the chart is about: a sign at the top, no line through the plot. */
  readonly isElsewhere?: boolean;
}

const TICK_FONT_PX = 11;
/** Room for a clock time and air; small charts still get three. */
const TICK_SPACING_PX = 60;
const HALF_DIAMOND_PX = 5;
const HALF_SMALL_DIAMOND_PX = 3;

/** Ticks that leave room for their text; the outer ones lean inwards. */
export function drawTimeAxis(surface: Surface, axis: TimeAxis, zone: Zone, y: number): void {
  const { context, colours } = surface;
  context.strokeStyle = colours.line2;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(axis.left, y + 0.5);
  context.lineTo(axis.right, y + 0.5);
  context.stroke();
  context.font = monoFont(surface, TICK_FONT_PX);
  context.fillStyle = colours.text3;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'center';
  for (const { x, label } of timeTicks(axis, zone, TICK_SPACING_PX)) {
    const half = context.measureText(label).width / 2;
    const inside = Math.min(axis.right - half, Math.max(axis.left + half, x));
    if (Math.abs(inside - x) > half) continue;
    context.fillText(label, inside, y + 21);
  }
}

export function drawValueAxis(
  surface: Surface,
  axis: ValueAxis,
  {
    left,
    right,
    format,
  }: { readonly left: number; readonly right: number; readonly format: (value: number) => string },
): void {
  const { context, colours } = surface;
  context.font = monoFont(surface, TICK_FONT_PX);
  context.fillStyle = colours.text3;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.strokeStyle = colours.line1;
  context.lineWidth = 1;
  for (const tick of axis.ticks) {
    const y = Math.round(yOfValue(axis, tick)) + 0.5;
    context.beginPath();
    context.moveTo(left, y);
    context.lineTo(right, y);
    context.stroke();
    context.fillText(format(tick), left - 6, y);
  }
  context.textBaseline = 'alphabetic';
}

/** Lines through the plot with a diamond on top; what lies outside the axis is left out. */
export function drawChangeMarks(
  surface: Surface,
  axis: TimeAxis,
  marks: readonly ChangeMark[],
  { top, bottom }: { readonly top: number; readonly bottom: number },
): void {
  const { context, colours } = surface;
  context.strokeStyle = colours.change;
  context.fillStyle = colours.change;
  context.lineWidth = 1.5;
  for (const { time, isSelected, isElsewhere } of marks.toSorted(otherMarksFirst)) {
    const x = xOfTime(axis, time);
    if (x < axis.left || x > axis.right) continue;
    if (isElsewhere && !isSelected) {
      drawDiamond(context, x, top, HALF_SMALL_DIAMOND_PX);
      continue;
    }
    context.setLineDash(isSelected ? [] : [2, 3]);
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, bottom);
    context.stroke();
    drawDiamond(context, x, top, HALF_DIAMOND_PX);
  }
  context.setLineDash([]);
}

function otherMarksFirst(left: ChangeMark, right: ChangeMark): number {
  const rank = ({ isSelected, isElsewhere }: ChangeMark): number => (isSelected ? 2 : isElsewhere ? 0 : 1);
  return rank(left) - rank(right);
}

function drawDiamond(context: CanvasRenderingContext2D, x: number, y: number, half: number): void {
  context.beginPath();
  context.moveTo(x, y - half);
  context.lineTo(x + half, y);
  context.lineTo(x, y + half);
  context.lineTo(x - half, y);
  context.closePath();
  context.fill();
}
