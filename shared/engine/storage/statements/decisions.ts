/** What people decide about an answer: evidence struck out, signals grouped. Small tables, read whole or by key. */
import type { CaseDatabase } from '../case-database.ts';

export interface StrikeRow {
  readonly entityType: string;
  readonly entityName: string;
  readonly signal: string;
  readonly text: string;
  readonly author: string;
  readonly time: bigint;
}
export function strikeRows(database: CaseDatabase): readonly StrikeRow[] {
  return database
    .prepare<[], StrikeRow>(
      `SELECT entity_type AS entityType, entity_name AS entityName, signal, text, author, time
       FROM strikes ORDER BY time, entity_type, entity_name, signal, text`,
    )
    .safeIntegers()
    .all();
}
/** By the primary key. */
export function upsertStrike(database: CaseDatabase, row: StrikeRow): void {
  database
    .prepare(
      `INSERT OR REPLACE INTO strikes (entity_type, entity_name, signal, text, author, time)
       VALUES (@entityType, @entityName, @signal, @text, @author, @time)`,
    )
    .run(row);
}
export function deleteStrike(database: CaseDatabase, key: Omit<StrikeRow, 'author' | 'time'>): void {
  database
    .prepare(
      `DELETE FROM strikes WHERE entity_type = @entityType AND entity_name = @entityName
         AND signal = @signal AND text = @text`,
    )
    .run(key);
}

export interface GroupingRow {
  readonly id: bigint;
  readonly kind: string;
  /** JSON. */
  readonly members: string;
  readonly others: string;
  readonly isActive: bigint;
  readonly author: string;
  readonly time: bigint;
}
/** In the order they were decided. */
export function groupingRows(database: CaseDatabase): readonly GroupingRow[] {
  return database
    .prepare<[], GroupingRow>(
      'SELECT id, kind, members, others, is_active AS isActive, author, time FROM groupings ORDER BY id',
    )
    .safeIntegers()
    .all();
}
export function insertGrouping(database: CaseDatabase, row: Omit<GroupingRow, 'id' | 'isActive'>): number {
  const statement = database.prepare(
    `INSERT INTO groupings (kind, members, others, is_active, author, time)
     VALUES (@kind, @members, @others, 1, @author, @time)`,
  );
  return Number(statement.run(row).lastInsertRowid);
}
/** By primary key, in the order asked; undefined for rows there are none of. */
export function alertIdentities(
  database: CaseDatabase,
  ids: readonly number[],
): readonly ({ readonly externalId: string; readonly startTime: bigint } | undefined)[] {
  const statement = database
    .prepare<[number], { readonly externalId: string; readonly startTime: bigint }>(
      'SELECT external_id AS externalId, start_time AS startTime FROM alerts WHERE id = ?',
    )
    .safeIntegers();
  return ids.map((id) => statement.get(id));
}
/** False when there is no such grouping. */
export function updateGroupingActive(database: CaseDatabase, id: number, isActive: boolean): boolean {
  return database.prepare('UPDATE groupings SET is_active = ? WHERE id = ?').run(Number(isActive), id).changes > 0;
}
