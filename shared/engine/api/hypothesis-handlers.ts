import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';

export function hypothesisHandlers(session: EngineSession): NamespaceHandlers<Contract, 'hypothesis'> {
  return {
    'hypothesis.judge': async (judgement) => {
      await session.engine.judge(judgement);
      return { revision: session.touch('judgements') };
    },
    'hypothesis.judgements': async () => ({ judgements: [...(await session.engine.judgements())] }),
  };
}
