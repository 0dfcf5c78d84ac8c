/** The analysis that lists and views speak about. */
import { ContractError } from '../../contract/contract-error.ts';
import type { AnalysisResult } from '../../model/analysis-result.ts';
import type { StoredAnalysis } from '../engine-interface.ts';
import type { EngineSession } from './engine-session.ts';
import { rankedByPeople, type AnswerOfPeople } from './ranked-by-people.ts';

/** Fails with `failed_precondition` when the case was never analysed. */
export async function newestAnalysis(session: EngineSession): Promise<StoredAnalysis> {
  const stored = await session.newestAnalysis();
  if (stored) return stored;
  throw new ContractError('failed_precondition', 'This case has not been analysed yet (analysis.start).');
}

/** The same as people left it: what they rejected or struck out does not count. */
export async function newestAnswer(
  session: EngineSession,
): Promise<AnswerOfPeople & { readonly result: AnalysisResult }> {
  const { engine } = session;
  const { result } = await newestAnalysis(session);
  const [judgements, strikes] = await Promise.all([engine.judgements(), engine.strikes()]);
  return { result, ...rankedByPeople(result, { judgements, strikes }) };
}

export function incidentOf<One extends { readonly id: string }>(
  { incidents }: { readonly incidents: readonly One[] },
  incidentId: string,
): One {
  const incident = incidents.find(({ id }) => id === incidentId);
  if (incident) return incident;
  throw new ContractError('not_found', `The newest analysis has no incident with the id ${incidentId}.`);
}
