/** Notes, verdicts and settings: what people add to a case. Small tables, read whole or by key. */
import type { CaseDatabase } from '../case-database.ts';

export interface NoteRow {
  readonly id: bigint;
  readonly createdTime: bigint;
  readonly author: string;
  readonly text: string;
  readonly anchorTime: bigint | null;
  readonly entityType: string | null;
  readonly entityName: string | null;
  readonly anchorRef: string | null;
  readonly kind: string;
}
const NOTES = `SELECT n.id, n.created_time AS createdTime, n.author, n.text, n.anchor_time AS anchorTime,
  e.type AS entityType, e.name AS entityName, n.anchor_ref AS anchorRef, n.kind
  FROM notes n LEFT JOIN entities e ON e.id = n.entity_id`;

export function noteRows(database: CaseDatabase): readonly NoteRow[] {
  return database.prepare<[], NoteRow>(`${NOTES} ORDER BY n.created_time, n.id`).safeIntegers().all();
}
/** By primary key. */
export function noteRow(database: CaseDatabase, id: number): NoteRow | undefined {
  return database.prepare<[number], NoteRow>(`${NOTES} WHERE n.id = ?`).safeIntegers().get(id);
}

export interface NoteValues {
  readonly author: string;
  readonly text: string;
  readonly anchorTime: bigint | null;
  readonly entityId: number | null;
  readonly anchorRef: string | null;
  readonly kind: string;
}
export function insertNote(database: CaseDatabase, note: NoteValues & { readonly createdTime: bigint }): number {
  const statement = database.prepare(
    `INSERT INTO notes (created_time, author, text, anchor_time, entity_id, anchor_ref, kind)
     VALUES (@createdTime, @author, @text, @anchorTime, @entityId, @anchorRef, @kind)`,
  );
  return Number(statement.run(note).lastInsertRowid);
}
export function updateNote(database: CaseDatabase, note: NoteValues & { readonly id: number }): void {
  database
    .prepare(
      `UPDATE notes SET author = @author, text = @text, anchor_time = @anchorTime, entity_id = @entityId,
         anchor_ref = @anchorRef, kind = @kind WHERE id = @id`,
    )
    .run(note);
}
/** False when there is no such note. */
export function deleteNote(database: CaseDatabase, id: number): boolean {
  return database.prepare('DELETE FROM notes WHERE id = ?').run(id).changes > 0;
}

export interface JudgementRow {
  readonly entityType: string;
  readonly entityName: string;
  readonly faultKind: string;
  /** '' = no change is blamed. */
  readonly changeId: string;
  readonly incidentId: string;
  readonly verdict: string;
  readonly author: string;
  readonly reason: string;
  readonly time: bigint;
}
export function judgementRows(database: CaseDatabase): readonly JudgementRow[] {
  return database
    .prepare<[], JudgementRow>(
      `SELECT entity_type AS entityType, entity_name AS entityName, fault_kind AS faultKind, change_id AS changeId,
         incident_id AS incidentId, verdict, author, reason, time
       FROM judgements ORDER BY time DESC, entity_type, entity_name, fault_kind, change_id`,
    )
    .safeIntegers()
    .all();
}
/** By the primary key: a later verdict takes the place of an earlier one. */
export function upsertJudgement(database: CaseDatabase, row: JudgementRow): void {
  database
    .prepare(
      `INSERT OR REPLACE INTO judgements
         (entity_type, entity_name, fault_kind, change_id, incident_id, verdict, author, reason, time)
       VALUES (@entityType, @entityName, @faultKind, @changeId, @incidentId, @verdict, @author, @reason, @time)`,
    )
    .run(row);
}
export function deleteJudgement(
  database: CaseDatabase,
  key: Pick<JudgementRow, 'entityType' | 'entityName' | 'faultKind' | 'changeId'>,
): void {
  database
    .prepare(
      `DELETE FROM judgements WHERE entity_type = @entityType AND entity_name = @entityName
         AND fault_kind = @faultKind AND change_id = @changeId`,
    )
    .run(key);
}

/** By primary key. */
export function settingText(database: CaseDatabase, key: string): string | undefined {
  return database.prepare('SELECT json FROM settings WHERE key = ?').pluck().get(key) as string | undefined;
}
export function upsertSetting(database: CaseDatabase, key: string, json: string, time: bigint): void {
  database.prepare('INSERT OR REPLACE INTO settings (key, json, changed_time) VALUES (?, ?, ?)').run(key, json, time);
}
export function deleteSetting(database: CaseDatabase, key: string): void {
  database.prepare('DELETE FROM settings WHERE key = ?').run(key);
}
/** By the unique key (type, name). */
export function entityIdNamed(database: CaseDatabase, type: string, name: string): number | undefined {
  return database.prepare('SELECT id FROM entities WHERE type = ? AND name = ?').pluck().get(type, name) as
    number | undefined;
}
