/**
 * How far each metric series moved between the two windows: robust levels, shift in units of the baseline's own spread,
 * onset. Counters become rates first (a reset counts from zero). O(points log points).
 */
import type { EntityIndex, MetricSeries, Telemetry } from '../../model/telemetry.ts';
import type { AnalysisWindow, AnalysisWindows } from '../topology/service-graph.ts';
import { edgeEndsOfSeries } from '../topology/series-edge.ts';
import { roleOfMetric, shareScaleOf, statisticOf, wordsOfName, type MetricRole } from './metric-role.ts';
import { lowerBound } from '../series/resample.ts';
import { quantileOfSorted, sortedFinite, SPREAD_FLOOR_RATIO } from '../series/robust-statistics.ts';

/** What a series shows without a fault: robust level, spread and range. */
export interface Baseline {
  readonly count: number;
  readonly median: number;
  /**
   * Interquartile range as N-sigma and BARO take it, not less than 2 % of the median nor than a step of few points: a flat
   * series must not fire on dust. Of things that are counted (connections, workers, waiting messages) not less than half
   * the deviation of a Poisson count either: two where there was one is no event.
   */
  readonly spread: number;
  /** One value throughout. */
  readonly isFlat: boolean;
  readonly q01: number;
  readonly q99: number;
  readonly max: number;
}

export interface SeriesShift {
  /** Index into `telemetry.metrics`. */
  readonly series: number;
  readonly entity: EntityIndex;
  readonly instance: EntityIndex;
  /** Both ends where the series speaks about a call. */
  readonly edge: { readonly from: EntityIndex; readonly to: EntityIndex } | undefined;
  readonly role: MetricRole;
  readonly statistic: string;
  readonly baseline: Baseline;
  readonly incidentCount: number;
  /** Level of the incident: its median, and robust extremes that a single stray point moves little. */
  readonly median: number;
  readonly high: number;
  readonly low: number;
  /** (high - baseline median) / spread, ≥ 0; and the same downwards. */
  readonly effectUp: number;
  readonly effectDown: number;
  readonly onsetNs: number;
  readonly onsetUncertaintyNs: number;
  /** Points expected in the incident from the baseline's pace, to tell missing data. */
  readonly expectedCount: number;
}

export interface SeriesPoints {
  readonly timesNs: Float64Array;
  readonly values: Float64Array;
}
/** Values as rates where the series is a running total, as they are otherwise. */
export function comparablePoints(series: MetricSeries): SeriesPoints {
  const isRunningTotal =
    (series.type === 'counter' || /_total$/.test(series.name)) &&
    series.temporality !== 'delta' &&
    isMonotone(series.values);
  if (!isRunningTotal) return series;
  const n = Math.max(0, series.values.length - 1);
  const timesNs = new Float64Array(n);
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const seconds = (series.timesNs[i + 1]! - series.timesNs[i]!) / 1e9;
    const grown = series.values[i + 1]! - series.values[i]!;
    timesNs[i] = series.timesNs[i + 1]!;
    values[i] = seconds > 0 ? (grown >= 0 ? grown : series.values[i + 1]!) / seconds : NaN;
  }
  return { timesNs, values };
}
/** Falls in fewer than a tenth of its steps: a total with resets. */
function isMonotone(values: Float64Array): boolean {
  let falls = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! < values[i - 1]!) falls++;
  return falls <= values.length * 0.1;
}

export function valuesWithin(points: SeriesPoints, window: AnalysisWindow): Float64Array {
  let from = lowerBound(points.timesNs, window.startNs);
  const to = lowerBound(points.timesNs, window.endNs);
  if (from > to) from = to;
  return points.values.subarray(from, to);
}
const POLL_EVERY = 256;
const measured = new WeakMap<Telemetry, WeakMap<AnalysisWindows, readonly SeriesShift[]>>();

/** Measured once per telemetry and windows; the detector and every ranking share it. */
export function measureSeriesShifts(
  telemetry: Telemetry,
  windows: AnalysisWindows,
  throwIfCancelled: () => void = () => undefined,
): readonly SeriesShift[] {
  const byWindows = measured.get(telemetry) ?? new WeakMap<AnalysisWindows, readonly SeriesShift[]>();
  measured.set(telemetry, byWindows);
  const known = byWindows.get(windows);
  if (known) return known;
  const shifts = telemetry.metrics.map((series, index) => {
    if (index % POLL_EVERY === 0) throwIfCancelled();
    return measureShift(telemetry, series, index, windows);
  });
  byWindows.set(windows, shifts);
  return shifts;
}

