/** The analysis that lists and views speak about. */
import { ContractError } from '../../contract/contract-error.ts';
import type { AnalysisResult, Incident } from '../../model/analysis-result.ts';
import type { StoredAnalysis } from '../engine-interface.ts';
import type { EngineSession } from './engine-session.ts';

/** Fails with `failed_precondition` when the case was never analysed. */
export async function newestAnalysis(session: EngineSession): Promise<StoredAnalysis> {
  const stored = await session.newestAnalysis();
  if (stored) return stored;
  throw new ContractError('failed_precondition', 'This case has not been analysed yet (analysis.start).');
}

export function incidentOf(result: AnalysisResult, incidentId: string): Incident {
  const incident = result.incidents.find(({ id }) => id === incidentId);
  if (incident) return incident;
  throw new ContractError('not_found', `The newest analysis has no incident with the id ${incidentId}.`);
}
