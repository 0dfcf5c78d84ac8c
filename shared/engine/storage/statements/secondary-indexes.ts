/**
 * Indexes of the big tables. They are not part of the migrations because an import into an empty or small case is faster
 * when they are built afterwards; a case whose import was killed may lack some until it is next opened for writing.
 * `openForReading` works without them, only slower.
 */
import type { CaseDatabase } from '../case-database.ts';

export interface SecondaryIndex {
  readonly name: string;
  readonly table: 'spans' | 'traces' | 'log_records' | 'metric_points';
  readonly sql: string;
}

export const secondaryIndexes: readonly SecondaryIndex[] = [
  index('traces_by_trace_id', 'traces', '(trace_id)'),
  index('spans_by_trace', 'spans', '(trace_row)'),
  index('spans_by_entity_and_time', 'spans', '(entity_id, start_time)'),
  index('log_records_by_time', 'log_records', '(time)'),
  index('log_records_by_template', 'log_records', '(template_row)'),
  index('log_records_by_trace', 'log_records', '(trace_row) WHERE trace_row IS NOT NULL'),
  index('metric_points_by_series_and_time', 'metric_points', '(series_id, time)'),
];

function index(name: string, table: SecondaryIndex['table'], on: string): SecondaryIndex {
  return { name, table, sql: `CREATE INDEX IF NOT EXISTS ${name} ON ${table} ${on}` };
}

export function missingIndexes(database: CaseDatabase): readonly SecondaryIndex[] {
  const present = new Set(
    database.prepare("SELECT name FROM sqlite_schema WHERE type = 'index'").pluck().all() as string[],
  );
  return secondaryIndexes.filter(({ name }) => !present.has(name));
}

/** Rows in a table, as far as its highest row id tells: O(log n). */
export function highestRowId(database: CaseDatabase, table: SecondaryIndex['table']): number {
  return (database.prepare(`SELECT max(id) FROM ${table}`).pluck().get() as number | null) ?? 0;
}

/**
 * Drops the indexes of tables that are small beside what is about to be added; building anew costs about 0.3 µs per row,
 * keeping up about 1 µs per added row, so dropping pays off when the added rows are more than a third of those present.
 */
export function dropIndexesForLoad(database: CaseDatabase, expectedNewRows: number): void {
  for (const { name, table } of secondaryIndexes) {
    const expected = table === 'traces' ? expectedNewRows / SPANS_PER_TRACE : expectedNewRows;
    if (highestRowId(database, table) < expected * 3) database.exec(`DROP INDEX IF EXISTS ${name}`);
  }
}
/** At least so many, mostly. Whoever opens a trace while its index is missing waits for a walk over all of them. */
const SPANS_PER_TRACE = 5;

export function buildIndex(database: CaseDatabase, { sql }: SecondaryIndex): void {
  database.exec(sql);
}
