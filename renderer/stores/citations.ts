/** Which causes of the incident looked at rest on a raw row: the way back from a row to what was concluded from it. */
import { useMemo } from 'react';
import type { JudgedHypothesis, JudgedIncident } from '../../shared/contract/note-schemas.ts';
import { useQuery } from '../client/use-query.ts';
import { useIncidentId } from './effective-range.ts';
import { causeKey, look } from './view-state.ts';

export interface Citation {
  readonly rank: number;
  readonly cause: JudgedHypothesis;
  readonly incidentId: string;
  readonly stance: 'supports' | 'contradicts';
  /** What the row is cited for, as the analysis says it. */
  readonly text: string;
}

/** By row, such as `span:12`; causes in their order, one citation of each. Pure. */
export function citationsOf({ id, hypotheses }: JudgedIncident): ReadonlyMap<string, readonly Citation[]> {
  const byRow = new Map<string, Citation[]>();
  for (const cause of hypotheses) {
    for (const { stance, text, refs, strike } of cause.evidence) {
      if (stance === 'missing' || strike !== null) continue;
      for (const ref of refs) {
        const known = byRow.get(ref);
        if (!known) byRow.set(ref, [{ rank: cause.rank, cause, incidentId: id, stance, text }]);
        else if (known.at(-1)?.cause !== cause) known.push({ rank: cause.rank, cause, incidentId: id, stance, text });
      }
    }
  }
  return byRow;
}

/** Citations of a row by the causes of the incident looked at; none while they are not known. */
export function useCitations(row: string): readonly Citation[] {
  const incidentId = useIncidentId();
  const incident = useQuery('incident.get', incidentId === null ? null : { incidentId }).data;
  const byRow = useMemo(() => (incident ? citationsOf(incident) : undefined), [incident]);
  return byRow?.get(row) ?? NONE;
}
const NONE: readonly Citation[] = [];

/** Opens the evidence in the Case view. */
export function openCitation({ cause, incidentId }: Citation): void {
  look({ view: 'case', incidentId, selection: { kind: 'cause', key: causeKey(cause), entity: cause.entity } });
}
