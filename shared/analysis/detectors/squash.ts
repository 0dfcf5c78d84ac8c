/** 0-1 from a margin: 0 at or below `none`, .5 at `half`, towards 1 beyond. */
export function squash(margin: number, none: number, half: number): number {
  const beyond = (margin - none) / (half - none);
  return beyond > 0 ? beyond / (1 + beyond) : 0;
}
/** Three significant digits, for sentences. */
export function short(value: number): string {
  return Number.isFinite(value) ? Number(value.toPrecision(3)).toString() : 'none';
}
const PAST_COUNTING = 100;
/**
 * A shift in units of the usual spread, for sentences. Beyond a hundred the number says nothing more, and against a
 * series that never moved (`isFlat`) it says nothing at all: it is the floor under the spread that is counted then.
 */
export function spreads(count: number, isFlat: boolean): string {
  if (isFlat) return 'where it did not move before';
  if (count > PAST_COUNTING) return `more than ${PAST_COUNTING} times its usual spread`;
  return `${short(count)} times its usual spread`;
}
/** `8.64 ms`, `1.99 s`. */
export function durationText(ns: number): string {
  return ns < 1e9 ? `${short(ns / 1e6)} ms` : `${short(ns / 1e9)} s`;
}
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
