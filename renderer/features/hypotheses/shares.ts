/**
 * What part of the answer each possible cause gets. The confidences of an incident's hypotheses and "something this case
 * does not show" share 1 (shared/analysis/rca/confidence.ts); here they become hundredths that still add up to 1.00 when
 * someone checks them with a pencil, and the words and steps that stand beside them.
 */

export interface SharedOut {
  /** Per hypothesis its share in hundredths, 0-100. */
  readonly hundredths: readonly number[];
  /** Of something this case does not show. */
  readonly unseen: number;
}

export type ShareWord = 'likely' | 'possible' | 'unlikely';

export const LIKELY_FROM = 0.6;
export const POSSIBLE_FROM = 0.15;
/** Under this share of the first we do not name a cause. */
export const NAMED_FROM = 0.4;
/** Rows below this are folded, unless they are among the first. */
const FOLDED_BELOW = 5;
const LEAST_LISTED = 3;
const MOST_LISTED = 5;
const METER_STEPS = 10;

/**
 * Confidences (0-1) to hundredths by largest remainder; together with `unseen` they make 100. Confidences that add up to
 * more than 1 are brought back to 1, with nothing left unseen.
 */
export function shareOut(confidences: readonly number[]): SharedOut {
  const known = confidences.map((value) => (Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0));
  const sum = known.reduce((total, value) => total + value, 0);
  const scale = sum > 1 ? 1 / sum : 1;
  const parts = [...known.map((value) => value * scale), Math.max(0, 1 - sum * scale)].map((value) => value * 100);
  const floors = parts.map((value) => Math.floor(value + 1e-9));
  let missing = 100 - floors.reduce((total, value) => total + value, 0);
  const byRemainder = parts
    .map((value, index) => ({ index, rest: value - (floors[index] ?? 0) }))
    .sort((left, right) => right.rest - left.rest || left.index - right.index);
  for (const { index } of byRemainder) {
    if (missing <= 0) break;
    floors[index] = (floors[index] ?? 0) + 1;
    missing--;
  }
  return { hundredths: floors.slice(0, -1), unseen: floors.at(-1) ?? 100 };
}

/** `0.72`, with the point that tables of figures use. */
export function shareText(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}

export function shareWord(share: number): ShareWord {
  return share >= LIKELY_FROM ? 'likely' : share >= POSSIBLE_FROM ? 'possible' : 'unlikely';
}

/** Filled steps of ten; something small but not nothing shows one. */
export function meterSteps(share: number): number {
  return Math.min(METER_STEPS, share > 0.005 ? Math.max(1, Math.round(share * METER_STEPS)) : 0);
}

/** How many of the ranked rows stand in the list before "n more": the first three, then those that weigh something. */
export function listedCount(hundredths: readonly number[]): number {
  let count = Math.min(LEAST_LISTED, hundredths.length);
  while (count < Math.min(MOST_LISTED, hundredths.length) && (hundredths[count] ?? 0) >= FOLDED_BELOW) count++;
  // One row folded away would cost the line that says so.
  return hundredths.length - count === 1 ? hundredths.length : count;
}
