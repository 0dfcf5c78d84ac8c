/**
 * When a line left its baseline band, and how badly: the 4 px ribbon under the axis. The line itself is never recoloured.
 * A stretch is bad when its values stand, in the median, more than three widths of the band beyond it; single buckets
 * that return into the band do not end a stretch, and a single bucket outside does not start one.
 */
import { usualStep } from './bucket-series.ts';

export interface Band {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export interface RibbonStretch {
  /** First bucket and the one after the last. */
  readonly start: number;
  readonly end: number;
  readonly severity: 'fail' | 'warn';
  readonly isAbove: boolean;
}

const BAD_WIDTHS = 3;
const LEAST_BUCKETS = 2;
/** So many measurements inside the band are bridged. */
const BRIDGED_BUCKETS = 2;
/** A band of no width still has a scale: this share of its median. */
const LEAST_WIDTH_SHARE = 0.05;

/** NaN and gaps belong to no stretch. `trouble` limits what counts: errors below their band are none. O(n). */
export function ribbonStretches(
  values: ArrayLike<number>,
  band: Band | null,
  trouble: 'above' | 'below' | 'both' = 'both',
): readonly RibbonStretch[] {
  if (!band) return [];
  const width = Math.max(band.high - band.low, Math.abs(band.median) * LEAST_WIDTH_SHARE, Number.EPSILON);
  const bridged = BRIDGED_BUCKETS * usualStep(values);
  const stretches: RibbonStretch[] = [];
  let distances: number[] = [];
  let start = -1;
  let lastOutside = -1;
  const close = (): void => {
    if (start >= 0 && distances.length >= LEAST_BUCKETS) {
      const middle = median(distances);
      stretches.push({
        start,
        end: lastOutside + 1,
        severity: Math.abs(middle) > BAD_WIDTHS * width ? 'fail' : 'warn',
        isAbove: middle > 0,
      });
    }
    start = -1;
    distances = [];
  };
  for (let index = 0; index < values.length; index++) {
    const distance = distanceFrom(band, values[index]!, trouble);
    if (distance !== 0) {
      if (start < 0) start = index;
      lastOutside = index;
      distances.push(distance);
    } else if (start >= 0 && index - lastOutside > bridged) close();
  }
  close();
  return stretches;
}

/** Signed distance beyond the band, 0 inside. */
function distanceFrom(band: Band, value: number, trouble: 'above' | 'below' | 'both'): number {
  if (value > band.high && trouble !== 'below') return value - band.high;
  if (value < band.low && trouble !== 'above') return value - band.low;
  return 0;
}

function median(values: readonly number[]): number {
  const ordered = [...values].sort((left, right) => left - right);
  return ordered[ordered.length >> 1] ?? 0;
}

/** Median and the middle 80 % of finite values; null with fewer than eight. O(n log n). */
export function bandOf(values: ArrayLike<number>): Band | null {
  const ordered: number[] = [];
  for (let index = 0; index < values.length; index++) if (Number.isFinite(values[index])) ordered.push(values[index]!);
  if (ordered.length < 8) return null;
  ordered.sort((left, right) => left - right);
  const at = (share: number): number => ordered[Math.round(share * (ordered.length - 1))] ?? NaN;
  return { median: at(0.5), low: at(0.1), high: at(0.9) };
}
