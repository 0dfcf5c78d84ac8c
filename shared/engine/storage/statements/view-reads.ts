/** What views read beside column blocks: dictionaries by id, extents, single rows in full, ids of records that match. */
import type { CaseDatabase } from '../case-database.ts';

/** Extent of what files brought, as stored with their progress; null for an empty case. */
export function recordExtent(database: CaseDatabase): { readonly first: bigint; readonly last: bigint } | null {
  const row = database
    .prepare<[], { first: bigint | null; last: bigint | null }>(
      'SELECT min(first_time) AS first, max(last_time) AS last FROM source_files',
    )
    .safeIntegers()
    .get();
  return row?.first == null || row.last == null ? null : { first: row.first, last: row.last };
}

/** Entities with a greater id, by primary key. */
export function entitiesAfter(
  database: CaseDatabase,
  after: number,
): readonly { readonly id: number; readonly type: string; readonly name: string }[] {
  return database
    .prepare<[number], { id: number; type: string; name: string }>(
      'SELECT id, type, name FROM entities WHERE id > ? ORDER BY id',
    )
    .all(after);
}
export interface ResourceOwner {
  readonly id: number;
  /** 0 = none. */
  readonly entityId: number;
  readonly instanceId: number;
}
export function resourcesAfter(database: CaseDatabase, after: number): readonly ResourceOwner[] {
  return database
    .prepare<[number], ResourceOwner>(
      `SELECT id, coalesce(entity_id, 0) AS entityId, coalesce(instance_id, 0) AS instanceId FROM resources
       WHERE id > ? ORDER BY id`,
    )
    .all(after);
}
/** Resources one of whose attributes has this key (with this value, when one is given); scans the small table. */
export function resourcesWith(database: CaseDatabase, key: string, value: string | null): readonly number[] {
  return database
    .prepare<[string, string | null, string | null], number>(
      `SELECT DISTINCT r.id FROM resources r, json_each(r.attributes) a
       WHERE a.key = ? AND (? IS NULL OR CAST(a.value AS TEXT) = ?)`,
    )
    .pluck()
    .all(key, value, value) as number[];
}
/** By primary key. */
export function nameTexts(database: CaseDatabase): (id: number) => string {
  const statement = database.prepare('SELECT text FROM names WHERE id = ?').pluck();
  return (id) => (statement.get(id) as string | undefined) ?? '';
}
/** By the unique key over the text. */
export function nameIdOf(database: CaseDatabase, text: string): number | undefined {
  return database.prepare('SELECT id FROM names WHERE text = ?').pluck().get(text) as number | undefined;
}
/** Lower-case hex of a trace's 16 bytes; by primary key. */
export function traceIdTexts(database: CaseDatabase): (traceRow: number) => string {
  const statement = database.prepare('SELECT lower(hex(trace_id)) FROM traces WHERE id = ?').pluck();
  return (traceRow) => (statement.get(traceRow) as string | undefined) ?? '';
}
/** Uses traces_by_trace_id; while that is being rebuilt it scans the small table. */
export function traceRowOf(database: CaseDatabase, traceId: Uint8Array): number | undefined {
  return database.prepare('SELECT id FROM traces WHERE trace_id = ?').pluck().get(traceId) as number | undefined;
}

export interface TemplateText {
  readonly templateId: string;
  readonly text: string;
  readonly example: string;
}
/** By primary key. */
export function templateTexts(database: CaseDatabase): (id: number) => TemplateText | undefined {
  const statement = database.prepare<[number], TemplateText>(
    'SELECT template_id AS templateId, text, example FROM log_templates WHERE id = ?',
  );
  return (id) => statement.get(id);
}
/** By the unique key over the id. */
export function templateRows(database: CaseDatabase): (templateId: string) => number | undefined {
  const statement = database.prepare('SELECT id FROM log_templates WHERE template_id = ?').pluck();
  return (templateId) => statement.get(templateId) as number | undefined;
}

