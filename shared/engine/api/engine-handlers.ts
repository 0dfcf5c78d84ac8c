import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';

export function engineHandlers(session: EngineSession): NamespaceHandlers<Contract, 'engine'> {
  return {
    'engine.status': async () => {
      if (!session.isOpen) return { caseFile: null, queues: [] };
      const { engine } = session;
      return { caseFile: engine.caseFile, queues: [...(await engine.queues())] };
    },
    'engine.shutdown': async () => {
      await session.close();
      return { revision: session.touch('case') };
    },
  };
}
