/** Metric points, as columns over a dictionary of series. */
import type { Attributes, Resource } from './resource.ts';

/**
 * `counter` = monotonic sum; whether a point is a running total or the change since the last is `temporality`.
 * Histograms and summaries keep count and sum in columns and their buckets or quantiles in `detailJson`.
 */
export type MetricType = 'gauge' | 'counter' | 'updown' | 'histogram' | 'summary' | 'unknown';
export type Temporality = 'cumulative' | 'delta' | 'unspecified';

export interface MetricSeriesKey {
  readonly name: string;
  /** UCUM unit as exported (`s`, `By`, `1`, `{request}`), '' when not stated. */
  readonly unit: string;
  readonly type: MetricType;
  readonly temporality: Temporality;
  /** Data point attributes (labels) without those that identify the resource. */
  readonly attributes: Attributes;
  /** Index into `resources` of the batch. */
  readonly resource: number;
}

export interface MetricBatch {
  readonly kind: 'metrics';
  readonly length: number;
  /** Index into `series`. */
  readonly seriesIndex: Uint32Array;
  readonly timeUnixNano: BigInt64Array;
  /** 1 where the time was inferred (a scrape without time stamps). */
  readonly isTimeInferred: Uint8Array;
  /** The number; for histograms and summaries the mean (sum / count), NaN for none or a stale marker. */
  readonly value: Float64Array;
  /** Histograms and summaries: count and sum; NaN otherwise. */
  readonly count: Float64Array;
  readonly sum: Float64Array;
  /** Buckets, quantiles, exemplars as compact JSON; '' for none. */
  readonly detailJson: readonly string[];
  readonly series: readonly MetricSeriesKey[];
  readonly resources: readonly Resource[];
}
