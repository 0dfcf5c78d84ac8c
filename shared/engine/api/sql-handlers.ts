import type { Contract } from '../../contract/contract.ts';
import { ContractError } from '../../contract/contract-error.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import { encodeSqlColumns } from '../../contract/sql-columns.ts';
import type { EngineSession } from './engine-session.ts';

/** Few statements run at once: guests together get half of the places, and nobody of them for long. */
const MOST_OF_GUESTS = 2;
const GUEST_TIMEOUT_MS = 60_000;

export function sqlHandlers(session: EngineSession): NamespaceHandlers<Contract, 'sql'> {
  let ofGuests = 0;
  return {
    'sql.run': async function* (request, { scope, signal }) {
      const isGuest = scope === 'viewer';
      if (isGuest && ofGuests >= MOST_OF_GUESTS) {
        throw new ContractError('resource_exhausted', 'Other guests run statements already. Try again in a moment.');
      }
      const timeoutMs = isGuest ? Math.min(GUEST_TIMEOUT_MS, request.timeoutMs) : request.timeoutMs;
      if (isGuest) ofGuests++;
      try {
        for await (const block of session.engine.query({ ...request, timeoutMs, signal })) {
          yield encodeSqlColumns(block.columns, block.values, block.rowCount, block.isTruncated);
        }
      } finally {
        if (isGuest) ofGuests--;
      }
    },
  };
}
