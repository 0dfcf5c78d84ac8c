import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';

export function quarantineHandlers(session: EngineSession): NamespaceHandlers<Contract, 'quarantine'> {
  return {
    'quarantine.list': async (filter) => {
      const { total, records } = await session.engine.quarantine(filter);
      return { total, records: [...records] };
    },
  };
}
