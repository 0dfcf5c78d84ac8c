import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';

export function schemaHandlers(session: EngineSession): NamespaceHandlers<Contract, 'schema'> {
  return {
    'schema.get': async () => {
      const tables = await session.engine.schema();
      return { tables: tables.map((table) => ({ ...table, columns: [...table.columns] })) };
    },
  };
}
