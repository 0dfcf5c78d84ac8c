/** Pages of records: one query, rows as objects keyed by column name. */
import type { EntityRef } from '../../model/entity.ts';
import type { Attributes } from '../../model/resource.ts';
import { unixNano } from '../../model/time.ts';
import type { UnixNano } from '../../model/time.ts';
import type { Engine, SqlValue } from '../engine-interface.ts';
import type { Statement } from '../storage/statements/browse-records.ts';

export type RecordRow = Readonly<Record<string, SqlValue>>;

export async function rowsOf(
  engine: Engine,
  { sql, parameters }: Statement,
  signal: AbortSignal,
): Promise<RecordRow[]> {
  const rows: RecordRow[] = [];
  for await (const block of engine.query({ sql, parameters, signal, isOwn: true })) {
    for (let row = 0; row < block.rowCount; row++) {
      rows.push(Object.fromEntries(block.columns.map((name, column) => [name, block.values[column]?.[row] ?? null])));
    }
  }
  return rows;
}

/** Row id to go on after when the page was full. */
export function nextAfter(rows: readonly RecordRow[], limit: number): number | null {
  const last = rows.at(-1);
  return last && rows.length === limit ? Number(last['id']) : null;
}

export function textOf(value: SqlValue | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}
export function textOrNull(value: SqlValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
export function timeOf(value: SqlValue | undefined): UnixNano {
  return unixNano(typeof value === 'bigint' || typeof value === 'number' ? value : 0);
}
export function timeOrNull(value: SqlValue | undefined): UnixNano | null {
  return value === null || value === undefined ? null : timeOf(value);
}
export function attributesOf(value: SqlValue | undefined): Attributes {
  return typeof value === 'string' && value !== '' ? (JSON.parse(value) as Attributes) : {};
}
export function entitiesOf(value: SqlValue | undefined): EntityRef[] {
  return typeof value === 'string' ? (JSON.parse(value) as EntityRef[]) : [];
}
