/** Figures and quotations as the sentences of an answer write them. Pure. */

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

/** What a program wrote, in quotation marks: at most so many letters, ended at a word and without signs left open. */
export function quoted(text: string, mostLetters: number): string {
  const isCut = text.length > mostLetters;
  const whole = isCut ? text.slice(0, text.lastIndexOf(' ', mostLetters) + 1 || mostLetters) : text;
  return `“${whole.replace(UNFINISHED, '')}${isCut ? '…' : ''}”`;
}
const UNFINISHED = /[\s([{:;,–-]+$/;
