/** The full-text index of log bodies, built in blocks beside or after the load. */
import type { CaseDatabase } from '../case-database.ts';

/** Highest log record id that is in the index; by primary key. */
export function lastIndexedLogId(database: CaseDatabase): number {
  return database.prepare('SELECT last_log_id FROM full_text_state WHERE id = 1').pluck().get() as number;
}
/** 0 for none; by primary key. */
export function highestLogId(database: CaseDatabase): number {
  return (database.prepare('SELECT max(id) FROM log_records').pluck().get() as number | null) ?? 0;
}
/** Adds records with `after` < id ≤ `upTo`; a range of the primary key. Run in one transaction with `setLastIndexedLogId`. */
export function indexLogBodies(database: CaseDatabase, after: number, upTo: number): void {
  database
    .prepare('INSERT INTO log_text (rowid, body) SELECT id, body FROM log_records WHERE id > ? AND id <= ? ORDER BY id')
    .run(after, upTo);
}
export function setLastIndexedLogId(database: CaseDatabase, id: number): void {
  database.prepare('UPDATE full_text_state SET last_log_id = ? WHERE id = 1').run(id);
}
/** Empties the index; it is then rebuilt from the first record on. */
export function clearFullText(database: CaseDatabase): void {
  database.prepare("INSERT INTO log_text (log_text) VALUES ('delete-all')").run();
  setLastIndexedLogId(database, 0);
}
