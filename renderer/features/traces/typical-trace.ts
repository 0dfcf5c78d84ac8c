/** The trace to compare with: of all traces that begin with the same operation, the one of middle duration. */
import type { EntityRef } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';

export interface TypicalTrace {
  readonly traceId: string;
  readonly durationNs: number;
  /** Of so many. */
  readonly total: number;
}

/** null while unknown, and where no other trace begins so. */
export function useTypicalTrace(
  rootEntity: EntityRef | null,
  rootName: string,
  exceptTraceId: string,
): TypicalTrace | null {
  const asked =
    rootEntity && rootName !== ''
      ? { entity: rootEntity, operation: rootName, sort: 'duration' as const, offset: 'middle' as const }
      : null;
  const { total, traces } = useQuery('trace.list', asked).data ?? { total: 0, traces: [] };
  const trace = traces[0];
  return trace && trace.traceId !== exceptTraceId
    ? { traceId: trace.traceId, durationNs: trace.durationNs, total }
    : null;
}
