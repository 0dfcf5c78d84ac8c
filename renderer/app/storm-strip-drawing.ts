/**
 * Draws the storm strip: what rows there are as a quiet ground (spans and log records; where there are none, points,
 * changes and events), alerts above it, and where nobody sent alerts, findings in their place. Heights are by square root, so that single alerts beside a storm of hundreds stay visible; one
 * scale for alerts, one for all other rows, which stay in the lowest fifth.
 */
import { palette } from '../charts/palette.ts';
import type { QueryOutput } from '../client/query-cache.ts';

type Lanes = QueryOutput<'timeline.lanes'>;

/** Share of the height that rows other than alerts may take; without alerts they are all there is to see. */
const GROUND_SHARE = 0.2;
const GROUND_SHARE_ALONE = 0.8;
/** Findings are our own judgement: a single one must not look like a storm of alerts. */
const FINDING_SHARE = 0.45;
const GAP_PX = 1;

export interface FindingTime {
  readonly start: bigint;
  readonly end: bigint;
}

/** How many findings hold in each bucket. Pure. */
export function findingCounts(
  axis: Pick<Lanes, 'startTime' | 'bucketNs' | 'bucketCount'>,
  findings: readonly FindingTime[],
): Float64Array {
  const counts = new Float64Array(axis.bucketCount);
  const bucketOf = (time: bigint): number => Math.floor(Number(time - axis.startTime) / axis.bucketNs);
  for (const { start, end } of findings) {
    const last = Math.min(axis.bucketCount - 1, bucketOf(end));
    for (let bucket = Math.max(0, bucketOf(start)); bucket <= last; bucket++) counts[bucket]!++;
  }
  return counts;
}

/** Fills the canvas, whose size in CSS pixels is that of its box. Nothing but a clear when there is no data. */
export function drawStorm(
  canvas: HTMLCanvasElement,
  lanes: Lanes | undefined,
  findings: readonly FindingTime[] = [],
): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (!context || !lanes) return;
  context.scale(ratio, ratio);
  const { failFill, warnFill, note, series3 } = palette();
  const { bucketCount, alerts, spanCounts, logCounts, otherCounts } = lanes;
  const bar = width / bucketCount;
  const rows = sums([spanCounts, logCounts, otherCounts], bucketCount);
  const isAlerted = hasAlerts(lanes);
  const found = isAlerted ? new Float64Array(bucketCount) : findingCounts(lanes, findings);
  const storm = sums([alerts.critical, alerts.warning, alerts.info, found], bucketCount);
  const mostRows = Math.max(1, ...rows);
  const mostAlerts = Math.max(1, ...storm);
  const groundShare = storm.some((count) => count > 0) ? GROUND_SHARE : GROUND_SHARE_ALONE;
  const parts = [
    [alerts.critical, failFill],
    [alerts.warning, warnFill],
    [alerts.info, note],
    [found, warnFill],
  ] as const;
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    const x = bucket * bar;
    const barWidth = Math.max(1, bar - GAP_PX);
    const ground = Math.sqrt((rows[bucket] ?? 0) / mostRows) * height * groundShare;
    context.fillStyle = series3;
    context.fillRect(x, height - ground, barWidth, ground);
    const total = storm[bucket] ?? 0;
    if (total === 0) continue;
    const full = Math.max(3, Math.sqrt(total / mostAlerts) * height * (isAlerted ? 1 : FINDING_SHARE));
    let bottom = height;
    for (const [counts, fill] of parts) {
      const part = ((counts[bucket] ?? 0) / total) * full;
      context.fillStyle = fill;
      context.fillRect(x, bottom - part, barWidth, part);
      bottom -= part;
    }
  }
}

export function hasAlerts({ alerts }: Pick<Lanes, 'alerts'>): boolean {
  return [alerts.critical, alerts.warning, alerts.info].some((counts) => counts.some((count) => count > 0));
}

function sums(columns: readonly Float64Array[], length: number): Float64Array {
  const total = new Float64Array(length);
  for (const column of columns) {
    for (let index = 0; index < length; index++) total[index] = (total[index] ?? 0) + (column[index] ?? 0);
  }
  return total;
}
