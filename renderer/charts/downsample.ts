/**
 * Fewer points for as many pixels, with every extreme kept.
 *
 * M4 aggregation: Jugel, Jerzak, Hackenbroich, Markl, "M4: A Visualization-Oriented Time Series Data Aggregation",
 * PVLDB 7(10), 2014, §4.2: of each pixel column the first, last, least and greatest value draw the same line as all of
 * them. We differ in one point: a column that holds a gap (NaN) keeps it, since gaps are gaps. O(n).
 */

/** Ascending indexes into `values` that draw the same line on `columnCount` pixels. All of them when they are few. */
export function keptIndexes(values: ArrayLike<number>, columnCount: number): Int32Array {
  const count = values.length;
  const columns = Math.max(1, Math.floor(columnCount));
  if (count <= columns * 4) return Int32Array.from({ length: count }, (_, index) => index);
  const kept: number[] = [];
  for (let column = 0; column < columns; column++) {
    const start = Math.floor((column * count) / columns);
    const end = Math.floor(((column + 1) * count) / columns);
    pushColumn(values, start, end, kept);
  }
  return Int32Array.from(kept);
}

function pushColumn(values: ArrayLike<number>, start: number, end: number, kept: number[]): void {
  let first = -1;
  let last = -1;
  let least = -1;
  let greatest = -1;
  let gap = -1;
  for (let index = start; index < end; index++) {
    const value = values[index]!;
    if (Number.isNaN(value)) {
      gap = index;
      continue;
    }
    if (first < 0) first = least = greatest = index;
    last = index;
    if (value < values[least]!) least = index;
    if (value > values[greatest]!) greatest = index;
  }
  const ordered = [first, last, least, greatest, gap].filter((index) => index >= 0).sort((left, right) => left - right);
  for (const index of ordered) if (kept.at(-1) !== index) kept.push(index);
}