const COUNTED: ReadonlySet<MetricRole> = new Set(['connections', 'threads', 'queue-depth']);
/** Requests in progress are counted, whatever their metric is called for. */
const IN_PROGRESS = /\b(active|concurrent|current|open|pending|in.?flight|in.?progress)\b/;
function countFloor({ name, unit }: MetricSeries, median: number, max: number): number {
  const role = roleOfMetric(name, unit);
  const isCounted = COUNTED.has(role) || (role === 'requests' && IN_PROGRESS.test(wordsOfName(name)));
  const isCount = isCounted && shareScaleOf(name, unit, max) === undefined;
  return isCount ? 0.5 * Math.sqrt(Math.max(1, Math.abs(median))) : 0;
}

function describeBaseline(series: MetricSeries, values: Float64Array): Baseline {
  const sorted = sortedFinite(values);
  const median = quantileOfSorted(sorted, 0.5);
  const range = quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25);
  const step = Math.abs((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)) / Math.max(10, 4 * Math.sqrt(sorted.length));
  return {
    count: sorted.length,
    median,
    spread: Math.max(
      range,
      SPREAD_FLOOR_RATIO * Math.abs(median),
      step,
      countFloor(series, median, sorted.at(-1) ?? 0),
      1e-12,
    ),
    isFlat: sorted.length > 0 && sorted[0] === sorted.at(-1),
    q01: quantileOfSorted(sorted, 0.01),
    q99: quantileOfSorted(sorted, 0.99),
    max: sorted.at(-1) ?? NaN,
  };
}

function measureShift(
  telemetry: Telemetry,
  series: MetricSeries,
  index: number,
  windows: AnalysisWindows,
): SeriesShift {
  const points = comparablePoints(series);
  const before = valuesWithin(points, windows.baseline);
  const during = sortedFinite(valuesWithin(points, windows.incident));
  const baseline = describeBaseline(series, before);
  // With few points the extreme is the best estimate of the level reached; with many, one stray point must not decide.
  const tail = during.length < 12 ? 1 : 0.9;
  const high = quantileOfSorted(during, tail);
  const low = quantileOfSorted(during, 1 - tail);
  const median = quantileOfSorted(during, 0.5);
  const effectUp = Math.max(0, (high - baseline.median) / baseline.spread) || 0;
  const effectDown = Math.max(0, (baseline.median - low) / baseline.spread) || 0;
  const onset = findOnset(points, windows, baseline, effectUp >= effectDown ? high : low);
  const baselineLength = windows.baseline.endNs - windows.baseline.startNs;
  const incidentLength = windows.incident.endNs - windows.incident.startNs;
  return {
    series: index,
    entity: series.entity,
    instance: series.instance,
    edge: edgeEndsOfSeries(telemetry, series),
    role: roleOfMetric(series.name, series.unit),
    statistic: statisticOf(series.name, series.attributes),
    baseline,
    incidentCount: during.length,
    median,
    high,
    low,
    effectUp,
    effectDown,
    ...onset,
    expectedCount: baselineLength > 0 ? (baseline.count * incidentLength) / baselineLength : 0,
  };
}

/** First point of the incident past half the shift; uncertain by the gap to the point before it. */
function findOnset(
  points: SeriesPoints,
  windows: AnalysisWindows,
  baseline: Baseline,
  reached: number,
): { onsetNs: number; onsetUncertaintyNs: number } {
  const half = (baseline.median + reached) / 2;
  const isUp = reached >= baseline.median;
  const from = lowerBound(points.timesNs, windows.incident.startNs);
  for (let i = from; i < points.values.length; i++) {
    const value = points.values[i]!;
    if (!(isUp ? value >= half : value <= half)) continue;
    const gap = i > 0 ? points.timesNs[i]! - points.timesNs[i - 1]! : 0;
    return {
      onsetNs: points.timesNs[i]!,
      onsetUncertaintyNs: Math.min(gap, windows.incident.endNs - windows.incident.startNs),
    };
  }
  return { onsetNs: windows.incident.startNs, onsetUncertaintyNs: windows.incident.endNs - windows.incident.startNs };
}
