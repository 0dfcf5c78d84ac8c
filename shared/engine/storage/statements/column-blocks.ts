/** Column blocks and their generations; `migrations/0003` says what they are. */
import type { CaseDatabase } from '../case-database.ts';

export type BlockSignal = 'spans' | 'logs' | 'points' | 'callers';

export interface StoredBlock {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly columns: Uint8Array;
}

export function insertBlock(database: CaseDatabase): (signal: BlockSignal, block: StoredBlock) => void {
  const statement = database.prepare(
    'INSERT INTO column_blocks (signal, first_row, last_row, columns) VALUES (?, ?, ?, ?)',
  );
  return (signal, { firstRow, lastRow, columns }) => void statement.run(signal, firstRow, lastRow, columns);
}

/** Blocks with a row above `after`, by row; uses column_blocks_by_row. */
export function blocksAfter(database: CaseDatabase, signal: BlockSignal, after: number): IterableIterator<StoredBlock> {
  return database
    .prepare<[string, number], StoredBlock>(
      `SELECT first_row AS firstRow, last_row AS lastRow, columns FROM column_blocks
       WHERE signal = ? AND last_row > ? ORDER BY last_row`,
    )
    .iterate(signal, after);
}

/** Blocks that came or changed behind block `id`, by row; their ids rise with every change. */
export function blocksChangedAfter(
  database: CaseDatabase,
  signal: BlockSignal,
  id: number,
): readonly (StoredBlock & { readonly id: number })[] {
  return database
    .prepare<[number, string], StoredBlock & { readonly id: number }>(
      `SELECT id, first_row AS firstRow, last_row AS lastRow, columns FROM column_blocks
       WHERE id > ? AND +signal = ? ORDER BY first_row`,
    )
    .all(id, signal);
}

/** Puts a block in the place of the one that begins at its row, under a new id, the highest of all. */
export function replaceBlock(database: CaseDatabase): (signal: BlockSignal, block: StoredBlock) => void {
  const newId = database.prepare('SELECT max(id) + 1 FROM column_blocks').pluck();
  const remove = database.prepare('DELETE FROM column_blocks WHERE signal = ? AND first_row = ?');
  const insert = database.prepare(
    'INSERT INTO column_blocks (id, signal, first_row, last_row, columns) VALUES (?, ?, ?, ?, ?)',
  );
  return (signal, { firstRow, lastRow, columns }) => {
    // Worked out before the old one goes: its id must not be given again.
    const id = newId.get() as number | null;
    remove.run(signal, firstRow);
    insert.run(id, signal, firstRow, lastRow, columns);
  };
}

/** Last row a block covers, 0 = none; uses column_blocks_by_row. */
export function lastBlockRow(database: CaseDatabase, signal: BlockSignal): number {
  return (
    (database.prepare('SELECT max(last_row) FROM column_blocks WHERE signal = ?').pluck().get(signal) as number) ?? 0
  );
}

/** Rises whenever rows of the signal were taken out, or its blocks were made anew. */
export function blockGeneration(database: CaseDatabase, signal: BlockSignal): number {
  return database.prepare('SELECT generation FROM column_state WHERE signal = ?').pluck().get(signal) as number;
}

export function dropBlocks(database: CaseDatabase, signal: BlockSignal): void {
  database.prepare('DELETE FROM column_blocks WHERE signal = ?').run(signal);
  raiseGeneration(database, signal);
}
/** Drops the blocks that hold rows from `firstRow` on; whoever does so makes blocks for what is left, before new rows come. */
export function dropBlocksFrom(database: CaseDatabase, signal: RowSignal, firstRow: number): void {
  database.prepare('DELETE FROM column_blocks WHERE signal = ? AND last_row >= ?').run(signal, firstRow);
  raiseGeneration(database, signal);
}
/** Has whoever holds columns of the signal read them again. */
export function raiseGeneration(database: CaseDatabase, signal: BlockSignal): void {
  database.prepare('UPDATE column_state SET generation = generation + 1 WHERE signal = ?').run(signal);
}
/** Changes whenever one of the generations does. */
export function generationSum(database: CaseDatabase): number {
  return database.prepare('SELECT sum(generation) FROM column_state').pluck().get() as number;
}

const TABLES = { spans: 'spans', logs: 'log_records', points: 'metric_points' } as const;
export type RowSignal = keyof typeof TABLES;

/** Highest row id of the signal's table, 0 = none; by primary key. */
export function highestRow(database: CaseDatabase, signal: RowSignal): number {
  return (database.prepare(`SELECT max(id) FROM ${TABLES[signal]}`).pluck().get() as number | null) ?? 0;
}

/** Columns of a row in the order of the signal's layout, behind its id; integers as bigint where they need 64 bits. */
const ROW_COLUMNS: Readonly<Record<RowSignal, string>> = {
  spans: `id, start_time >> 32, start_time & 4294967295, duration_ns, span_id >> 32, span_id & 4294967295,
    coalesce(parent_span_id, 0) >> 32, coalesce(parent_span_id, 0) & 4294967295, trace_row, resource_id, name_id,
    coalesce(peer_id, 0), kind * 4 + status`,
  logs: 'id, time >> 32, time & 4294967295, template_row, resource_id, severity',
  points: 'id, time >> 32, time & 4294967295, value, series_id',
};
/** Rows above `after`, by primary key; 64-bit numbers as halves of 32 bits. */
export function rowsAfter(
  database: CaseDatabase,
  signal: RowSignal,
  after: number,
  limit: number,
): IterableIterator<readonly (number | null)[]> {
  return database
    .prepare<[number, number]>(`SELECT ${ROW_COLUMNS[signal]} FROM ${TABLES[signal]} WHERE id > ? ORDER BY id LIMIT ?`)
    .raw()
    .iterate(after, limit) as IterableIterator<readonly (number | null)[]>;
}
