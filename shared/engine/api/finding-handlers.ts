import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';
import { incidentOf, newestAnalysis } from './newest-analysis.ts';

export function findingHandlers(session: EngineSession): NamespaceHandlers<Contract, 'finding'> {
  return {
    'finding.list': async ({ incidentId }) => {
      const { result } = await newestAnalysis(session);
      if (incidentId === undefined) return { findings: [...result.findings] };
      const wanted = new Set(incidentOf(result, incidentId).findings);
      return { findings: result.findings.filter(({ id }) => wanted.has(id)) };
    },
  };
}
