/**
 * Which of the affected a cause would account for: those that call it, directly or not, or run on it; for more traffic
 * from outside also those behind it. The counterfactual of a hypothesis: what remains would need a second cause.
 */
import type { EntityRef } from '../../model/entity.ts';
import type { EntityIndex } from '../../model/telemetry.ts';
import type { RankingState } from './ranking-state.ts';

export interface SymptomSplit {
  readonly explains: readonly EntityRef[];
  readonly unexplained: readonly EntityRef[];
}

/** Affected that count as explained before any is looked at: of two, one more or less says little. */
const PRIOR = 1;
/** Left to a cause that explains nobody but itself: there may be two causes at once. */
const LEFT_WITHOUT_ANY = 0.4;

/** What its reach leaves of the points of a candidate, 0-1. O(edges). */
export function coverageFactor(state: RankingState, entity: EntityIndex, isSurge: boolean): number {
  const { explains, unexplained } = splitSymptoms(state, entity, isSurge);
  const share = (explains.length + PRIOR) / (explains.length + unexplained.length + PRIOR);
  return LEFT_WITHOUT_ANY + (1 - LEFT_WITHOUT_ANY) * share;
}

export function splitSymptoms(state: RankingState, entity: EntityIndex, isSurge: boolean): SymptomSplit {
  const { graph, telemetry, incident } = state.input;
  const reached = new Set<EntityIndex>(graph.blastRadius(entity).keys());
  if (isSurge) for (const callee of calledFrom(state, entity)) reached.add(callee);
  const explains: EntityRef[] = [];
  const unexplained: EntityRef[] = [];
  for (const symptom of [...new Set(incident.symptoms.map((e) => graph.serviceOf(state.fold(e))))].sort(
    (a, b) => a - b,
  )) {
    const { type, name } = telemetry.entities[symptom]!;
    const isExplained = reached.has(symptom) || symptom === graph.serviceOf(entity);
    if (isExplained) explains.push({ type, name });
    else if (isInCallGraph(state, symptom)) unexplained.push({ type, name });
  }
  return { explains, unexplained };
}
/** What has no place among the calls (a namespace, a scrape target) can be neither explained nor left unexplained. */
function isInCallGraph({ input: { graph } }: RankingState, entity: EntityIndex): boolean {
  return Boolean(graph.traffic[entity]) || graph.callsTo(entity).length + graph.callsFrom(entity).length > 0;
}
function calledFrom({ input: { graph } }: RankingState, start: EntityIndex): Set<EntityIndex> {
  const reached = new Set<EntityIndex>([start]);
  for (const entity of reached) for (const edge of graph.callsFrom(entity)) reached.add(graph.calls[edge]!.to);
  return reached;
}
