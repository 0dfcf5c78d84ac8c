/** From what view threads answer to what the contract promises. */
import { StringTable } from '../../contract/columns.ts';
import type { OutputOf } from '../../contract/derived-types.ts';
import type { Contract } from '../../contract/contract.ts';
import type { EntityRef, EntityType } from '../../model/entity.ts';
import type { LogListRow } from '../storage/statements/view-reads.ts';

/** null unless both are there. */
export function entityOrNull(type: string | null, name: string | null): EntityRef | null {
  return type === null || name === null ? null : { type: type as EntityType, name };
}

/** Records as columns, in the order given. */
export function logRowsAsColumns(rows: readonly LogListRow[]): OutputOf<Contract['log.rows']>['columns'] {
  const table = new StringTable();
  const text = (of: (row: LogListRow) => string | null): Int32Array =>
    Int32Array.from(rows, (row) => table.indexOf(of(row)));
  return {
    rowCount: rows.length,
    rowId: Float64Array.from(rows, ({ id }) => Number(id)),
    timeUnixNano: BigInt64Array.from(rows, ({ time }) => time),
    isTimeInferred: Uint8Array.from(rows, ({ isTimeInferred }) => Number(isTimeInferred)),
    severityNumber: Uint8Array.from(rows, ({ severity }) => Number(severity)),
    entity: text(({ entity }) => entity),
    template: text(({ template }) => template),
    body: text(({ body }) => body),
    traceId: text(({ traceId }) => traceId),
    spanId: BigUint64Array.from(rows, ({ spanId }) => BigInt.asUintN(64, spanId ?? 0n)),
    strings: table.strings,
  };
}
