/**
 * One OTLP metric → its data points. Numbers of histograms and summaries go to count and sum, the mean to value, and
 * buckets or quantiles to `detailJson`: `{"bounds":[…],"counts":[…]}`, `{"scale","zeroCount","positive":{"offset",
 * "counts"},"negative"}` or `{"quantiles":[[q,value],…]}`, each with `min`, `max`, `exemplars` where told.
 */
import type { MetricType, Temporality } from '../../model/metric.ts';
import type { Attributes, Resource } from '../../model/resource.ts';
import type { RecordCollector } from '../record-collector.ts';
import { attributesOf, member, unwrapAnyValue } from './any-value.ts';
import { readUnixNano } from './log-reader.ts';

type JsonObject = Record<string, unknown>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function objectsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A number, or text that spells one; NaN otherwise. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
}
export function numbersOf(value: unknown): readonly number[] {
  return objectsOf(value).map(numberOf);
}

/** Of the enum as number, numeric text or name. */
export function temporalityOf(value: unknown): Temporality {
  if (value === 1 || value === '1' || (typeof value === 'string' && value.endsWith('DELTA'))) return 'delta';
  if (value === 2 || value === '2' || (typeof value === 'string' && value.endsWith('CUMULATIVE'))) return 'cumulative';
  return 'unspecified';
}

export interface MetricKind {
  readonly shape: 'number' | 'histogram' | 'exponential' | 'summary';
  readonly type: MetricType;
  readonly temporality: Temporality;
}
interface MetricData extends MetricKind {
  readonly data: JsonObject;
}

function temporalityOfData(data: JsonObject): Temporality {
  return temporalityOf(member(data, 'aggregationTemporality', 'aggregation_temporality'));
}

/** The `oneof data` of a metric; undefined when it holds none that is known. */
function dataOf(metric: JsonObject): MetricData | undefined {
  const gauge = metric['gauge'];
  if (isObject(gauge)) return { data: gauge, shape: 'number', type: 'gauge', temporality: 'unspecified' };
  const sum = metric['sum'];
  if (isObject(sum)) {
    const isMonotonic = member(sum, 'isMonotonic', 'is_monotonic') === true;
    return {
      data: sum,
      shape: 'number',
      type: isMonotonic ? 'counter' : 'updown',
      temporality: temporalityOfData(sum),
    };
  }
  const histogram = metric['histogram'];
  if (isObject(histogram)) {
    return { data: histogram, shape: 'histogram', type: 'histogram', temporality: temporalityOfData(histogram) };
  }
  const exponential = member(metric, 'exponentialHistogram', 'exponential_histogram');
  if (isObject(exponential)) {
    return { data: exponential, shape: 'exponential', type: 'histogram', temporality: temporalityOfData(exponential) };
  }
  const summary = metric['summary'];
  // The specification makes counts of summaries cumulative.
  if (isObject(summary)) return { data: summary, shape: 'summary', type: 'summary', temporality: 'cumulative' };
  return undefined;
}

function valueOf(point: JsonObject): number {
  const double = member(point, 'asDouble', 'as_double');
  if (double !== undefined) return numberOf(double);
  const integer = member(point, 'asInt', 'as_int');
  return numberOf(integer ?? point['value']);
}

function bucketsOf(value: unknown): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  const counts = numbersOf(member(value, 'bucketCounts', 'bucket_counts'));
  return counts.length > 0 ? { offset: numberOf(value['offset'] ?? 0), counts } : undefined;
}

function quantilesOf(point: JsonObject): readonly (readonly [number, number])[] {
  return objectsOf(member(point, 'quantileValues', 'quantile_values')).flatMap((entry) =>
    isObject(entry) ? [[numberOf(entry['quantile'] ?? 0), numberOf(entry['value'] ?? 0)] as const] : [],
  );
}

function exemplarsOf(point: JsonObject): readonly JsonObject[] {
  return objectsOf(point['exemplars'])
    .filter(isObject)
    .map((exemplar) => ({
      value: valueOf(exemplar),
      traceId: member(exemplar, 'traceId', 'trace_id'),
      spanId: member(exemplar, 'spanId', 'span_id'),
      timeUnixNano: member(exemplar, 'timeUnixNano', 'time_unix_nano'),
    }));
}

