import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';

export function evidenceHandlers(session: EngineSession): NamespaceHandlers<Contract, 'evidence'> {
  return {
    'evidence.strike': async (strike) => {
      await session.engine.strike(strike);
      return { revision: session.touch('judgements') };
    },
  };
}
