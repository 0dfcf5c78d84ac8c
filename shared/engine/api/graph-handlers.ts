import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';
import { newestAnalysis } from './newest-analysis.ts';

export function graphHandlers(session: EngineSession): NamespaceHandlers<Contract, 'graph'> {
  return {
    'graph.get': async () => {
      const { nodes, edges } = (await newestAnalysis(session)).result.graph;
      return { nodes: [...nodes], edges: [...edges] };
    },
  };
}
