/** The lanes from top to bottom: names, icons, heights, and where each lies when some are folded. Pure. */
import type { IconName } from '../../ui/icon.tsx';

export const LANE_NAMES = ['changes', 'alerts', 'findings', 'latency', 'errors', 'events', 'people'] as const;
export type LaneName = (typeof LANE_NAMES)[number];

export interface LaneKind {
  readonly title: string;
  readonly icon: IconName;
  /** Class that gives the icon its hue. */
  readonly mark: string;
  readonly height: number;
  /** Where a short panel has to hold all lanes. */
  readonly lowHeight: number;
}

export const LANES: Readonly<Record<LaneName, LaneKind>> = {
  changes: { title: 'Changes', icon: 'change', mark: 'mark-change', height: 32, lowHeight: 25 },
  alerts: { title: 'Alerts', icon: 'alert', mark: 'mark-fail', height: 34, lowHeight: 25 },
  findings: { title: 'Findings', icon: 'notice', mark: 'mark-warn', height: 61, lowHeight: 40 },
  latency: { title: 'Latency', icon: 'trace', mark: 'mark-accent', height: 38, lowHeight: 25 },
  errors: { title: 'Error logs', icon: 'log', mark: 'mark-log', height: 31, lowHeight: 25 },
  events: { title: 'Events', icon: 'event', mark: 'mark-note', height: 27, lowHeight: 25 },
  people: { title: 'People', icon: 'people', mark: 'mark-note', height: 27, lowHeight: 25 },
};

/** Labels stand in this column; the axis begins after it. */
export const LABEL_PX = 112;
export const AXIS_PX = 22;
export const RIGHT_PX = 14;
const FOLDED_PX = 24;

/** A panel of this height cannot show every lane at its full height. */
export function isLow(panelPx: number): boolean {
  return panelPx > 0 && panelPx < AXIS_PX + LANE_NAMES.reduce((sum, name) => sum + LANES[name].height, 0);
}

export function laneHeight(name: LaneName, isFolded: boolean, isPanelLow = false): number {
  if (isFolded) return FOLDED_PX;
  return isPanelLow ? LANES[name].lowHeight : LANES[name].height;
}

/** Bars of findings that fit into their lane. */
export function findingRows(isPanelLow: boolean): number {
  return isPanelLow ? 2 : 3;
}

/** Buckets that give bars of about 5.7 px, in steps of 20, so that a resize seldom asks anew. */
export function bucketCountFor(widthPx: number): number {
  return Math.min(400, Math.max(40, Math.round(widthPx / 5.7 / 20) * 20));
}

/** `10 ms – 8 s`: the bounds between which latencies lie; '' without any. */
export function latencyBounds(
  upperBoundsMs: readonly number[],
  counts: Float64Array,
  bucketCount: number,
): { readonly lowMs: number; readonly highMs: number } | null {
  let first = -1;
  let last = -1;
  for (let row = 0; row < upperBoundsMs.length; row++) {
    let sum = 0;
    for (let bucket = 0; bucket < bucketCount; bucket++) sum += counts[row * bucketCount + bucket] ?? 0;
    if (sum === 0) continue;
    if (first < 0) first = row;
    last = row;
  }
  if (first < 0) return null;
  const bound = (row: number): number => {
    const value = upperBoundsMs[row];
    // The last row has no upper bound; what is known is where it begins.
    return value !== undefined && Number.isFinite(value) ? value : (upperBoundsMs[row - 1] ?? 0);
  };
  return { lowMs: first === 0 ? 0 : bound(first - 1), highMs: bound(last) };
}
