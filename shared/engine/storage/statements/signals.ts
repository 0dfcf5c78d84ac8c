/** Bulk inserts of the big tables, and the look-ups that keep them free of repeats. */
import type { CaseDatabase } from '../case-database.ts';
import { BulkInsert } from './bulk-insert.ts';

export function spanInsert(database: CaseDatabase, stepAside?: () => void): BulkInsert {
  const columns = [
    'source_file_id',
    'trace_row',
    'span_id',
    'parent_span_id',
    'start_time',
    'duration_ns',
    'resource_id',
    'entity_id',
    'name_id',
    'kind',
    'status',
    'peer_id',
    'attributes',
    'extra',
  ];
  return new BulkInsert(database, 'spans', columns, stepAside);
}

export function logInsert(database: CaseDatabase, stepAside?: () => void): BulkInsert {
  const columns = [
    'source_file_id',
    'time',
    'is_time_inferred',
    'severity',
    'resource_id',
    'entity_id',
    'template_row',
    'trace_row',
    'span_id',
    'line_count',
    'body',
    'attributes',
  ];
  return new BulkInsert(database, 'log_records', columns, stepAside);
}

export function metricPointInsert(database: CaseDatabase, stepAside?: () => void): BulkInsert {
  const columns = ['source_file_id', 'series_id', 'time', 'is_time_inferred', 'value', 'count', 'sum', 'detail'];
  return new BulkInsert(database, 'metric_points', columns, stepAside);
}

/** Stretch of time each series holds, as text so that no digit is lost; reads metric_points_by_series_and_time. */
export function seriesTimeRanges(
  database: CaseDatabase,
): readonly { readonly seriesId: number; readonly first: bigint; readonly last: bigint }[] {
  return database
    .prepare<[], { seriesId: bigint; first: bigint; last: bigint }>(
      'SELECT series_id AS seriesId, min(time) AS first, max(time) AS last FROM metric_points GROUP BY series_id',
    )
    .safeIntegers()
    .all()
    .map(({ seriesId, first, last }) => ({ seriesId: Number(seriesId), first, last }));
}

/** Whether another file brought the same point; uses metric_points_by_series_and_time. */
export function metricPointExists(
  database: CaseDatabase,
): (seriesId: number, time: bigint, sourceFileId: number, value: number | null, count: number | null) => boolean {
  const statement = database
    .prepare(
      'SELECT 1 FROM metric_points WHERE series_id = ? AND time = ? AND source_file_id <> ? AND value IS ? AND count IS ? LIMIT 1',
    )
    .pluck();
  return (seriesId, time, sourceFileId, value, count) =>
    statement.get(seriesId, time, sourceFileId, value, count) !== undefined;
}
