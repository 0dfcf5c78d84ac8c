/** Metric series of a case with their points. */
import type { MetricType, Temporality } from '../../model/metric.ts';
import type { Attributes } from '../../model/resource.ts';
import type { MetricSeries } from '../../model/telemetry.ts';
import type { LoadContext } from './load-telemetry.ts';
import { allSeries, type SeriesRow } from './statements/dictionaries.ts';
import { eachMetricPoint } from './statements/telemetry.ts';

const POLL_ROWS = 8_192;

/** Points of one series while they are collected; of equal times the last wins. */
interface Collected {
  readonly times: number[];
  readonly values: number[];
  readonly counts: number[];
  readonly sums: number[];
  readonly details: (string | null)[];
}

/** Series without a point in the window are left out. */
export function loadMetrics(context: LoadContext): readonly MetricSeries[] {
  const seriesRows = new Map(allSeries(context.database).map((row) => [row.id, row]));
  const loaded: MetricSeries[] = [];
  let current = -1;
  let points = emptyPoints();
  const close = (): void => {
    const row = seriesRows.get(current);
    if (row && points.times.length > 0) loaded.push(toSeries(row, points, context));
    points = emptyPoints();
  };
  let read = 0;
  for (const [seriesId, time, value, count, sum, detail] of eachMetricPoint(context.database, context.window)) {
    if (seriesId !== current) {
      close();
      current = seriesId;
    }
    const at = points.times.at(-1) === time ? points.times.length - 1 : points.times.length;
    points.times[at] = time;
    points.values[at] = value ?? NaN;
    points.counts[at] = count ?? NaN;
    points.sums[at] = sum ?? NaN;
    points.details[at] = detail;
    if (++read % POLL_ROWS === 0) context.poll();
  }
  close();
  return loaded;
}

function emptyPoints(): Collected {
  return { times: [], values: [], counts: [], sums: [], details: [] };
}

function toSeries(row: SeriesRow, points: Collected, context: LoadContext): MetricSeries {
  const type = row.type as MetricType;
  const isDistribution = type === 'histogram' || type === 'summary';
  return {
    rowId: row.id,
    entity: context.resourceEntity[row.resourceId] ?? -1,
    instance: context.resourceInstance[row.resourceId] ?? -1,
    name: row.name,
    unit: row.unit,
    type,
    temporality: row.temporality as Temporality,
    attributes: JSON.parse(row.attributes) as Attributes,
    timesNs: Float64Array.from(points.times),
    values: Float64Array.from(points.values),
    ...(isDistribution && { counts: Float64Array.from(points.counts), sums: Float64Array.from(points.sums) }),
    ...(type === 'histogram' && bucketsOf(points.details)),
  };
}

/** Explicit buckets, when every point has the same bounds; a histogram that changed its bounds has none. */
function bucketsOf(details: readonly (string | null)[]): Pick<MetricSeries, 'bucketBounds' | 'bucketCounts'> {
  let bounds: readonly number[] | undefined;
  let boundsText = '';
  let counts: Float64Array | undefined;
  for (const [i, detail] of details.entries()) {
    const parsed = detail === null ? undefined : parseBuckets(detail);
    if (!parsed) continue;
    const text = parsed.bounds.join();
    if (!bounds) {
      bounds = parsed.bounds;
      boundsText = text;
      counts = new Float64Array(details.length * (bounds.length + 1)).fill(NaN);
    }
    if (text !== boundsText) return {};
    counts?.set(parsed.counts, i * (bounds.length + 1));
  }
  return bounds && counts ? { bucketBounds: bounds, bucketCounts: counts } : {};
}

/** As importers write explicit buckets: `{"bounds":[…],"counts":[…]}`. */
function parseBuckets(
  json: string,
): { readonly bounds: readonly number[]; readonly counts: readonly number[] } | undefined {
  const detail = JSON.parse(json) as Record<string, unknown>;
  if (!Array.isArray(detail['bounds']) || !Array.isArray(detail['counts'])) return undefined;
  const bounds = detail['bounds'].map(Number);
  const counts = detail['counts'].map(Number);
  return counts.length === bounds.length + 1 ? { bounds, counts } : undefined;
}
