/**
 * When did the level of a series change? PELT (Killick, Fearnhead and Eckley, JASA 2012, doi 10.1080/01621459.2012.737745)
 * with the cost of a shift in mean, on values that were first clipped to the median ± 4 spreads of first differences'
 * noise: one wild point cannot buy a segment of its own, while a level shift survives. Penalty 3 ln n per change,
 * segments of at least five points (methods.md §2). Expected O(n) when changes are frequent, O(n²) at worst; series of
 * an incident have 20 to 10,000 points.
 */
import { MAD_TO_SIGMA, median, sortedFinite, quantileOfSorted } from './robust-statistics.ts';

export interface ChangePointOptions {
  /** Least number of points in a segment; 5 by default. */
  readonly minSegment?: number;
  /** Price of one more change, in units of the noise variance; 3 ln n by default. */
  readonly penalty?: number;
}
export interface ChangePoint {
  /** First index of the new level. */
  readonly index: number;
  /** Indexes that would explain the data nearly as well: inclusive bounds around `index`. */
  readonly lowIndex: number;
  readonly highIndex: number;
  /** Means of the segments on both sides, of the clipped values. */
  readonly before: number;
  readonly after: number;
  /** |after - before| in spreads of the noise. */
  readonly effectSize: number;
}

/** Splits that cost less than this more than the best belong to the uncertainty: about a 95 % likelihood interval. */
const UNCERTAINTY_COST = 4;
const NOISE_FLOOR_RATIO = 0.01;

/** All changes of level, ascending. NaN values take the value before them (or the first one known). */
export function findChangePoints(
  values: Float64Array | readonly number[],
  options: ChangePointOptions = {},
): ChangePoint[] {
  const n = values.length;
  const minSegment = Math.max(1, options.minSegment ?? 5);
  if (n < 2 * minSegment) return [];
  const filled = fillGaps(values);
  if (!filled) return [];
  const noise = noiseOf(filled);
  if (noise === 0) return [];
  const sums = new PrefixSums(clip(filled, noise), noise);
  const penalty = options.penalty ?? 3 * Math.log(n);
  const cuts = pelt(sums, n, minSegment, penalty);
  return cuts.map((index, i) => describe(sums, cuts[i - 1] ?? 0, index, cuts[i + 1] ?? n, minSegment));
}

/** The single clearest change, undefined when none is worth its penalty. */
export function strongestChangePoint(
  values: Float64Array | readonly number[],
  options: ChangePointOptions = {},
): ChangePoint | undefined {
  let best: ChangePoint | undefined;
  for (const point of findChangePoints(values, options)) if (!best || point.effectSize > best.effectSize) best = point;
  return best;
}

class PrefixSums {
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  readonly noise: number;
  constructor(values: Float64Array, noise: number) {
    this.noise = noise;
    this.#sum = new Float64Array(values.length + 1);
    this.#squares = new Float64Array(values.length + 1);
    // Centred and scaled first: differences of large running sums would lose their digits.
    const centre = median(values);
    for (let i = 0; i < values.length; i += 1) {
      const x = (values[i]! - centre) / noise;
      this.#sum[i + 1] = this.#sum[i]! + x;
      this.#squares[i + 1] = this.#squares[i]! + x * x;
    }
    this.centre = centre;
  }
  readonly centre: number;
  /** Squared error of [from, to) around its mean, in noise variances. */
  cost(from: number, to: number): number {
    const sum = this.#sum[to]! - this.#sum[from]!;
    return this.#squares[to]! - this.#squares[from]! - (sum * sum) / (to - from);
  }
  mean(from: number, to: number): number {
    return this.centre + (this.noise * (this.#sum[to]! - this.#sum[from]!)) / (to - from);
  }
}

function pelt(sums: PrefixSums, n: number, minSegment: number, penalty: number): number[] {
  const best = new Float64Array(n + 1).fill(Infinity);
  const previous = new Int32Array(n + 1);
  best[0] = -penalty;
  let candidates = [0];
  for (let to = minSegment; to <= n; to += 1) {
    for (const from of candidates) {
      const cost = best[from]! + sums.cost(from, to) + penalty;
      if (cost < best[to]!) [best[to], previous[to]] = [cost, from];
    }
    // A start that is already worse without paying for another change can never win again.
    candidates = candidates.filter((from) => best[from]! + sums.cost(from, to) <= best[to]!);
    if (to - minSegment + 1 >= minSegment) candidates.push(to - minSegment + 1);
  }
  const cuts: number[] = [];
  for (let at = previous[n]!; at > 0; at = previous[at]!) cuts.push(at);
  return cuts.reverse();
}

function describe(sums: PrefixSums, from: number, index: number, to: number, minSegment: number): ChangePoint {
  const at = (cut: number): number => sums.cost(from, cut) + sums.cost(cut, to);
  const limit = at(index) + UNCERTAINTY_COST;
  const least = Math.min(minSegment, index - from, to - index);
  let lowIndex = index;
  while (lowIndex - 1 >= from + least && at(lowIndex - 1) <= limit) lowIndex -= 1;
  let highIndex = index;
  while (highIndex + 1 <= to - least && at(highIndex + 1) <= limit) highIndex += 1;
  const before = sums.mean(from, index);
  const after = sums.mean(index, to);
  return { index, lowIndex, highIndex, before, after, effectSize: Math.abs(after - before) / sums.noise };
}

function fillGaps(values: Float64Array | readonly number[]): Float64Array | undefined {
  let last = Number.NaN;
  for (let i = 0; i < values.length && !Number.isFinite(last); i += 1) last = values[i]!;
  if (!Number.isFinite(last)) return undefined;
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    if (Number.isFinite(values[i]!)) last = values[i]!;
    out[i] = last;
  }
  return out;
}

/**
 * Standard deviation of the noise around a level that may shift: from first differences, which a shift touches once.
 * Floored at 1 % of the typical value; when nearly all differences are 0, the mean absolute difference stands in.
 */
function noiseOf(values: Float64Array): number {
  const differences = new Float64Array(values.length - 1);
  let total = 0;
  for (let i = 1; i < values.length; i += 1) {
    differences[i - 1] = Math.abs(values[i]! - values[i - 1]!);
    total += differences[i - 1]!;
  }
  if (total === 0) return 0;
  const fromDifferences = (median(differences) * MAD_TO_SIGMA) / Math.SQRT2;
  const typical = median(values.map(Math.abs));
  return Math.max(fromDifferences, NOISE_FLOOR_RATIO * typical, total / differences.length / 4);
}

function clip(values: Float64Array, noise: number): Float64Array {
  const sorted = sortedFinite(values);
  const low = quantileOfSorted(sorted, 0.05) - 4 * noise;
  const high = quantileOfSorted(sorted, 0.95) + 4 * noise;
  return values.map((value) => Math.min(high, Math.max(low, value)));
}
