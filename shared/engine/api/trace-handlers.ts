import type { Contract } from '../../contract/contract.ts';
import { ContractError } from '../../contract/contract-error.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import { spansByIds } from '../storage/statements/browse-signals.ts';
import { spanBlocks } from './span-blocks.ts';
import type { EngineSession } from './engine-session.ts';
import { timeOf } from './record-pages.ts';
import { logRowsAsColumns } from './view-fields.ts';

const LOGS_PER_CHUNK = 500;

export function traceHandlers(session: EngineSession): NamespaceHandlers<Contract, 'trace'> {
  return {
    'trace.list': async (request, { signal }) => {
      const { isImporting } = session.engine;
      const { total, traces } = await session.engine.view('traceList', request, signal);
      return {
        total,
        traces: traces.map((trace) => ({ ...trace, startTime: timeOf(trace.startTime) })),
        isPartial: isImporting,
      };
    },
    'trace.edition': async ({ traceId }, { signal }) => {
      return { traceId, ...(await session.engine.view('traceEdition', traceId, signal)) };
    },
    'trace.spans': async function* ({ traceId }, { signal }) {
      const ids = await session.engine.view('traceSpanIds', traceId, signal);
      if (!ids) throw new ContractError('not_found', `The case holds no spans of trace ${traceId}.`);
      yield* spanBlocks(session.engine, spansByIds([...ids]), { maxRows: ids.length, signal });
    },
    'trace.logs': async function* ({ traceId }, { signal }) {
      for (let index = 0; ; index += LOGS_PER_CHUNK) {
        const request = { filter: { traceId }, index, limit: LOGS_PER_CHUNK };
        const { rows, total } = await session.engine.view('logRows', request, signal);
        if (rows.length > 0) yield logRowsAsColumns(rows);
        if (index + LOGS_PER_CHUNK >= total) return;
      }
    },
  };
}
