/**
 * Slow leaks. Slope by Theil-Sen (Sen, JASA 1968), significance by Mann-Kendall (Mann 1945, Kendall 1975) with ties and
 * with the effective sample n(1-ρ)/(1+ρ) for autocorrelated residuals. O(n²) pairs; longer series are thinned to 500
 * evenly spaced points first, which keeps the slope and costs power only.
 */
import { median } from './robust-statistics.ts';
import { normalUpperTail } from './special-functions.ts';

export interface Trend {
  /** Per second, in the unit of the values. */
  readonly slopePerSecond: number;
  /** Value of the fitted line at the last point. */
  readonly level: number;
  /** One-sided in the direction of the slope. */
  readonly pValue: number;
  /** Median absolute deviation of the residuals. */
  readonly residualMad: number;
  /** Slope of the last third alone: a leak still climbs there. */
  readonly lastThirdSlopePerSecond: number;
}

const MAX_POINTS = 500;

/** undefined with fewer than eight finite values. */
export function fitTrend(timesNs: Float64Array, values: Float64Array): Trend | undefined {
  const points = thin(timesNs, values);
  if (points.length < 8) return undefined;
  const slope = theilSen(points);
  const intercept = median(points.map(([t, v]) => v - slope * t));
  const residuals = points.map(([t, v]) => v - intercept - slope * t);
  const lastThird = points.slice(Math.floor((points.length * 2) / 3));
  return {
    slopePerSecond: slope,
    level: intercept + slope * points[points.length - 1]![0],
    pValue: mannKendall(points, autocorrelation(residuals)),
    residualMad: median(residuals.map(Math.abs)),
    lastThirdSlopePerSecond: theilSen(lastThird),
  };
}

type Point = readonly [seconds: number, value: number];

function thin(timesNs: Float64Array, values: Float64Array): Point[] {
  const points: Point[] = [];
  for (let i = 0; i < values.length; i += 1) {
    if (Number.isFinite(values[i]!)) points.push([(timesNs[i]! - timesNs[0]!) / 1e9, values[i]!]);
  }
  if (points.length <= MAX_POINTS) return points;
  return Array.from(
    { length: MAX_POINTS },
    (_, i) => points[Math.round((i * (points.length - 1)) / (MAX_POINTS - 1))]!,
  );
}

function theilSen(points: readonly Point[]): number {
  const slopes: number[] = [];
  for (let i = 0; i < points.length; i += 1) {
    for (let j = i + 1; j < points.length; j += 1) {
      const seconds = points[j]![0] - points[i]![0];
      if (seconds > 0) slopes.push((points[j]![1] - points[i]![1]) / seconds);
    }
  }
  return slopes.length === 0 ? 0 : median(slopes);
}

function mannKendall(points: readonly Point[], correlation: number): number {
  const n = points.length;
  let s = 0;
  const ties = new Map<number, number>();
  for (let i = 0; i < n; i += 1) {
    ties.set(points[i]![1], (ties.get(points[i]![1]) ?? 0) + 1);
    for (let j = i + 1; j < n; j += 1) s += Math.sign(points[j]![1] - points[i]![1]);
  }
  let variance = n * (n - 1) * (2 * n + 5);
  for (const t of ties.values()) variance -= t * (t - 1) * (2 * t + 5);
  variance /= 18;
  if (variance <= 0) return 1;
  // Yue and Wang (2004): fewer independent points, larger variance of S.
  const inflation = correlation > 0 ? (1 + correlation) / Math.max(1 - correlation, 0.02) : 1;
  return normalUpperTail(Math.max(0, Math.abs(s) - 1) / Math.sqrt(variance * inflation));
}

function autocorrelation(residuals: readonly number[]): number {
  let product = 0;
  let square = 0;
  const mean = residuals.reduce((sum, r) => sum + r, 0) / residuals.length;
  for (let i = 0; i < residuals.length; i += 1) {
    square += (residuals[i]! - mean) ** 2;
    if (i > 0) product += (residuals[i]! - mean) * (residuals[i - 1]! - mean);
  }
  return square > 0 ? product / square : 0;
}
