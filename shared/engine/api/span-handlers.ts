import { StringTable } from '../../contract/columns.ts';
import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import { scanSpans } from '../storage/statements/browse-signals.ts';
import {
  blocksOf,
  cellsOf,
  float64Column,
  int64Column,
  textColumn,
  uint64Column,
  uint8Column,
} from './column-blocks.ts';
import type { EngineSession } from './engine-session.ts';

export function spanHandlers(session: EngineSession): NamespaceHandlers<Contract, 'span'> {
  return {
    'span.scan': async function* (filter, { signal }) {
      for await (const block of blocksOf(session.engine, scanSpans(filter), { maxRows: filter.maxRows, signal })) {
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
    },
  };
}
