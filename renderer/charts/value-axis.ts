/** The other axis: from zero to a round number above the greatest value, with two to four round ticks. */
import { ticks } from 'd3';

export interface ValueAxis {
  /** Value at the bottom; 0 unless values are negative. */
  readonly least: number;
  readonly greatest: number;
  /** y of `least`, below `top`. */
  readonly bottom: number;
  readonly top: number;
  readonly ticks: readonly number[];
}

/** Over all finite values; an axis of 0-1 where there are none. O(n). */
export function valueAxis(
  series: readonly ArrayLike<number>[],
  { top, bottom, isWhole = false }: { readonly top: number; readonly bottom: number; readonly isWhole?: boolean },
): ValueAxis {
  let least = 0;
  let greatest = 0;
  for (const values of series) {
    for (let index = 0; index < values.length; index++) {
      const value = values[index]!;
      if (!Number.isFinite(value)) continue;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  }
  if (greatest === least) greatest = least + 1;
  const count = bottom - top < 70 ? 2 : 3;
  // Headroom, so that the line does not touch the title.
  const headroom = greatest + (greatest - least) * 0.08;
  const marks = ticks(least, headroom, count).filter((mark) => !isWhole || Number.isInteger(mark));
  return { least, greatest: headroom, top, bottom, ticks: marks };
}

export function yOfValue({ least, greatest, top, bottom }: ValueAxis, value: number): number {
  const share = (Math.min(greatest, Math.max(least, value)) - least) / (greatest - least);
  return bottom - share * (bottom - top);
}
