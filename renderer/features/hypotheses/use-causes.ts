/** What the panel of possible causes shows: the incident, its ranked causes with shares, and which one is chosen. */
import { useEffect, useMemo, useState } from 'react';
import type { JudgedHypothesis, JudgedIncident } from '../../../shared/contract/note-schemas.ts';
import type { ContractError } from '../../../shared/contract/contract-error.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';
import { causeKey, look, useViewStore } from '../../stores/view-state.ts';
import type { Health } from '../../ui/entity-mark.tsx';
import { followRanks, moveText, SHOWN_FOR_MS } from './rank-moves.ts';
import type { RankMemory } from './rank-moves.ts';
import { shareOut } from './shares.ts';

export interface ListedCause {
  readonly key: string;
  readonly cause: JudgedHypothesis;
  readonly hundredths: number;
}

export interface Causes {
  readonly incident: JudgedIncident;
  readonly listed: readonly ListedCause[];
  /** Hundredths of something this case does not show. */
  readonly unseen: number;
}

export function useCauses(incidentId: string | null): {
  readonly causes: Causes | null;
  readonly error: ContractError | null;
  readonly isLoading: boolean;
} {
  const { data, error, isLoading } = useQuery('incident.get', incidentId === null ? null : { incidentId });
  // While another incident is being read the last one's causes would be a false answer.
  const incident = data?.id === incidentId ? data : undefined;
  const causes = useMemo(() => (incident ? causesOf(incident) : null), [incident]);
  return { causes, error, isLoading };
}

export function causesOf(incident: JudgedIncident): Causes {
  const { hundredths, unseen } = shareOut(incident.hypotheses.map(({ confidence }) => confidence));
  const listed = incident.hypotheses.map((cause, index) => ({
    key: causeKey(cause),
    cause,
    hundredths: hundredths[index] ?? 0,
  }));
  return { incident, listed, unseen };
}

/** The chosen cause of the incident looked at; the first one until a person chooses. */
export function useChosenCause(causes: Causes | null): ListedCause | null {
  const selection = useViewStore((store) => store.selection);
  if (!causes) return null;
  const chosen = selection?.kind === 'cause' ? causes.listed.find(({ key }) => key === selection.key) : undefined;
  return chosen ?? causes.listed[0] ?? null;
}

export function chooseCause({ key, cause }: ListedCause, incidentId: string): void {
  look({ incidentId, selection: { kind: 'cause', key, entity: cause.entity } });
}

/** Health of entities by `type:name`, as the analysis saw them. */
export function useHealth(): (key: string) => Health {
  const { data } = useQuery('graph.get', {});
  const byKey = useMemo(() => new Map(data?.nodes.map(({ entity, health }) => [entityKey(entity), health])), [data]);
  return (key) => byKey.get(key) ?? 'unknown';
}

/** `↑2` per cause key, for a minute after ranks moved. */
export function useRankMoves(causes: Causes | null): (key: string) => string {
  const [memory, setMemory] = useState<RankMemory | null>(null);
  const [nowMs, setNow] = useState(0);
  const incidentId = causes?.incident.id;
  const order = causes?.listed.map(({ key }) => key).join('\n');
  useEffect(() => {
    if (incidentId === undefined || order === undefined) return undefined;
    const now = Date.now();
    setMemory((before) => followRanks(before, incidentId, order === '' ? [] : order.split('\n'), now));
    setNow(now);
    const timer = setTimeout(() => setNow(Date.now()), SHOWN_FOR_MS + 100);
    return () => clearTimeout(timer);
  }, [incidentId, order]);
  return (key) => moveText(memory, key, nowMs);
}
