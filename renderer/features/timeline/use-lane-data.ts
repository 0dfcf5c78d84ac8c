/** What the lanes show: one bucketed answer for the strips, lists for changes, findings, events and notes. */
import { useMemo } from 'react';
import type { ContractError } from '../../../shared/contract/contract-error.ts';
import { useQuery } from '../../client/use-query.ts';
import type { QueryOutput } from '../../client/query-cache.ts';
import { useRange } from '../../stores/effective-range.ts';
import { chooseFindings } from './choose-findings.ts';
import type { ChosenFindings } from './choose-findings.ts';
import { groupEvents } from './group-events.ts';
import type { EventGroup } from './group-events.ts';

const MOST_RECORDS = 2_000;

export type LaneChange = QueryOutput<'change.list'>['changes'][number];
export type LaneNote = QueryOutput<'note.list'>['notes'][number];

export interface LaneData {
  readonly lanes: QueryOutput<'timeline.lanes'> | undefined;
  readonly changes: readonly LaneChange[];
  readonly findings: ChosenFindings;
  readonly events: readonly EventGroup[];
  readonly notes: readonly LaneNote[];
  readonly isStale: boolean;
  /** Changes and events are here; before that their number says nothing. */
  readonly isListed: boolean;
  /** Why the strips or a list could not be read. */
  readonly error: ContractError | null;
}

export function useLaneData(bucketCount: number): LaneData {
  const range = useRange();
  const lanes = useQuery('timeline.lanes', range && { ...range, bucketCount });
  const changes = useQuery('change.list', range && { ...range, limit: MOST_RECORDS });
  const events = useQuery('event.list', range && { ...range, limit: MOST_RECORDS });
  const findings = useQuery('finding.list', {}).data?.findings;
  const notes = useQuery('note.list', {}).data?.notes;
  const grouped = useMemo(() => groupEvents(events.data?.events ?? []), [events.data]);
  const chosen = useMemo(
    () => (findings && range ? chooseFindings(findings, range) : { shown: [], foldedCount: 0 }),
    [findings, range],
  );
  const anchored = useMemo(() => (notes ?? []).filter(({ anchorTime }) => anchorTime !== null), [notes]);
  return {
    lanes: lanes.data,
    changes: changes.data?.changes ?? [],
    findings: chosen,
    events: grouped,
    notes: anchored,
    isStale: lanes.isStale,
    isListed: changes.data !== undefined && events.data !== undefined,
    error: lanes.error ?? changes.error ?? events.error,
  };
}
