/** Where a finding stands in its lane and where its words: inside a long bar, beside a short one. Pixels; pure. */

/** A bar is never smaller: it is a target, too. */
const LEAST_PX = 24;
/** A bar of this length holds words that say something. */
const ROOMY_PX = 150;

export interface BarPlace {
  readonly left: number;
  readonly width: number;
  readonly words: 'inside' | 'after' | 'before';
  /** Pixels for the words. */
  readonly room: number;
}

export function barPlace(
  bar: { readonly from: number; readonly to: number },
  lane: { readonly left: number; readonly right: number },
): BarPlace {
  const from = Math.max(lane.left, bar.from);
  const width = Math.max(LEAST_PX, Math.min(lane.right, bar.to) - from);
  const left = Math.min(from, lane.right - width);
  const [before, after] = [left - lane.left, lane.right - left - width];
  if (width >= Math.min(ROOMY_PX, Math.max(before, after))) return { left, width, words: 'inside', room: width };
  return after >= before
    ? { left, width, words: 'after', room: after }
    : { left, width, words: 'before', room: before };
}
