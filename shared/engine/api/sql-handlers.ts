import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import { encodeSqlColumns } from '../../contract/sql-columns.ts';
import type { EngineSession } from './engine-session.ts';

export function sqlHandlers(session: EngineSession): NamespaceHandlers<Contract, 'sql'> {
  return {
    'sql.run': async function* (request, { signal }) {
      for await (const block of session.engine.query({ ...request, signal })) {
        yield encodeSqlColumns(block.columns, block.values, block.rowCount, block.isTruncated);
      }
    },
  };
}
