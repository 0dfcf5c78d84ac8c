/** Alerts, changes, events, edges and quarantine. Their unique keys fold records that come twice. */
import type { CaseDatabase } from '../case-database.ts';

export interface AlertRow {
  readonly sourceFileId: number;
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
/** Undefined when the same alert (external id, start) is there already. */
export function insertAlert(database: CaseDatabase): (row: AlertRow) => number | undefined {
  const statement = database.prepare(
    `INSERT INTO alerts (source_file_id, external_id, name, summary, severity, state, start_time, end_time, labels, annotations, signal, source_url)
     VALUES (@sourceFileId, @externalId, @name, @summary, @severity, @state, @startTime, @endTime, @labels, @annotations, @signal, @sourceUrl)
     ON CONFLICT (external_id, start_time) DO NOTHING`,
  );
  return (row) => insertedRowId(statement.run(row));
}
/** A repeat that knows the end resolves the alert; by the unique key. */
export function updateRepeatedAlert(database: CaseDatabase): (row: AlertRow) => void {
  const statement = database.prepare(
    `UPDATE alerts SET state = CASE WHEN @endTime IS NOT NULL OR end_time IS NULL THEN @state ELSE state END,
       end_time = CASE WHEN @endTime IS NULL THEN end_time WHEN end_time IS NULL OR @endTime > end_time THEN @endTime ELSE end_time END
     WHERE external_id = @externalId AND start_time = @startTime`,
  );
  return ({ state, endTime, externalId, startTime }) => void statement.run({ state, endTime, externalId, startTime });
}

export interface ChangeRow {
  readonly sourceFileId: number;
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
/** Undefined when the same change (external id, start, kind) is there already. */
export function insertChange(database: CaseDatabase): (row: ChangeRow) => number | undefined {
  const statement = database.prepare(
    `INSERT INTO changes (source_file_id, external_id, kind, title, status, start_time, end_time, revision, author, description, attributes, source_url)
     VALUES (@sourceFileId, @externalId, @kind, @title, @status, @startTime, @endTime, @revision, @author, @description, @attributes, @sourceUrl)
     ON CONFLICT (external_id, start_time, kind) DO NOTHING`,
  );
  return (row) => insertedRowId(statement.run(row));
}
/** A repeat that knows how it ended completes the change; by the unique key. */
export function updateRepeatedChange(database: CaseDatabase): (row: ChangeRow) => void {
  const statement = database.prepare(
    `UPDATE changes SET end_time = coalesce(@endTime, end_time),
       status = CASE WHEN @status IN ('unknown', 'started') THEN status ELSE @status END
     WHERE external_id = @externalId AND start_time = @startTime AND kind = @kind`,
  );
  return ({ status, endTime, externalId, startTime, kind }) =>
    void statement.run({ status, endTime, externalId, startTime, kind });
}

export interface EventRow {
  readonly sourceFileId: number;
  readonly externalId: string;
  readonly reason: string;
  readonly message: string;
  readonly severity: string;
  readonly startTime: bigint;
  readonly endTime: bigint;
  readonly count: number;
  readonly isTimeInferred: number;
  readonly attributes: string | null;
}
/** Undefined when the same event (external id, start, reason) is there already. */
export function insertEvent(database: CaseDatabase): (row: EventRow) => number | undefined {
  const statement = database.prepare(
    `INSERT INTO events (source_file_id, external_id, reason, message, severity, start_time, end_time, count, is_time_inferred, attributes)
     VALUES (@sourceFileId, @externalId, @reason, @message, @severity, @startTime, @endTime, @count, @isTimeInferred, @attributes)
     ON CONFLICT DO NOTHING`,
  );
  return (row) => insertedRowId(statement.run(row));
}
/** A later copy of a counted event has the higher count and end; by events_by_external_id. */
export function updateRepeatedEvent(database: CaseDatabase): (row: EventRow) => void {
  const statement = database.prepare(
    `UPDATE events SET count = max(count, @count), end_time = max(end_time, @endTime)
     WHERE external_id = @externalId AND external_id <> '' AND start_time = @startTime AND reason = @reason`,
  );
  return ({ count, endTime, externalId, startTime, reason }) =>
    void statement.run({ count, endTime, externalId, startTime, reason });
}

export type SubjectTable = 'alert' | 'change' | 'event';
/** Links a record to an entity it is about; position 0 is the most specific. */
export function insertSubject(
  database: CaseDatabase,
  table: SubjectTable,
): (rowId: number, position: number, entityId: number) => void {
  const statement = database.prepare(
    `INSERT INTO ${table}_entities (${table}_id, position, entity_id) VALUES (?, ?, ?)`,
  );
  return (rowId, position, entityId) => void statement.run(rowId, position, entityId);
}

export interface EdgeRow {
  readonly sourceFileId: number;
  readonly kind: string;
  readonly fromId: number;
  readonly toId: number;
  readonly provenance: string;
  readonly attributes: string | null;
}
/** False when the same edge of the same provenance is there already. */
export function insertEdge(database: CaseDatabase): (row: EdgeRow) => boolean {
  const statement = database.prepare(
    `INSERT INTO edges (source_file_id, kind, from_id, to_id, provenance, attributes)
     VALUES (@sourceFileId, @kind, @fromId, @toId, @provenance, @attributes)
     ON CONFLICT (kind, from_id, to_id, provenance) DO NOTHING`,
  );
  return (row) => statement.run(row).changes > 0;
}

export function insertQuarantined(
  database: CaseDatabase,
): (sourceFileId: number, line: number, byteOffset: number, reason: string, excerpt: string) => void {
  const statement = database.prepare(
    'INSERT INTO quarantine (source_file_id, line, byte_offset, reason, excerpt) VALUES (?, ?, ?, ?, ?)',
  );
  return (sourceFileId, line, byteOffset, reason, excerpt) =>
    void statement.run(sourceFileId, line, byteOffset, reason, excerpt);
}

function insertedRowId(result: {
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
}): number | undefined {
  return result.changes > 0 ? Number(result.lastInsertRowid) : undefined;
}