export interface LogListRow {
  readonly id: bigint;
  readonly time: bigint;
  readonly isTimeInferred: bigint;
  readonly severity: bigint;
  readonly entity: string | null;
  readonly template: string;
  readonly body: string;
  readonly traceId: string | null;
  readonly spanId: bigint | null;
}
/** A record as lists show it; by primary key. */
export function logListRow(database: CaseDatabase): (id: number) => LogListRow | undefined {
  const statement = database
    .prepare<[number], LogListRow>(
      `SELECT l.id, l.time, l.is_time_inferred AS isTimeInferred, l.severity, e.type || ':' || e.name AS entity,
         m.text AS template, l.body, lower(hex(t.trace_id)) AS traceId, l.span_id AS spanId
       FROM log_records l JOIN log_templates m ON m.id = l.template_row
         LEFT JOIN entities e ON e.id = l.entity_id LEFT JOIN traces t ON t.id = l.trace_row
       WHERE l.id = ?`,
    )
    .safeIntegers();
  return (id) => statement.get(id);
}
/** Own attributes of a record as JSON, null = none; by primary key. */
export function logAttributes(database: CaseDatabase): (id: number) => string | null {
  const statement = database.prepare('SELECT attributes FROM log_records WHERE id = ?').pluck();
  return (id) => (statement.get(id) as string | null | undefined) ?? null;
}
/** Attributes of a resource as JSON; by primary key. */
export function resourceAttributes(database: CaseDatabase): (id: number) => string | null {
  const statement = database.prepare('SELECT attributes FROM resources WHERE id = ?').pluck();
  return (id) => (statement.get(id) as string | undefined) ?? null;
}

/** Ids of records of a trace, ascending; uses log_records_by_trace. */
export function logIdsOfTrace(database: CaseDatabase, traceRow: number): readonly number[] {
  return database
    .prepare('SELECT id FROM log_records WHERE trace_row = ? ORDER BY id')
    .pluck()
    .all(traceRow) as number[];
}
/** Ids of records in a stretch whose text matches, comma-separated, '' for none; uses the full-text index. */
export function logIdsMatching(database: CaseDatabase): (text: string, after: number, upTo: number) => string {
  const statement = database
    .prepare<[string, number, number]>(
      // A number of JavaScript is bound as a real; FTS5 only seeks to integers, and else reads every match (measured × 50).
      `SELECT group_concat(rowid) FROM log_text
       WHERE log_text MATCH ? AND rowid > CAST(? AS INTEGER) AND rowid <= CAST(? AS INTEGER)`,
    )
    .pluck();
  return (text, after, upTo) => (statement.get(text, after, upTo) as string | null) ?? '';
}
/** Ids in a stretch of the primary key whose own attribute has this value. */
export function logIdsWithAttribute(
  database: CaseDatabase,
): (after: number, upTo: number, key: string, value: string) => readonly number[] {
  // The cheap test for the value's text comes first: most records fail it, and JSON is then not parsed.
  const statement = database
    .prepare(
      `SELECT id FROM log_records WHERE id > @after AND id <= @upTo AND attributes IS NOT NULL
         AND instr(attributes, @needle) > 0
         AND EXISTS (SELECT 1 FROM json_each(attributes) WHERE key = @key AND CAST(value AS TEXT) = @value)`,
    )
    .pluck();
  return (after, upTo, key, value) => {
    // A text inside JSON is written with escapes.
    const needle = JSON.stringify(value).slice(1, -1);
    return statement.all({ after, upTo, key, value, needle }) as number[];
  };
}

