/**
 * Reads of whole columns for analysis. Times come as offsets from an origin, so that they fit a float; 64-bit span ids as
 * their low 53 bits, which together with the trace tell spans apart (two of a thousand spans meet once in 10¹⁰ traces).
 * Rows come as arrays in the order of the columns named.
 */
import type { CaseDatabase } from '../case-database.ts';
import { missingIndexes } from './secondary-indexes.ts';

export interface TimeWindow {
  readonly origin: bigint;
  /** Inclusive. */
  readonly from: bigint;
  readonly to: bigint;
}
type NumberRow = readonly number[];
type NullableRow = readonly (number | null)[];

/** Rows that stand at the time of their file were at most so much older: bundles are collected soon after. */
const COLLECTION_DELAY_NS = 86_400_000_000_000n;

interface SourceExtent {
  readonly first: bigint;
  readonly last: bigint;
}
/**
 * Extent of what files brought; undefined for an empty case. Rows without a time of their own count where their file is
 * about as old as the dated ones; a file that was written years later would stretch every window of the analysis.
 */
export function sourceTimeExtent(database: CaseDatabase): SourceExtent | undefined {
  const extent = (sql: string, ...parameters: bigint[]): SourceExtent | undefined => {
    const row = database
      .prepare<bigint[], { first: bigint | null; last: bigint | null }>(sql)
      .safeIntegers()
      .get(...parameters);
    return row?.first == null || row.last == null ? undefined : { first: row.first, last: row.last };
  };
  const dated = extent('SELECT min(dated_first_time) AS first, max(dated_last_time) AS last FROM source_files');
  if (!dated) return extent('SELECT min(first_time) AS first, max(last_time) AS last FROM source_files');
  const near = extent(
    'SELECT min(first_time) AS first, max(last_time) AS last FROM source_files WHERE first_time >= ? AND last_time <= ?',
    dated.first - COLLECTION_DELAY_NS,
    dated.last + COLLECTION_DELAY_NS,
  );
  if (!near) return dated;
  return {
    first: near.first < dated.first ? near.first : dated.first,
    last: near.last > dated.last ? near.last : dated.last,
  };
}

export function logCount(database: CaseDatabase): number {
  return database.prepare('SELECT count(*) FROM log_records').pluck().get() as number;
}
/** id, time, severity, resource, template, trace or null, span id or null. Scans. */
export function eachLogRecord(database: CaseDatabase, window: TimeWindow): IterableIterator<NullableRow> {
  return database
    .prepare<[bigint, bigint, bigint], NullableRow>(
      `SELECT id, time - ?, severity, resource_id, template_row, trace_row, span_id & 9007199254740991
       FROM log_records NOT INDEXED WHERE time BETWEEN ? AND ?`,
    )
    .raw()
    .iterate(window.origin, window.from, window.to) as unknown as IterableIterator<NullableRow>;
}

/** time, value, count, sum, detail. */
export type PointRow = readonly [number, number | null, number | null, number | null, string | null];

/**
 * Points of one histogram or summary by time, of equal times the later row last; uses metric_points_by_series_and_time.
 * Where a cancelled import left none, all of them are read at once: a scan for each series would take hours.
 */
export function pointsOfSeries(database: CaseDatabase, window: TimeWindow): (seriesId: number) => Iterable<PointRow> {
  if (missingIndexes(database).some(({ table }) => table === 'metric_points')) {
    const pointsOf = Map.groupBy(distributionPoints(database, window), ([seriesId]) => seriesId);
    return (seriesId) => pointsOf.get(seriesId)?.map(([, ...point]) => point) ?? [];
  }
  const statement = database
    .prepare(
      `SELECT time - ?, value, count, sum, detail FROM metric_points
       WHERE series_id = ? AND time BETWEEN ? AND ? ORDER BY time, id`,
    )
    .raw();
  return (seriesId) => statement.iterate(window.origin, seriesId, window.from, window.to) as IterableIterator<PointRow>;
}

