/** Turns blocks of a query into columns of the contract. */
import { ContractError } from '../../contract/contract-error.ts';
import type { StringTable } from '../../contract/columns.ts';
import type { Engine, QueryChunk, SqlValue } from '../engine-interface.ts';
import type { Statement } from '../storage/statements/browse-records.ts';

type Cells = readonly SqlValue[];

export interface ScanLimits {
  readonly maxRows: number;
  readonly signal: AbortSignal;
}
/** A scan may go through a whole case; the reader's credit, not a clock, paces it. */
const SCAN_TIMEOUT_MS = 3_600_000;

export async function* blocksOf(
  engine: Engine,
  { sql, parameters }: Statement,
  { maxRows, signal }: ScanLimits,
): AsyncGenerator<QueryChunk, void> {
  for await (const block of engine.query({
    sql,
    parameters,
    maxRows,
    signal,
    timeoutMs: SCAN_TIMEOUT_MS,
    isOwn: true,
  })) {
    if (block.rowCount > 0) yield block;
  }
}

/** Column `index` of a block; a statement that lacks it is a bug. */
export function cellsOf(block: QueryChunk, index: number): Cells {
  const cells = block.values[index];
  if (cells) return cells;
  throw new ContractError('internal', `The statement answered without column ${index}.`);
}

export function float64Column(cells: Cells, missing: number): Float64Array {
  return Float64Array.from(cells, (cell) => (cell === null ? missing : Number(cell)));
}
export function uint8Column(cells: Cells): Uint8Array {
  return Uint8Array.from(cells, (cell) => Number(cell ?? 0));
}
export function int64Column(cells: Cells): BigInt64Array {
  return BigInt64Array.from(cells, integer);
}
/** SQLite stores 64-bit ids signed; null is 0. */
export function uint64Column(cells: Cells): BigUint64Array {
  return BigUint64Array.from(cells, (cell) => BigInt.asUintN(64, integer(cell)));
}
export function textColumn(cells: Cells, table: StringTable): Int32Array {
  return Int32Array.from(cells, (cell) => table.indexOf(cell === null ? null : String(cell)));
}

function integer(cell: SqlValue): bigint {
  return typeof cell === 'bigint' || typeof cell === 'number' ? BigInt(cell) : 0n;
}
