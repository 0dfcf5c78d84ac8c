import { StringTable } from '../../contract/columns.ts';
import type { Contract } from '../../contract/contract.ts';
import type { ChunkOf, NamespaceHandlers } from '../../contract/derived-types.ts';
import { logViewHandlers } from './log-view-handlers.ts';
import { scanLogRecords, searchLogRecords } from '../storage/statements/browse-signals.ts';
import type { Statement } from '../storage/statements/browse-records.ts';
import { blocksOf, cellsOf, float64Column, int64Column, textColumn, uint8Column } from './column-blocks.ts';
import type { ScanLimits } from './column-blocks.ts';
import type { EngineSession } from './engine-session.ts';

export function logHandlers(session: EngineSession): NamespaceHandlers<Contract, 'log'> {
  return {
    'log.scan': (filter, { signal }) => logBlocks(session, scanLogRecords(filter), { maxRows: filter.maxRows, signal }),
    'log.search': (search, { signal }) =>
      logBlocks(session, searchLogRecords(search), { maxRows: search.maxRows, signal }),
    ...logViewHandlers(session),
  };
}

async function* logBlocks(
  session: EngineSession,
  statement: Statement,
  limits: ScanLimits,
): AsyncGenerator<ChunkOf<Contract['log.scan']>, void> {
  for await (const block of blocksOf(session.engine, statement, limits)) {
    const table = new StringTable();
    yield {
      rowCount: block.rowCount,
      rowId: float64Column(cellsOf(block, 0), 0),
      timeUnixNano: int64Column(cellsOf(block, 1)),
      severityNumber: uint8Column(cellsOf(block, 2)),
      entity: textColumn(cellsOf(block, 3), table),
      template: textColumn(cellsOf(block, 4), table),
      body: textColumn(cellsOf(block, 5), table),
      strings: table.strings,
    };
  }
}
