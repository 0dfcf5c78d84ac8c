import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';
import { incidentOf, newestAnswer } from './newest-analysis.ts';

export function incidentHandlers(session: EngineSession): NamespaceHandlers<Contract, 'incident'> {
  return {
    'incident.list': async () => {
      const { result, abstained, abstainReason, incidents } = await newestAnswer(session);
      const { fingerprint, window, blindSpots, metrics } = result;
      const listed = incidents.map(({ id, title, severity, start, end, alerts, findings, hypotheses, decisions }) => ({
        id,
        title,
        severity,
        start,
        end,
        alertCount: alerts.length,
        findingCount: findings.length,
        hypothesisCount: hypotheses.length,
        decisions: [...(decisions ?? [])],
      }));
      return { fingerprint, window, incidents: listed, abstained, abstainReason, blindSpots: [...blindSpots], metrics };
    },
    'incident.get': async ({ incidentId }) => incidentOf(await newestAnswer(session), incidentId),
  };
}
