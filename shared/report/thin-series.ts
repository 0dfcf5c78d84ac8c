/** Fewer points of a series for a drawing: lowest and highest of each stretch stay, so no spike disappears. */

/** At most `most` points (even, ≥ 2), in order of time. Equal-length inputs; null = no value. Linear. */
export function thinSeries(
  times: readonly number[],
  values: readonly (number | null)[],
  most: number,
): { readonly times: readonly number[]; readonly values: readonly (number | null)[] } {
  if (times.length <= most) return { times, values };
  const buckets = most / 2;
  const kept: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * times.length) / buckets);
    const end = Math.floor(((bucket + 1) * times.length) / buckets);
    let lowest = start;
    let highest = start;
    for (let index = start; index < end; index++) {
      if (isBelow(values, index, lowest)) lowest = index;
      if (isBelow(values, highest, index)) highest = index;
    }
    kept.push(Math.min(lowest, highest));
    if (lowest !== highest) kept.push(Math.max(lowest, highest));
  }
  return { times: kept.map((index) => times[index] ?? 0), values: kept.map((index) => values[index] ?? null) };
}

/** A point without a value gives way to one with a value. */
function isBelow(values: readonly (number | null)[], index: number, other: number): boolean {
  const value = values[index] ?? null;
  const compared = values[other] ?? null;
  if (value === null || compared === null) return compared === null && value !== null;
  return value < compared;
}
