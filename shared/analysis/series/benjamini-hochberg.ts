/**
 * Many tests at once: which rejections keep the expected share of false ones below `rate` (Benjamini and Hochberg, JRSS
 * B 57, 1995). Returns adjusted p-values (q-values) in the order of the input; a test is kept when its q ≤ rate.
 * NaN counts as 1. O(n log n).
 */
export function benjaminiHochberg(pValues: Float64Array | readonly number[]): Float64Array {
  const n = pValues.length;
  const p = Float64Array.from(pValues, (value) => (Number.isNaN(value) ? 1 : value));
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => p[a]! - p[b]! || a - b);
  const adjusted = new Float64Array(n);
  let least = 1;
  for (let rank = n; rank >= 1; rank -= 1) {
    const i = order[rank - 1]!;
    least = Math.min(least, p[i]! * (n / rank));
    adjusted[i] = least;
  }
  return adjusted;
}
