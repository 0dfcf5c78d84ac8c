/** Takes rows of a file out of a case again, and what only they gave meaning to. Scans the big tables. */
import type { CaseDatabase } from '../case-database.ts';
import { highestLogId, lastIndexedLogId, setLastIndexedLogId } from './full-text.ts';

export type BigTable = 'spans' | 'log_records' | 'metric_points';

export interface RowsOfFile {
  readonly count: number;
  readonly first: number;
  readonly last: number;
}
/** Where the rows of a file lie; they need not be all there are in between. */
export function rowsOfFile(database: CaseDatabase, table: BigTable, fileId: number): RowsOfFile | undefined {
  const row = database
    .prepare<[number], { count: number; first: number | null; last: number | null }>(
      `SELECT count(*) AS count, min(id) AS first, max(id) AS last FROM ${table} WHERE source_file_id = ?`,
    )
    .get(fileId);
  return row?.first == null || row.last == null ? undefined : { count: row.count, first: row.first, last: row.last };
}

/** Rows of the file with `from` ≤ id ≤ `to`; a range of the primary key. */
export function deleteRowsOfFile(
  database: CaseDatabase,
  table: BigTable,
): (fileId: number, from: number, to: number) => void {
  const statement = database.prepare(`DELETE FROM ${table} WHERE id BETWEEN ? AND ? AND source_file_id = ?`);
  return (fileId, from, to) => void statement.run(from, to, fileId);
}

/** Whether the full-text index is cheaper to begin anew than to take a file's bodies out of. */
export function isMostOfFullText(database: CaseDatabase, { count }: RowsOfFile): boolean {
  return count * 2 > highestLogId(database);
}
/** Takes bodies of the file with `from` ≤ id ≤ `to` out of the full-text index, before their rows go. */
export function forgetLogText(database: CaseDatabase): (fileId: number, from: number, to: number) => void {
  const indexed = lastIndexedLogId(database);
  const statement = database.prepare(
    `INSERT INTO log_text (log_text, rowid, body)
       SELECT 'delete', id, body FROM log_records WHERE id BETWEEN ? AND ? AND source_file_id = ?`,
  );
  return (fileId, from, to) => {
    if (from <= indexed) statement.run(from, Math.min(to, indexed), fileId);
  };
}
/** After rows went: ids above the highest will be given anew and are not indexed. */
export function capFullText(database: CaseDatabase): void {
  const highest = highestLogId(database);
  if (lastIndexedLogId(database) > highest) setLastIndexedLogId(database, highest);
}

/** The small rows of a file, and its line in the list of files. */
export function deleteSmallRowsOfFile(database: CaseDatabase, fileId: number): void {
  for (const table of ['alert', 'change', 'event']) {
    database
      .prepare(`DELETE FROM ${table}_entities WHERE ${table}_id IN (SELECT id FROM ${table}s WHERE source_file_id = ?)`)
      .run(fileId);
  }
  for (const table of ['alerts', 'changes', 'events', 'quarantine'])
    database.prepare(`DELETE FROM ${table} WHERE source_file_id = ?`).run(fileId);
}
export function deleteSourceFile(database: CaseDatabase, fileId: number): void {
  database.prepare('DELETE FROM source_files WHERE id = ?').run(fileId);
}

/** Every stored answer of the analysis: its links to rows would lead nowhere, or to other rows. */
export function deleteAnalyses(database: CaseDatabase): void {
  for (const table of ['evidence', 'hypotheses', 'incidents', 'findings', 'analyses'])
    database.prepare(`DELETE FROM ${table}`).run();
}

/** Series without a point and resources without a record. Their ids may be given anew. */
export function deleteUnusedDictionaryRows(database: CaseDatabase): void {
  database.prepare('DELETE FROM metric_series WHERE id NOT IN (SELECT series_id FROM metric_points)').run();
  database
    .prepare(
      `DELETE FROM resources WHERE id NOT IN
         (SELECT resource_id FROM spans UNION SELECT resource_id FROM log_records UNION SELECT resource_id FROM metric_series)`,
    )
    .run();
}

