/** Puts series on one grid of equal steps, so that they can be compared point by point. */
import { median } from './robust-statistics.ts';

export interface Grid {
  readonly startNs: number;
  readonly stepNs: number;
  readonly length: number;
}

/** A grid over [startNs, endNs) with the last step possibly reaching past the end. */
export function gridOver(startNs: number, endNs: number, stepNs: number): Grid {
  return { startNs, stepNs, length: Math.max(0, Math.ceil((endNs - startNs) / stepNs)) };
}

/** The usual distance between points, NaN with fewer than two. */
export function typicalStepNs(timesNs: Float64Array): number {
  const steps = new Float64Array(Math.max(0, timesNs.length - 1));
  for (let i = 1; i < timesNs.length; i += 1) steps[i - 1] = timesNs[i]! - timesNs[i - 1]!;
  return median(steps);
}

/** Mean of the values in each step; NaN where there are none. O(n + grid). */
export function resampleMean(timesNs: Float64Array, values: Float64Array, grid: Grid): Float64Array {
  const sums = new Float64Array(grid.length);
  const counts = new Uint32Array(grid.length);
  for (let i = 0; i < values.length; i += 1) {
    const cell = Math.floor((timesNs[i]! - grid.startNs) / grid.stepNs);
    if (cell < 0 || cell >= grid.length || !Number.isFinite(values[i]!)) continue;
    sums[cell] = sums[cell]! + values[i]!;
    counts[cell] = counts[cell]! + 1;
  }
  return sums.map((sum, cell) => (counts[cell] ? sum / counts[cell] : Number.NaN));
}

/** Number of events in each step. */
export function countPerStep(timesNs: Float64Array | readonly number[], grid: Grid): Float64Array {
  const counts = new Float64Array(grid.length);
  for (let i = 0; i < timesNs.length; i += 1) {
    const cell = Math.floor((timesNs[i]! - grid.startNs) / grid.stepNs);
    if (cell >= 0 && cell < grid.length) counts[cell] = counts[cell]! + 1;
  }
  return counts;
}

/** Bounds [from, to) of the points with startNs ≤ time < endNs in ascending times. O(log n). */
export function sliceByTime(timesNs: Float64Array, startNs: number, endNs: number): readonly [number, number] {
  return [lowerBound(timesNs, startNs), lowerBound(timesNs, endNs)];
}

/** First index whose value is not less than `target`. */
export function lowerBound(ascending: Float64Array | readonly number[], target: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < target) low = middle + 1;
    else high = middle;
  }
  return low;
}
