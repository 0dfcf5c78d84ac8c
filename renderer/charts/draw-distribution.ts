/** Latency as it is now (bars) against the baseline (outline), as shares of all calls, over bounds that grow by powers. */
import { monoFont, uiFont } from './surface.ts';
import type { Surface } from './surface.ts';
import { durationText } from '../stores/time-format.ts';

export interface Distribution {
  /** Ascending; the last is Infinity. */
  readonly upperBoundsMs: readonly number[];
  readonly counts: readonly number[];
  readonly baselineCounts: readonly number[];
}

const LEFT = 10;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 22;

/** Bounds that hold anything, with one empty bound on both sides; null where nothing is held at all. Pure. */
export function occupiedBounds({ counts, baselineCounts }: Distribution): { start: number; end: number } | null {
  let start = -1;
  let end = -1;
  for (let index = 0; index < counts.length; index++) {
    if (!((counts[index] ?? 0) > 0) && !((baselineCounts[index] ?? 0) > 0)) continue;
    if (start < 0) start = index;
    end = index + 1;
  }
  return start < 0 ? null : { start: Math.max(0, start - 1), end: Math.min(counts.length, end + 1) };
}

/** Shares of 1 inside the bounds; all 0 when there are no counts. Pure. */
export function sharesOf(counts: readonly number[]): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total > 0 ? count / total : 0));
}

export function drawDistribution(surface: Surface, distribution: Distribution): void {
  const bounds = occupiedBounds(distribution);
  if (!bounds) return;
  const { context, colours, width, height } = surface;
  const now = sharesOf(distribution.counts).slice(bounds.start, bounds.end);
  const usual = sharesOf(distribution.baselineCounts).slice(bounds.start, bounds.end);
  const greatest = Math.max(...now, ...usual, Number.EPSILON);
  const bottom = height - BOTTOM;
  const step = (width - LEFT - RIGHT) / now.length;
  const y = (share: number): number => bottom - (share / greatest) * (bottom - TOP);
  context.fillStyle = colours.series2;
  now.forEach((share, index) => {
    if (share <= 0) return;
    const bar = Math.max(1.5, bottom - y(share));
    context.fillRect(LEFT + index * step + 0.5, bottom - bar, Math.max(1, step - 1), bar);
  });
  outlineUsual(surface, usual, step, y, bottom);
  context.strokeStyle = colours.line2;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(LEFT, bottom + 0.5);
  context.lineTo(width - RIGHT, bottom + 0.5);
  context.stroke();
  drawBounds(surface, distribution.upperBoundsMs.slice(bounds.start, bounds.end), step, bottom);
}

function outlineUsual(
  surface: Surface,
  usual: readonly number[],
  step: number,
  y: (share: number) => number,
  bottom: number,
): void {
  if (usual.every((share) => share === 0)) return;
  const { context, colours } = surface;
  context.strokeStyle = colours.text1;
  context.lineWidth = 1.5;
  context.setLineDash([3, 2]);
  context.beginPath();
  context.moveTo(LEFT, bottom);
  usual.forEach((share, index) => {
    context.lineTo(LEFT + index * step, y(share));
    context.lineTo(LEFT + (index + 1) * step, y(share));
  });
  context.lineTo(LEFT + usual.length * step, bottom);
  context.stroke();
  context.setLineDash([]);
  const peak = usual.indexOf(Math.max(...usual));
  context.font = uiFont(surface, 11, 500);
  context.fillStyle = colours.text2;
  context.textAlign = peak > usual.length / 2 ? 'right' : 'left';
  const x = LEFT + (peak > usual.length / 2 ? peak * step - 4 : (peak + 1) * step + 4);
  context.fillText('baseline', x, Math.max(TOP + 9, y(usual[peak] ?? 0) + 9));
}

function drawBounds(surface: Surface, upperBoundsMs: readonly number[], step: number, bottom: number): void {
  const { context, colours } = surface;
  context.font = monoFont(surface, 11);
  context.fillStyle = colours.text3;
  context.textAlign = 'center';
  let free = -Infinity;
  upperBoundsMs.forEach((bound, index) => {
    if (!Number.isFinite(bound)) return;
    const label = durationText(bound * 1e6);
    const half = context.measureText(label).width / 2;
    const x = LEFT + (index + 1) * step;
    if (x - half < Math.max(free, 0) || x + half > surface.width) return;
    context.fillText(label, x, bottom + 15);
    free = x + half + 16;
  });
}
