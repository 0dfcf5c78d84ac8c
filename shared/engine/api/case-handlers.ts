import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers, OutputOf } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';

export function caseHandlers(session: EngineSession): NamespaceHandlers<Contract, 'case'> {
  const summary = async (): Promise<OutputOf<Contract['case.summary']>> => {
    const info = await session.engine.info();
    return { ...info, revision: session.revision };
  };
  return {
    'case.open': async ({ caseFile, isReadOnly, parseThreads }) => {
      await session.open({ caseFile, isReadOnly, parseThreads });
      session.nextRevision();
      return summary();
    },
    'case.close': async () => {
      await session.close();
      return { revision: session.nextRevision() };
    },
    'case.summary': summary,
  };
}