function detailOf(point: JsonObject, shape: MetricKind['shape']): string {
  const exemplars = exemplarsOf(point);
  const detail: JsonObject = { ...(exemplars.length > 0 && { exemplars }) };
  if (shape === 'histogram') {
    detail['bounds'] = numbersOf(member(point, 'explicitBounds', 'explicit_bounds'));
    detail['counts'] = numbersOf(member(point, 'bucketCounts', 'bucket_counts'));
  } else if (shape === 'exponential') {
    detail['scale'] = numberOf(point['scale'] ?? 0);
    detail['zeroCount'] = numberOf(member(point, 'zeroCount', 'zero_count') ?? 0);
    detail['positive'] = bucketsOf(point['positive']);
    detail['negative'] = bucketsOf(point['negative']);
  } else if (shape === 'summary') detail['quantiles'] = quantilesOf(point);
  if (shape !== 'number') {
    if (point['min'] !== undefined) detail['min'] = numberOf(point['min']);
    if (point['max'] !== undefined) detail['max'] = numberOf(point['max']);
  }
  return Object.keys(detail).length > 0 ? JSON.stringify(detail) : '';
}

/** True when the flags say "no recorded value" (the series ended here). */
function isStale(point: JsonObject): boolean {
  return (numberOf(point['flags'] ?? 0) & 1) === 1;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/**
 * Adds every data point. Returns why the metric as a whole cannot be kept, else undefined; single points that cannot be
 * kept are given to `rejectPoint`.
 */
export function readMetric(
  metric: JsonObject,
  resource: Resource,
  collector: RecordCollector,
  rejectPoint: (reason: string) => void,
): string | undefined {
  const kind = dataOf(metric);
  const name = textOf(metric['name']);
  if (kind === undefined) {
    const isEmpty = !Object.values(metric).some(
      (value) => isObject(value) && ('dataPoints' in value || 'data_points' in value),
    );
    return isEmpty ? undefined : `The metric "${name}" is of a kind that is not known.`;
  }
  if (name === '') return 'The metric has no name.';
  const unit = textOf(metric['unit']);
  for (const point of objectsOf(member(kind.data, 'dataPoints', 'data_points'))) {
    const problem = readMetricPoint(point, kind, { name, unit }, resource, collector);
    if (problem !== undefined) rejectPoint(`Metric "${name}": ${problem}`);
  }
  return undefined;
}

/** Adds one data point, parsed. Returns why it cannot be kept, else undefined. */
export function readMetricPoint(
  point: unknown,
  kind: MetricKind,
  { name, unit }: { readonly name: string; readonly unit: string },
  resource: Resource,
  collector: RecordCollector,
): string | undefined {
  if (!isObject(point)) return 'A data point has to be a JSON object.';
  const time = readUnixNano(member(point, 'timeUnixNano', 'time_unix_nano'));
  if (time === undefined) return 'A data point has no time.';
  const attributes = labelsOf(point);
  const builder = collector.metrics();
  const series = builder.series({
    name,
    unit,
    type: kind.type,
    temporality: kind.temporality,
    attributes,
    resource: builder.resourceIndex(resource),
  });
  const detailJson = detailOf(point, kind.shape);
  if (kind.shape === 'number') {
    builder.add({ series, timeUnixNano: time, value: isStale(point) ? NaN : valueOf(point), detailJson });
    return undefined;
  }
  const count = numberOf(point['count'] ?? 0);
  const sum = numberOf(point['sum']);
  const value = count > 0 && !isStale(point) ? sum / count : NaN;
  builder.add({ series, timeUnixNano: time, value, count, sum, detailJson });
  return undefined;
}

/** Attributes of a point; before OTLP 0.9 they were `labels` with plain string values. */
function labelsOf(point: JsonObject): Attributes {
  const labels = point['labels'];
  if (point['attributes'] === undefined && Array.isArray(labels)) {
    return Object.fromEntries(
      labels.filter(isObject).map((label) => [textOf(label['key']), unwrapAnyValue(label['value'])]),
    );
  }
  return attributesOf(point['attributes']);
}
