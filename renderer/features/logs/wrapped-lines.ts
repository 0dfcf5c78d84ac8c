/**
 * How many lines a wrapped row gets. All rows are one height, so that a million of them scroll; the height is that of most
 * rows, since three lines for each would leave a list of short messages two thirds empty. Pure.
 */

const LEAST_LINES = 2;
const MOST_LINES = 3;
/** So many of the rows fit; the others are cut and open by Enter. */
const FITTING_SHARE = 0.9;

/** `letters` per message of rows at hand. O(n log n). */
export function wrappedLines(letters: readonly number[], lettersPerLine: number): number {
  if (letters.length === 0 || lettersPerLine <= 0) return LEAST_LINES;
  const sorted = letters.toSorted((left, right) => left - right);
  const telling = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * FITTING_SHARE))] ?? 0;
  return Math.min(MOST_LINES, Math.max(LEAST_LINES, Math.ceil(telling / lettersPerLine)));
}
