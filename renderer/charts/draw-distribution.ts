/** Latency as it is now (bars) against the baseline (outline), as shares of all calls, over bounds that grow by powers. */
import { casedText, monoFont, uiFont } from './surface.ts';
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
const USUAL_NAME = 'baseline';
const NAME_GAP = 4;

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
  nameUsual(surface, { now, usual }, step, y);
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
}

/** Beside the baseline's peak, on the side where less stands in the way, above what stands there. */
function nameUsual(
  surface: Surface,
  { now, usual }: { readonly now: readonly number[]; readonly usual: readonly number[] },
  step: number,
  y: (share: number) => number,
): void {
  if (usual.every((share) => share === 0)) return;
  const { context, colours, width: full } = surface;
  context.font = uiFont(surface, 11, 500);
  context.fillStyle = colours.text2;
  context.textAlign = 'left';
  const width = context.measureText(USUAL_NAME).width;
  const peak = usual.indexOf(Math.max(...usual));
  const places = [LEFT + peak * step - width - NAME_GAP, LEFT + (peak + 1) * step + NAME_GAP]
    .filter((x) => x >= LEFT && x + width <= full - RIGHT)
    .map((x) => ({ x, baseline: Math.max(TOP + 9, highestBetween([now, usual], x, x + width, step, y) - 4) }));
  // The lower of the two stands freer.
  const place = places.toSorted((left, right) => right.baseline - left.baseline)[0];
  if (place) casedText(surface, USUAL_NAME, place.x, place.baseline);
}

function highestBetween(
  series: readonly (readonly number[])[],
  from: number,
  to: number,
  step: number,
  y: (share: number) => number,
): number {
  const first = Math.max(0, Math.floor((from - LEFT) / step));
  const last = Math.floor((to - LEFT) / step);
  return Math.min(...series.flatMap((shares) => shares.slice(first, last + 1).map(y)));
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