export interface SpanDetailRow {
  readonly traceId: string;
  readonly spanId: bigint;
  readonly parentSpanId: bigint;
  readonly entityType: string | null;
  readonly entityName: string | null;
  readonly instanceType: string | null;
  readonly instanceName: string | null;
  readonly peerType: string | null;
  readonly peerName: string | null;
  readonly name: string;
  readonly kind: bigint;
  readonly status: bigint;
  readonly startTime: bigint;
  readonly durationNs: bigint;
  readonly attributes: string | null;
  readonly extra: string | null;
  readonly resource: string;
  readonly sourcePath: string;
}
/** By primary keys. */
export function spanDetailRow(database: CaseDatabase, id: number): SpanDetailRow | undefined {
  return database
    .prepare<[number], SpanDetailRow>(
      `SELECT lower(hex(t.trace_id)) AS traceId, s.span_id AS spanId, coalesce(s.parent_span_id, 0) AS parentSpanId,
         e.type AS entityType, e.name AS entityName, i.type AS instanceType, i.name AS instanceName, p.type AS peerType,
         p.name AS peerName, n.text AS name, s.kind, s.status, s.start_time AS startTime, s.duration_ns AS durationNs,
         s.attributes, s.extra, r.attributes AS resource, f.path AS sourcePath
       FROM spans s JOIN traces t ON t.id = s.trace_row JOIN names n ON n.id = s.name_id
         JOIN resources r ON r.id = s.resource_id JOIN source_files f ON f.id = s.source_file_id
         LEFT JOIN entities e ON e.id = s.entity_id LEFT JOIN entities i ON i.id = r.instance_id
         LEFT JOIN entities p ON p.id = s.peer_id
       WHERE s.id = ?`,
    )
    .safeIntegers()
    .get(id);
}

export interface LogDetailRow extends LogListRow {
  readonly entityType: string | null;
  readonly entityName: string | null;
  readonly instanceType: string | null;
  readonly instanceName: string | null;
  readonly templateId: string;
  readonly lineCount: bigint;
  readonly attributes: string | null;
  readonly resource: string;
  readonly sourcePath: string;
}
/** By primary keys. */
export function logDetailRow(database: CaseDatabase, id: number): LogDetailRow | undefined {
  return database
    .prepare<[number], LogDetailRow>(
      `SELECT l.id, l.time, l.is_time_inferred AS isTimeInferred, l.severity, NULL AS entity, m.text AS template, l.body,
         lower(hex(t.trace_id)) AS traceId, l.span_id AS spanId, e.type AS entityType, e.name AS entityName,
         i.type AS instanceType, i.name AS instanceName, m.template_id AS templateId, l.line_count AS lineCount,
         l.attributes, r.attributes AS resource, f.path AS sourcePath
       FROM log_records l JOIN log_templates m ON m.id = l.template_row JOIN resources r ON r.id = l.resource_id
         JOIN source_files f ON f.id = l.source_file_id LEFT JOIN traces t ON t.id = l.trace_row
         LEFT JOIN entities e ON e.id = l.entity_id LEFT JOIN entities i ON i.id = r.instance_id
       WHERE l.id = ?`,
    )
    .safeIntegers()
    .get(id);
}

export interface SeriesKind {
  readonly id: number;
  readonly type: string;
  readonly temporality: string;
}
/** By primary key. */
export function seriesKinds(database: CaseDatabase): (id: number) => SeriesKind | undefined {
  const statement = database.prepare<[number], SeriesKind>(
    'SELECT id, type, temporality FROM metric_series WHERE id = ?',
  );
  return (id) => statement.get(id);
}
export interface MetricRow {
  readonly name: string;
  readonly unit: string;
  readonly type: string;
  readonly seriesCount: number;
  readonly entityIds: string;
}
/** Metrics by part of their name, each with the ids of some entities; uses metric_series_by_name for order. */
export function metricsLike(
  database: CaseDatabase,
  text: string | null,
  entityId: number | null,
): readonly MetricRow[] {
  return database
    .prepare<[{ text: string | null; entityId: number | null }], MetricRow>(
      `SELECT name, unit, type, count(*) AS seriesCount, json_group_array(DISTINCT entity_id) AS entityIds
       FROM metric_series
       WHERE (@text IS NULL OR instr(lower(name), lower(@text)) > 0) AND (@entityId IS NULL OR entity_id = @entityId)
       GROUP BY name, unit, type ORDER BY name, unit, type`,
    )
    .all({ text, entityId });
}