/** What a resource states: its instance is part of its entity and runs on its node. */
const STATED_BY_A_RESOURCE = `EXISTS (SELECT 1 FROM resources r WHERE
  (edges.kind = 'partOf' AND r.instance_id = edges.from_id AND r.entity_id = edges.to_id)
  OR (edges.kind = 'runsOn' AND coalesce(r.instance_id, r.entity_id) = edges.from_id AND r.node_id = edges.to_id))`;

/** Edges of a file go, but those that resources of other files state as well: these lose only its name. */
export function deleteEdgesOfFile(database: CaseDatabase, fileId: number): void {
  database
    .prepare(`UPDATE edges SET source_file_id = NULL WHERE source_file_id = ? AND ${STATED_BY_A_RESOURCE}`)
    .run(fileId);
  database.prepare('DELETE FROM edges WHERE source_file_id = ?').run(fileId);
  database
    .prepare(
      `DELETE FROM edges WHERE source_file_id IS NULL AND kind IN ('partOf', 'runsOn')
         AND provenance IN ('spans', 'logs', 'metrics') AND NOT ${STATED_BY_A_RESOURCE}`,
    )
    .run();
}

/** Entities that send telemetry are those a resource names. */
export function recountInstrumented(database: CaseDatabase): void {
  database
    .prepare(
      `UPDATE entities SET is_instrumented = EXISTS (SELECT 1 FROM resources r WHERE r.entity_id = entities.id
         OR r.instance_id = entities.id OR (r.entity_id IS NULL AND r.instance_id IS NULL AND r.node_id = entities.id))`,
    )
    .run();
}

/** Entities that nothing in the case names. Not to be used when a file may have declared some without more. */
export function deleteUnusedEntities(database: CaseDatabase): void {
  const named = `SELECT entity_id FROM resources UNION SELECT instance_id FROM resources UNION SELECT node_id FROM resources
    UNION SELECT peer_id FROM spans UNION SELECT from_id FROM edges UNION SELECT to_id FROM edges
    UNION SELECT entity_id FROM alert_entities UNION SELECT entity_id FROM change_entities
    UNION SELECT entity_id FROM event_entities UNION SELECT entity_id FROM notes`;
  const unnamed = `id NOT IN (SELECT entity_id FROM (${named}) WHERE entity_id IS NOT NULL)`;
  database.prepare(`DELETE FROM entity_aliases WHERE entity_id IN (SELECT id FROM entities WHERE ${unnamed})`).run();
  database.prepare(`DELETE FROM entities WHERE ${unnamed}`).run();
}

const NOTED_TABLES: Readonly<Record<string, string>> = {
  span: 'spans',
  log: 'log_records',
  series: 'metric_series',
  alert: 'alerts',
  change: 'changes',
  event: 'events',
  edge: 'edges',
  entity: 'entities',
  finding: 'findings',
  quarantine: 'quarantine',
};
/** Notes on rows that are gone keep their time, entity and words. */
export function unanchorNotes(database: CaseDatabase): void {
  const anchored = database
    .prepare<[], { id: number; ref: string }>('SELECT id, anchor_ref AS ref FROM notes WHERE anchor_ref IS NOT NULL')
    .all();
  const forget = database.prepare('UPDATE notes SET anchor_ref = NULL WHERE id = ?');
  for (const { id, ref } of anchored) {
    const [, kind = '', rowId] = /^([a-z]+):(\d{1,15})/.exec(ref) ?? [];
    const table = NOTED_TABLES[kind];
    if (table === undefined) continue;
    if (database.prepare(`SELECT 1 FROM ${table} WHERE id = ?`).get(Number(rowId)) === undefined) forget.run(id);
  }
}
