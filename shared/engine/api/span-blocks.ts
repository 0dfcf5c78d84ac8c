/** Blocks of a span statement as columns of the contract. */
import { StringTable } from '../../contract/columns.ts';
import type { Contract } from '../../contract/contract.ts';
import type { ChunkOf } from '../../contract/derived-types.ts';
import type { Engine } from '../engine-interface.ts';
import type { Statement } from '../storage/statements/browse-records.ts';
import {
  blocksOf,
  cellsOf,
  float64Column,
  int64Column,
  textColumn,
  uint64Column,
  uint8Column,
  type ScanLimits,
} from './column-blocks.ts';

export async function* spanBlocks(
  engine: Engine,
  statement: Statement,
  limits: ScanLimits,
): AsyncGenerator<ChunkOf<Contract['span.scan']>, void> {
  for await (const block of blocksOf(engine, statement, limits)) {
    const table = new StringTable();
    yield {
      rowCount: block.rowCount,
      rowId: float64Column(cellsOf(block, 0), 0),
      traceId: textColumn(cellsOf(block, 1), table),
      spanId: uint64Column(cellsOf(block, 2)),
      parentSpanId: uint64Column(cellsOf(block, 3)),
      startTimeUnixNano: int64Column(cellsOf(block, 4)),
      durationNs: float64Column(cellsOf(block, 5), 0),
      spanKind: uint8Column(cellsOf(block, 6)),
      status: uint8Column(cellsOf(block, 7)),
      entity: textColumn(cellsOf(block, 8), table),
      peer: textColumn(cellsOf(block, 9), table),
      name: textColumn(cellsOf(block, 10), table),
      strings: table.strings,
    };
  }
}
