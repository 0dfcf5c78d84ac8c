import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';
import { incidentOf, newestAnalysis } from './newest-analysis.ts';

export function incidentHandlers(session: EngineSession): NamespaceHandlers<Contract, 'incident'> {
  return {
    'incident.list': async () => {
      const { result } = await newestAnalysis(session);
      const { fingerprint, window, abstained, abstainReason, blindSpots, metrics } = result;
      const incidents = result.incidents.map(({ id, title, severity, start, end, alerts, findings, hypotheses }) => ({
        id,
        title,
        severity,
        start,
        end,
        alertCount: alerts.length,
        findingCount: findings.length,
        hypothesisCount: hypotheses.length,
      }));
      return { fingerprint, window, incidents, abstained, abstainReason, blindSpots: [...blindSpots], metrics };
    },
    'incident.get': async ({ incidentId }) => incidentOf((await newestAnalysis(session)).result, incidentId),
  };
}
