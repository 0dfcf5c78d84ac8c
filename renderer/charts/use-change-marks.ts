/** The changes of a stretch of time as markers for charts; the one selected or blamed is drawn solid. */
import { useMemo } from 'react';
import type { EntityRef } from '../../shared/model/entity.ts';
import { useQuery } from '../client/use-query.ts';
import type { EffectiveRange } from '../stores/effective-range.ts';
import { useIncidentId } from '../stores/effective-range.ts';
import { useViewStore } from '../stores/view-state.ts';
import type { Selection } from '../stores/view-state.ts';
import type { ChangeMark } from './draw-axes.ts';

/** With more of them, lines through a chart that is about no entity would hide it. */
const MOST_LINES = 8;
/** More than this no chart can show apart. */
const MOST_MARKS = 200;

/** `entity` is what the charts are about; changes of others are then signs at the top only. */
export function useChangeMarks(range: EffectiveRange | null, entity: EntityRef | null = null): readonly ChangeMark[] {
  const selection = useViewStore((store) => store.selection);
  const incidentId = useIncidentId();
  const changes = useQuery('change.list', range && { ...range, limit: MOST_MARKS }).data?.changes;
  const incident = useQuery('incident.get', incidentId === null ? null : { incidentId }).data;
  const blamed = incident?.hypotheses[0]?.change?.id ?? null;
  return useMemo(() => {
    const chosen = changeIdOf(selection) ?? blamed;
    const isCrowded = (changes?.length ?? 0) > MOST_LINES;
    return (changes ?? []).map(({ externalId, rowId, startTime, entities }) => ({
      id: externalId,
      time: startTime,
      isSelected: chosen !== null && (chosen === externalId || chosen === `change:${rowId}`),
      // A workload and the service it runs carry one name.
      isElsewhere: entity ? !entities.some(({ name }) => name === entity.name) : isCrowded,
    }));
  }, [changes, selection, blamed, entity]);
}

function changeIdOf(selection: Selection | null): string | null {
  if (selection?.kind === 'change') return selection.id;
  return selection?.kind === 'cause' ? (selection.key.split('|')[2] ?? null) : null;
}
