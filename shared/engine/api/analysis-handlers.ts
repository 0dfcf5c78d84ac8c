import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';
import { newestAnalysis } from './newest-analysis.ts';

export function analysisHandlers(session: EngineSession): NamespaceHandlers<Contract, 'analysis'> {
  return {
    'analysis.start': async (request) => {
      const started = await session.engine.analyze(request);
      return { jobId: session.rememberAnalysis(started), revision: session.touch('jobs') };
    },
    'analysis.get': ({ jobId }) => (jobId === undefined ? newestAnalysis(session) : session.analysisResult(jobId)),
  };
}
