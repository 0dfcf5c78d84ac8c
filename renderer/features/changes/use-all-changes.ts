/** All changes of the case. Cases hold tens to thousands of them; the first ten thousand are listed. */
import { useMemo } from 'react';
import type { ContractError } from '../../../shared/contract/contract-error.ts';
import { useQuery } from '../../client/use-query.ts';
import { useIncidentId } from '../../stores/effective-range.ts';
import { hopsFromSymptoms } from './change-hops.ts';
import { changeRows } from './change-rows.ts';
import type { ChangeRow } from './change-rows.ts';

const MOST = 10_000;

export interface AllChanges {
  readonly rows: readonly ChangeRow[] | null;
  readonly hasMore: boolean;
  /** First sign of the incident looked at. */
  readonly symptomTime: bigint | null;
  readonly error: ContractError | null;
}

export function useAllChanges(): AllChanges {
  const page = useQuery('change.list', { limit: MOST });
  const incidentId = useIncidentId();
  const incident = useQuery('incident.get', incidentId === null ? null : { incidentId }).data ?? null;
  const edges = useQuery('graph.get', {}).data?.edges;
  const rows = useMemo(
    () =>
      page.data
        ? changeRows(page.data.changes, incident, hopsFromSymptoms(incident?.entities ?? [], edges ?? []))
        : null,
    [page.data, incident, edges],
  );
  return { rows, hasMore: (page.data?.next ?? null) !== null, symptomTime: incident?.start ?? null, error: page.error };
}
