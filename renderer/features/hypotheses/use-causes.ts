/** What the panel of possible causes shows: the incident, its ranked causes with shares, and which one is chosen. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { JudgedHypothesis, JudgedIncident } from '../../../shared/contract/note-schemas.ts';
import type { ContractError } from '../../../shared/contract/contract-error.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';
import { announce } from '../../stores/announce.ts';
import { useNaming } from '../../stores/naming.ts';
import { causeKey, look, useViewStore } from '../../stores/view-state.ts';
import type { Health } from '../../ui/entity-mark.tsx';
import { followRanks, moveText, SHOWN_FOR_MS } from './rank-moves.ts';
import type { RankMemory } from './rank-moves.ts';
import { shareOut, shareText } from './shares.ts';

export interface ListedCause {
  readonly key: string;
  readonly cause: JudgedHypothesis;
  readonly hundredths: number;
  /** Rejected by a person, and therefore without a share in the ranking shown. */
  readonly isOut: boolean;
}

/** Name of the view's filter that holds which ranking is shown: '' = with what people said, `analysis` = without. */
export const RANKING_FILTER = 'ranking';

export interface Causes {
  readonly incident: JudgedIncident;
  readonly listed: readonly ListedCause[];
  /** Hundredths of something this case does not show. */
  readonly unseen: number;
  /** People rejected causes or struck evidence out; `listed` follows that unless the analysis' own ranking is asked for. */
  readonly isDecided: boolean;
  readonly isOriginal: boolean;
  readonly rejectedCount: number;
  readonly struckCount: number;
}

export function useCauses(incidentId: string | null): {
  readonly causes: Causes | null;
  readonly error: ContractError | null;
  readonly isLoading: boolean;
} {
  const { data, error, isLoading } = useQuery('incident.get', incidentId === null ? null : { incidentId });
  // While another incident is being read the last one's causes would be a false answer.
  const incident = data?.id === incidentId ? data : undefined;
  const isOriginal = useViewStore(({ filters }) => filters[RANKING_FILTER] === 'analysis');
  const causes = useMemo(() => (incident ? causesOf(incident, isOriginal) : null), [incident, isOriginal]);
  return { causes, error, isLoading };
}

export function causesOf(incident: JudgedIncident, wantsOriginal = false): Causes {
  const { hypotheses } = incident;
  const rejectedCount = hypotheses.filter(isRejected).length;
  // The same line may stand under two causes of one entity.
  const struck = hypotheses.flatMap(({ entity, evidence }) =>
    evidence.filter(({ strike }) => strike !== null).map(({ text }) => `${entityKey(entity)} ${text}`),
  );
  const struckCount = new Set(struck).size;
  const isDecided = rejectedCount + struckCount > 0;
  const isOriginal = wantsOriginal && isDecided;
  const shown = isOriginal
    ? hypotheses.map((cause) => ({ ...cause, ...cause.original })).sort((a, b) => a.rank - b.rank)
    : hypotheses;
  const { hundredths, unseen } = shareOut(shown.map(({ confidence }) => confidence));
  const listed = shown.map((cause, index) => ({
    key: causeKey(cause),
    cause,
    hundredths: hundredths[index] ?? 0,
    isOut: !isOriginal && isRejected(cause),
  }));
  return { incident, listed, unseen, isDecided, isOriginal, rejectedCount, struckCount };
}
function isRejected({ judgement }: JudgedHypothesis): boolean {
  return judgement?.verdict === 'rejected';
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

/** `↑2` per cause key, for a minute after ranks moved, which is also said aloud. */
export function useRankMoves(causes: Causes | null): (key: string) => string {
  const [memory, setMemory] = useState<RankMemory | null>(null);
  const [nowMs, setNow] = useState(0);
  // Another ranking to look at is no move.
  const incidentId = causes && `${causes.incident.id} ${causes.isOriginal}`;
  const order = causes?.listed.map(({ key }) => key).join('\n');
  const naming = useNaming();
  const latest = useRef(causes);
  latest.current = causes;
  const spoken = useRef({ incidentId, order });
  useEffect(() => {
    if (incidentId === null || order === undefined) return undefined;
    const now = Date.now();
    const first = latest.current?.listed[0];
    if (spoken.current.incidentId === incidentId && spoken.current.order !== order && first)
      announce(`Ranked anew. First: ${naming.entity(first.cause.entity)}, ${shareText(first.hundredths)}.`);
    spoken.current = { incidentId, order };
    setMemory((before) => followRanks(before, incidentId, order === '' ? [] : order.split('\n'), now));
    setNow(now);
    const timer = setTimeout(() => setNow(Date.now()), SHOWN_FOR_MS + 100);
    return () => clearTimeout(timer);
  }, [incidentId, order, naming]);
  return (key) => moveText(memory, key, nowMs);
}