function distributionPoints(database: CaseDatabase, window: TimeWindow): Iterable<readonly [number, ...PointRow]> {
  return database
    .prepare(
      `SELECT series_id, time - ?, value, count, sum, detail FROM metric_points WHERE time BETWEEN ? AND ?
         AND series_id IN (SELECT id FROM metric_series WHERE type IN ('histogram', 'summary')) ORDER BY time, id`,
    )
    .raw()
    .iterate(window.origin, window.from, window.to) as IterableIterator<readonly [number, ...PointRow]>;
}

export interface StoredAlert {
  readonly id: bigint;
  readonly externalId: string;
  readonly name: string;
  readonly summary: string;
  readonly severity: string;
  readonly state: string;
  readonly startTime: bigint;
  readonly endTime: bigint | null;
  readonly labels: string | null;
  readonly annotations: string | null;
  readonly signal: string | null;
  readonly sourceUrl: string | null;
}
/** Alerts that overlap the window, by start. */
export function alertsBetween(database: CaseDatabase, window: TimeWindow): readonly StoredAlert[] {
  return database
    .prepare<[bigint, bigint], StoredAlert>(
      `SELECT id, external_id AS externalId, name, summary, severity, state, start_time AS startTime, end_time AS endTime,
         labels, annotations, signal, source_url AS sourceUrl
       FROM alerts WHERE start_time <= ? AND coalesce(end_time, start_time) >= ? ORDER BY start_time, id`,
    )
    .safeIntegers()
    .all(window.to, window.from);
}

export interface StoredChange {
  readonly id: bigint;
  readonly externalId: string;
  readonly kind: string;
  readonly title: string;
  readonly status: string;
  readonly startTime: bigint;
  readonly endTime: bigint | null;
  readonly revision: string | null;
  readonly author: string | null;
  readonly description: string | null;
  readonly attributes: string | null;
  readonly sourceUrl: string | null;
}
/** Changes that overlap the window, by start. */
export function changesBetween(database: CaseDatabase, window: TimeWindow): readonly StoredChange[] {
  return database
    .prepare<[bigint, bigint], StoredChange>(
      `SELECT id, external_id AS externalId, kind, title, status, start_time AS startTime, end_time AS endTime, revision,
         author, description, attributes, source_url AS sourceUrl
       FROM changes WHERE start_time <= ? AND coalesce(end_time, start_time) >= ? ORDER BY start_time, id`,
    )
    .safeIntegers()
    .all(window.to, window.from);
}

export interface StoredEvent {
  readonly id: bigint;
  readonly externalId: string;
  readonly reason: string;
  readonly message: string;
  readonly severity: string;
  readonly startTime: bigint;
  readonly endTime: bigint;
  readonly count: bigint;
  readonly isTimeInferred: bigint;
  readonly attributes: string | null;
}
/** Events that overlap the window, by start. */
export function eventsBetween(database: CaseDatabase, window: TimeWindow): readonly StoredEvent[] {
  return database
    .prepare<[bigint, bigint], StoredEvent>(
      `SELECT id, external_id AS externalId, reason, message, severity, start_time AS startTime, end_time AS endTime, count,
         is_time_inferred AS isTimeInferred, attributes
       FROM events WHERE start_time <= ? AND end_time >= ? ORDER BY start_time, id`,
    )
    .safeIntegers()
    .all(window.to, window.from);
}

/** Pairs of record and entity, the most specific entity first. */
export function eachSubject(database: CaseDatabase, table: 'alert' | 'change' | 'event'): readonly NumberRow[] {
  return database
    .prepare<[], NumberRow>(`SELECT ${table}_id, entity_id FROM ${table}_entities ORDER BY ${table}_id, position`)
    .raw()
    .all() as unknown as readonly NumberRow[];
}

export interface StoredEdge {
  readonly id: number;
  readonly kind: string;
  readonly fromId: number;
  readonly toId: number;
  readonly provenance: string;
}
export function allEdges(database: CaseDatabase): readonly StoredEdge[] {
  return database
    .prepare<[], StoredEdge>('SELECT id, kind, from_id AS fromId, to_id AS toId, provenance FROM edges ORDER BY id')
    .all();
}
