/**
 * The visible rows of a waterfall on a canvas: names left, bars right, durations at the edge. A frame reads prebuilt columns
 * of the rows in sight only, so its cost does not depend on the length of the trace.
 */
import { durationText } from '../../stores/time-format.ts';
import { ACTIVITY } from './span-activity.ts';
import { textAt } from './span-table.ts';
import { isErrorSpan } from './trace-model.ts';
import type { TraceModel } from './trace-model.ts';
import type { WaterfallRows } from './waterfall-rows.ts';
import { fittingOperation, fittingText, monoFont, uiFont } from '../surface.ts';
import type { Surface } from '../surface.ts';

export const ROW_PX = 27;
export const HEADER_PX = 22;
const INDENT_PX = 13;
const MOST_INDENTS = 14;
const DURATION_PX = 66;
const CHEVRON_PX = 14;

export interface WaterfallScene {
  readonly model: TraceModel;
  readonly rows: WaterfallRows;
  /** Scrolled by so many pixels. */
  readonly top: number;
  /** Stretch of the trace in sight, ns after its begin. */
  readonly fromNs: number;
  readonly toNs: number;
  readonly activeRow: number;
  readonly collapsed: ReadonlySet<number>;
  readonly hasPath: boolean;
  /** Log rows by span, ns after the trace's begin. */
  readonly logTimes: ReadonlyMap<number, readonly number[]>;
  /** Names as they may be shown. */
  readonly nameOf: (entityKey: string) => string;
  readonly textOf: (text: string) => string;
}

/** Where bars begin and end. */
export function barArea(width: number): { readonly left: number; readonly right: number } {
  return { left: Math.round(Math.min(420, Math.max(150, width * 0.37))), right: width - DURATION_PX };
}

export function drawWaterfall(surface: Surface, scene: WaterfallScene): void {
  const { width, height } = surface;
  const area = barArea(width);
  drawTimeGrid(surface, scene, area);
  const first = Math.max(0, Math.floor(scene.top / ROW_PX));
  const last = Math.min(scene.rows.spans.length, Math.ceil((scene.top + height - HEADER_PX) / ROW_PX));
  const { context } = surface;
  context.save();
  context.beginPath();
  context.rect(0, HEADER_PX, width, height - HEADER_PX);
  context.clip();
  for (let row = first; row < last; row++) {
    const y = HEADER_PX + row * ROW_PX - scene.top;
    if (row === scene.activeRow) drawActive(surface, y);
    drawName(surface, scene, row, y, area.left);
    drawBar(surface, scene, row, y, area);
  }
  context.restore();
}

function drawActive({ context, colours, width }: Surface, y: number): void {
  context.fillStyle = colours.accentTint;
  context.fillRect(0, y, width, ROW_PX);
  context.fillStyle = colours.accentFill;
  context.fillRect(0, y, 3, ROW_PX);
}

function drawTimeGrid(surface: Surface, scene: WaterfallScene, area: { left: number; right: number }): void {
  const { context, colours, height } = surface;
  context.font = monoFont(surface, 11);
  context.fillStyle = colours.text3;
  context.strokeStyle = colours.line1;
  context.lineWidth = 1;
  for (const tick of durationTicks(scene.fromNs, scene.toNs, Math.max(2, Math.floor((area.right - area.left) / 90)))) {
    const x =
      Math.round(area.left + ((tick - scene.fromNs) / (scene.toNs - scene.fromNs)) * (area.right - area.left)) + 0.5;
    context.beginPath();
    context.moveTo(x, HEADER_PX - 2);
    context.lineTo(x, height);
    context.stroke();
    context.textAlign = x - area.left < 20 ? 'left' : 'center';
    context.fillText(tick === 0 ? `0\u202f${tickUnit(scene.toNs)}` : durationText(tick), x, 14);
  }
}

