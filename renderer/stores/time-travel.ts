/** Moving through time: zooming at a point, panning, stepping. Pure; every result stays inside the case. */
import type { ViewRange } from './view-state.ts';

/** Closer than this nothing can be told apart: a microsecond. */
const LEAST_NS = 1_000n;

/** The range made `factor` times as long, with the time `at` staying where it is on the screen. */
export function zoomedAt(range: ViewRange, whole: ViewRange, at: bigint, factor: number): ViewRange {
  const anchor = at < range.from ? range.from : at > range.to ? range.to : at;
  const length = range.to - range.from;
  const wholeLength = whole.to - whole.from;
  let wanted = scaled(length, factor);
  if (wanted < LEAST_NS) wanted = LEAST_NS;
  if (wanted >= wholeLength) return { from: whole.from, to: whole.to };
  const share = Number(anchor - range.from) / Number(length);
  return heldInside({ from: anchor - scaled(wanted, share), to: anchor - scaled(wanted, share) + wanted }, whole);
}

/** The range moved by `share` of its own length; it stops at the ends of the case. */
export function pannedBy(range: ViewRange, whole: ViewRange, share: number): ViewRange {
  return movedBy(range, whole, scaled(range.to - range.from, share));
}

/** The range moved by so many nanoseconds; it stops at the ends of the case. */
export function movedBy(range: ViewRange, whole: ViewRange, ns: bigint): ViewRange {
  return heldInside({ from: range.from + ns, to: range.to + ns }, whole);
}

/** A stretch between two times in any order, cut to the case and never empty. */
export function rangeBetween(one: bigint, other: bigint, whole: ViewRange): ViewRange {
  const from = clampTime(one < other ? one : other, whole);
  const to = clampTime(one < other ? other : one, whole);
  return to - from >= LEAST_NS ? { from, to } : heldInside({ from, to: from + LEAST_NS }, whole);
}

export function clampTime(time: bigint, { from, to }: ViewRange): bigint {
  return time < from ? from : time > to ? to : time;
}

function heldInside(range: ViewRange, whole: ViewRange): ViewRange {
  const length = range.to - range.from;
  if (length >= whole.to - whole.from) return { from: whole.from, to: whole.to };
  if (range.from < whole.from) return { from: whole.from, to: whole.from + length };
  if (range.to > whole.to) return { from: whole.to - length, to: whole.to };
  return range;
}

function scaled(ns: bigint, factor: number): bigint {
  return BigInt(Math.round(Number(ns) * factor));
}
