/** Metric series of a case with their points. */
import type { MetricType, Temporality } from '../../model/metric.ts';
import type { Attributes } from '../../model/resource.ts';
import type { MetricSeries } from '../../model/telemetry.ts';
import type { CaseDatabase } from './case-database.ts';
import { runsAfter } from './column-blocks.ts';
import type { LoadContext } from './load-telemetry.ts';
import { ascendingOrder, gather } from './radix-order.ts';
import { allSeries, type SeriesRow } from './statements/dictionaries.ts';
import { pointsOfSeries, type PointRow, type TimeWindow } from './statements/telemetry.ts';
import { WindowOffsets } from './word-columns.ts';

const POLL_ROWS = 8_192;

/** Points by time; of equal times the last wins. */
interface Points {
  readonly timesNs: Float64Array;
  readonly values: Float64Array;
}
interface DistributionPoints extends Points {
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly details: readonly (string | null)[];
}

/**
 * Series without a point in the window are left out. Plain numbers come from column blocks, read twice and put in place
 * (ten million points take about two seconds); histograms and summaries, which have more to them, from their table.
 */
export function loadMetrics(context: LoadContext): readonly MetricSeries[] {
  const rows = allSeries(context.database);
  const plain = loadPlainPoints(context, rows);
  const pointsOf = pointsOfSeries(context.database, context.window);
  return rows
    .toSorted((a, b) => a.id - b.id)
    .flatMap((row): readonly MetricSeries[] => {
      if (!isDistribution(row)) {
        const points = plain.get(row.id);
        return points && points.timesNs.length > 0 ? [seriesOf(row, points, context)] : [];
      }
      const points = distributionPoints(pointsOf(row.id), context.poll);
      if (points.timesNs.length === 0) return [];
      const { counts, sums, details } = points;
      const buckets = row.type === 'histogram' ? bucketsOf(details) : {};
      return [{ ...seriesOf(row, points, context), counts, sums, ...buckets }];
    });
}

function isDistribution({ type }: SeriesRow): boolean {
  return type === 'histogram' || type === 'summary';
}

function loadPlainPoints({ database, window, poll }: LoadContext, rows: readonly SeriesRow[]): Map<number, Points> {
  const counts = new Uint32Array(rows.reduce((most, { id }) => Math.max(most, id), 0) + 1);
  eachPlainPoint(database, window, poll, (series) => counts[series]!++);
  const plain = new Map<number, Points>();
  for (const row of rows) {
    const count = isDistribution(row) ? 0 : counts[row.id]!;
    if (count > 0) plain.set(row.id, { timesNs: new Float64Array(count), values: new Float64Array(count) });
  }
  counts.fill(0);
  eachPlainPoint(database, window, poll, (series, timeNs, value) => {
    const points = plain.get(series);
    if (!points) return;
    const at = counts[series]!++;
    points.timesNs[at] = timeNs;
    points.values[at] = value;
  });
  for (const [id, points] of plain) plain.set(id, byTime(points));
  return plain;
}

function eachPlainPoint(
  database: CaseDatabase,
  window: TimeWindow,
  poll: () => void,
  visit: (series: number, timeNs: number, value: number) => void,
): void {
  const offsets = new WindowOffsets(window);
  for (const { rows, columns } of runsAfter(database, 'points', 0)) {
    const { time, value, series } = columns;
    for (let i = 0; i < rows; i++) {
      const timeNs = offsets.at(time, i);
      if (offsets.isInside(timeNs)) visit(series[i]!, timeNs, value[i]!);
    }
    poll();
  }
}

/** Rows of a series come in the order they were stored, which mostly is that of time already. */
function byTime({ timesNs, values }: Points): Points {
  const order = ascendingOrder(timesNs);
  const times = gather(timesNs, order);
  const ordered = gather(values, order);
  let kept = 0;
  for (let i = 0; i < times.length; i++) {
    if (kept > 0 && times[kept - 1] === times[i]) kept--;
    times[kept] = times[i]!;
    ordered[kept++] = ordered[i]!;
  }
  return kept === times.length
    ? { timesNs: times, values: ordered }
    : { timesNs: times.slice(0, kept), values: ordered.slice(0, kept) };
}

function distributionPoints(rows: Iterable<PointRow>, poll: () => void): DistributionPoints {
  const times: number[] = [];
  const values: number[] = [];
  const counts: number[] = [];
  const sums: number[] = [];
  const details: (string | null)[] = [];
  let read = 0;
  for (const [time, value, count, sum, detail] of rows) {
    const at = times.at(-1) === time ? times.length - 1 : times.length;
    times[at] = time;
    values[at] = value ?? NaN;
    counts[at] = count ?? NaN;
    sums[at] = sum ?? NaN;
    details[at] = detail;
    if (++read % POLL_ROWS === 0) poll();
  }
  return {
    timesNs: Float64Array.from(times),
    values: Float64Array.from(values),
    counts: Float64Array.from(counts),
    sums: Float64Array.from(sums),
    details,
  };
}

function seriesOf(row: SeriesRow, { timesNs, values }: Points, context: LoadContext): MetricSeries {
  return {
    rowId: row.id,
    entity: context.resourceEntity[row.resourceId] ?? -1,
    instance: context.resourceInstance[row.resourceId] ?? -1,
    name: row.name,
    unit: row.unit,
    type: row.type as MetricType,
    temporality: row.temporality as Temporality,
    attributes: JSON.parse(row.attributes) as Attributes,
    timesNs,
    values,
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