/** Round durations of 1, 2 or 5 times a power of ten inside a stretch. Pure. */
export function durationTicks(fromNs: number, toNs: number, most: number): readonly number[] {
  const least = (toNs - fromNs) / Math.max(1, most);
  if (!(least > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((count) => count * power).find((candidate) => candidate >= least) ?? power * 10;
  const ticks: number[] = [];
  for (let tick = Math.ceil(fromNs / step) * step; tick <= toNs * (1 + 1e-9); tick += step) ticks.push(tick);
  return ticks;
}

function tickUnit(toNs: number): string {
  return toNs >= 1e9 ? 's' : toNs >= 1e6 ? 'ms' : 'µs';
}

function drawName(surface: Surface, scene: WaterfallScene, row: number, y: number, left: number): void {
  const { context, colours } = surface;
  const { model, rows } = scene;
  const span = rows.spans[row]!;
  const depth = Math.min(MOST_INDENTS, rows.depths[row]!);
  context.strokeStyle = colours.line1;
  context.lineWidth = 1;
  context.beginPath();
  for (let step = 0; step < depth; step++) {
    const x = 16.5 + step * INDENT_PX;
    context.moveTo(x, y);
    context.lineTo(x, y + ROW_PX);
  }
  context.stroke();
  const x = 10 + depth * INDENT_PX;
  const middle = y + ROW_PX / 2;
  const hasChildren = model.tree.childStart[span + 1]! > model.tree.childStart[span]!;
  drawChevron(surface, x, middle, hasChildren, scene.collapsed.has(span));
  const isError = isErrorSpan(model, span);
  const room = left - x - CHEVRON_PX - (isError ? 22 : 8);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.font = uiFont(surface, 12, 600);
  context.fillStyle = colours.text1;
  const entityText = cachedText(context, scene.nameOf(textAt(model.table, 'entity', span)), room);
  context.fillText(entityText.text, x + CHEVRON_PX, middle);
  context.font = uiFont(surface, 12, 400);
  context.fillStyle = colours.text3;
  const nameX = x + CHEVRON_PX + entityText.width + 6;
  const nameRoom = left - nameX - (isError ? 22 : 8);
  const name = cachedText(context, scene.textOf(textAt(model.table, 'name', span)), nameRoom, fittingOperation);
  context.fillText(name.text, nameX, middle);
  if (isError) drawErrorMark(surface, left - 14, middle);
  context.textBaseline = 'alphabetic';
}

function drawChevron(
  { context, colours }: Surface,
  x: number,
  y: number,
  hasChildren: boolean,
  isClosed: boolean,
): void {
  context.strokeStyle = colours.text3;
  context.fillStyle = colours.text3;
  context.lineWidth = 1.25;
  context.beginPath();
  if (!hasChildren) context.arc(x + 4, y, 1.2, 0, Math.PI * 2);
  else if (isClosed) {
    context.moveTo(x + 2.5, y - 3);
    context.lineTo(x + 5.5, y);
    context.lineTo(x + 2.5, y + 3);
  } else {
    context.moveTo(x + 1, y - 1.5);
    context.lineTo(x + 4, y + 1.5);
    context.lineTo(x + 7, y - 1.5);
  }
  if (hasChildren) context.stroke();
  else context.fill();
}

/** The octagon of what failed, with its sign. */
function drawErrorMark({ context, colours }: Surface, x: number, y: number): void {
  const cut = 2.3;
  const half = 5.5;
  context.fillStyle = colours.failFill;
  context.beginPath();
  for (const [dx, dy] of [
    [-cut, -half],
    [cut, -half],
    [half, -cut],
    [half, cut],
    [cut, half],
    [-cut, half],
    [-half, cut],
    [-half, -cut],
  ] as const) {
    context.lineTo(x + dx, y + dy);
  }
  context.fill();
  context.fillStyle = colours.surface1;
  context.fillRect(x - 0.8, y - 3, 1.6, 3.6);
  context.fillRect(x - 0.8, y + 1.6, 1.6, 1.6);
}

const BAR_COLOURS = ['series2', 'band', 'failFill', 'warnFill'] as const;

function drawBar(
  surface: Surface,
  scene: WaterfallScene,
  row: number,
  y: number,
  { left, right }: { readonly left: number; readonly right: number },
): void {
  const { context, colours, width } = surface;
  const { model } = scene;
  const span = scene.rows.spans[row]!;
  const scale = (right - left) / (scene.toNs - scene.fromNs);
  const xOf = (ns: number): number => Math.min(right, Math.max(left, left + (ns - scene.fromNs) * scale));
  const start = model.table.startNs[span]!;
  const duration = model.table.durationNs[span]!;
  const x = xOf(start);
  const barWidth = Math.max(2, xOf(start + duration) - x);
  const activity = model.activity[span]!;
  const isInSight = start <= scene.toNs && start + duration >= scene.fromNs;
  if (isInSight) {
    context.fillStyle = colours[BAR_COLOURS[activity] ?? 'series2'];
    context.beginPath();
    context.roundRect(x, y + 7, barWidth, 11, 2);
    context.fill();
    if (activity === ACTIVITY.childrenWork && barWidth > 3) {
      context.strokeStyle = colours.series2;
      context.lineWidth = 1;
      context.stroke();
    }
  }
  if (scene.hasPath) {
    context.fillStyle = colours.text1;
    for (let at = model.pathStart[span]!; at < model.pathStart[span + 1]!; at++) {
      const stretch = model.pathOf[at]!;
      const from = xOf(model.path.startNs[stretch]!);
      const to = xOf(model.path.endNs[stretch]!);
      if (to > from) context.fillRect(from, y + 20.5, Math.max(1.5, to - from), 3);
    }
  }
  context.fillStyle = colours.log;
  for (const time of scene.logTimes.get(span) ?? []) {
    if (time >= scene.fromNs && time <= scene.toNs) context.fillRect(xOf(time) - 1.25, y + 3, 2.5, 18);
  }
  context.font = monoFont(surface, 11.5);
  context.textAlign = 'right';
  context.fillStyle = activity === ACTIVITY.waits || isErrorSpan(model, span) ? colours.fail : colours.text2;
  context.fillText(durationText(duration), width - 8, y + ROW_PX / 2 + 4);
}

const fitted = new Map<string, { readonly text: string; readonly width: number }>();
const MOST_FITTED = 4_000;

/** Measuring text is the dearest part of a row, and rows come back while scrolling. */
function cachedText(
  context: CanvasRenderingContext2D,
  text: string,
  room: number,
  fit = fittingText,
): { text: string; width: number } {
  const key = `${context.font} ${Math.round(room)} ${fit === fittingText ? 'text' : 'operation'} ${text.slice(0, 300)}`;
  const known = fitted.get(key);
  if (known) return known;
  if (fitted.size > MOST_FITTED) fitted.clear();
  const cut = fit(context, text, room);
  const entry = { text: cut, width: cut === '' ? 0 : context.measureText(cut).width };
  fitted.set(key, entry);
  return entry;
}
