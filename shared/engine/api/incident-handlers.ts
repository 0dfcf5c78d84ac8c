import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { JudgedIncident } from '../../contract/note-schemas.ts';
import type { Hypothesis, Incident } from '../../model/analysis-result.ts';
import type { Judgement } from '../storage/annotations.ts';
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
    'incident.get': async ({ incidentId }) => {
      const incident = incidentOf((await newestAnalysis(session)).result, incidentId);
      return judgedIncident(incident, await session.engine.judgements());
    },
  };
}

/** The incident with what people said about its hypotheses. */
function judgedIncident(incident: Incident, judgements: readonly Judgement[]): JudgedIncident {
  const said = new Map(judgements.map((judgement) => [keyOf(judgement.entity, judgement), judgement]));
  const judged = (hypothesis: Hypothesis): JudgedIncident['hypotheses'][number] => {
    const { faultKind, change } = hypothesis;
    const found = said.get(keyOf(hypothesis.entity, { faultKind, changeId: change?.id ?? null }));
    const judgement = found && { verdict: found.verdict, by: found.by, reason: found.reason, time: found.time };
    return { ...hypothesis, judgement: judgement ?? null };
  };
  return { ...incident, hypotheses: incident.hypotheses.map(judged) };
}

function keyOf(entity: Hypothesis['entity'], about: Pick<Judgement, 'faultKind' | 'changeId'>): string {
  // An empty id is stored like none.
  return JSON.stringify([entity.type, entity.name, about.faultKind, about.changeId || null]);
}
