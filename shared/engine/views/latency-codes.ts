/**
 * Latency as small integers: 16 codes per octave, read off the bits of a double, so that counting a span costs a shift.
 * The middle of a code's range is within 1/32 (3.2 %) of every value in it. The idea is that of log-linear histograms
 * (G. Tene, HdrHistogram; Circonus' circllhist, arXiv:2001.06561), with fixed bounds.
 */
const SUB_BITS = 4;
const ONE = 1023 << SUB_BITS;
/** Codes 0 (below 1 ns) to that of 2⁵³ ns, 104 days. */
export const LATENCY_CODES = (54 << SUB_BITS) + 1;

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);

/** Code of a duration in nanoseconds, 0 to LATENCY_CODES - 1. */
export function latencyCode(durationNs: number): number {
  if (!(durationNs >= 1)) return 0;
  float[0] = durationNs;
  const code = (words[1]! >>> (20 - SUB_BITS)) - ONE + 1;
  return code < LATENCY_CODES ? code : LATENCY_CODES - 1;
}

/** Least duration with that code, nanoseconds. */
export function codeFloorNs(code: number): number {
  if (code <= 0) return 0;
  const octave = (code - 1) >> SUB_BITS;
  const step = (code - 1) & ((1 << SUB_BITS) - 1);
  return 2 ** octave * (1 + step / (1 << SUB_BITS));
}

/**
 * Quantile `q` (0-1, nearest rank) of the counts at `at` … `at + LATENCY_CODES - 1`, milliseconds; NaN when they are 0.
 * `total` is their sum.
 */
export function quantileMs(counts: Uint32Array, total: number, q: number, at = 0): number {
  if (total === 0) return NaN;
  const rank = Math.max(1, Math.ceil(q * total));
  let seen = 0;
  for (let code = 0; code < LATENCY_CODES; code++) {
    seen += counts[at + code]!;
    if (seen >= rank) return (codeFloorNs(code) + codeFloorNs(code + 1)) / 2e6;
  }
  return NaN;
}

/** Bounds of heat maps and distributions, ms: 1, 2, 5 per decade from 0.1 ms to 100 s, and Infinity. */
export const HEAT_BOUNDS_MS: readonly number[] = [
  0.1,
  0.2,
  0.5,
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  1_000,
  2_000,
  5_000,
  10_000,
  20_000,
  50_000,
  100_000,
  Infinity,
];
const BOUNDS_NS = Float64Array.from(HEAT_BOUNDS_MS, (bound) => bound * 1e6);
/** By code: the row of its least duration. No code reaches over more than one bound. */
const ROW_OF_CODE = Uint8Array.from({ length: LATENCY_CODES }, (_, code) =>
  BOUNDS_NS.findIndex((bound) => codeFloorNs(code) <= bound),
);

/** Row of a duration: the first whose upper bound is not below it. */
export function heatRow(durationNs: number): number {
  const row = ROW_OF_CODE[latencyCode(durationNs)]!;
  return durationNs > BOUNDS_NS[row]! ? row + 1 : row;
}
