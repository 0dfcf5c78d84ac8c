/** The changes of a stretch of time as markers for charts; the one selected or blamed is drawn solid. */
import { useMemo } from 'react';
import { useQuery } from '../client/use-query.ts';
import type { EffectiveRange } from '../stores/effective-range.ts';
import { useIncidentId } from '../stores/effective-range.ts';
import { useViewStore } from '../stores/view-state.ts';
import type { Selection } from '../stores/view-state.ts';
import type { ChangeMark } from './draw-axes.ts';

/** More than this no chart can show apart. */
const MOST_MARKS = 200;

export function useChangeMarks(range: EffectiveRange | null): readonly ChangeMark[] {
  const selection = useViewStore((store) => store.selection);
  const incidentId = useIncidentId();
  const changes = useQuery('change.list', range && { ...range, limit: MOST_MARKS }).data?.changes;
  const incident = useQuery('incident.get', incidentId === null ? null : { incidentId }).data;
  const blamed = incident?.hypotheses[0]?.change?.id ?? null;
  return useMemo(() => {
    const chosen = changeIdOf(selection) ?? blamed;
    return (changes ?? []).map(({ externalId, rowId, startTime }) => ({
      id: externalId,
      time: startTime,
      isSelected: chosen !== null && (chosen === externalId || chosen === `change:${rowId}`),
    }));
  }, [changes, selection, blamed]);
}

function changeIdOf(selection: Selection | null): string | null {
  if (selection?.kind === 'change') return selection.id;
  return selection?.kind === 'cause' ? (selection.key.split('|')[2] ?? null) : null;
}
