import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';

export function entityHandlers(session: EngineSession): NamespaceHandlers<Contract, 'entity'> {
  return {
    'entity.list': async (filter) => {
      const entities = await session.engine.entities(filter);
      return { entities: entities.map((entity) => ({ ...entity, aliases: [...entity.aliases] })) };
    },
  };
}
