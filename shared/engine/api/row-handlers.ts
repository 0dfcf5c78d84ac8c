import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';

export function rowHandlers(session: EngineSession): NamespaceHandlers<Contract, 'row'> {
  return {
    'row.get': async ({ refs }) => {
      const rows = await session.engine.rows(refs);
      return { rows: rows.map((row) => ({ ...row, fields: [...row.fields] })) };
    },
  };
}
