/** One trace: its spans streamed and laid out on a worker, kept up with the case; its log rows beside them. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ChunkOf } from '../../../shared/contract/derived-types.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import { useEngine, useProcedures } from '../../client/engine-context.tsx';
import type { EngineAccess } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import { LoadedTraces } from './loaded-traces.ts';
import type { TraceState } from './loaded-traces.ts';

export type LogChunk = ChunkOf<Contract['trace.logs']>;

const NO_TRACE: TraceState = { model: null, spanCount: 0, error: null };
const NO_LOGS: readonly LogChunk[] = [];
const kept = new WeakMap<EngineAccess, { readonly resetCount: number; readonly traces: LoadedTraces }>();

/** Those of the case that is open: another case has others of the same ids. */
function loadedTraces(access: EngineAccess): LoadedTraces {
  const { resetCount } = access.cache;
  const known = kept.get(access);
  if (known?.resetCount === resetCount) return known.traces;
  const { procedures } = access.connection;
  const traces = new LoadedTraces((traceId, signal) => procedures['trace.spans']({ traceId }, { signal }));
  kept.set(access, { resetCount, traces });
  return traces;
}

/** null = none. A trace read before shows at once; when more of its spans came since, the newer one follows. */
export function useTrace(traceId: string | null): TraceState {
  const traces = loadedTraces(useEngine());
  const { data: edition, error } = useQuery('trace.edition', traceId === null ? null : { traceId });
  const watch = useCallback(
    (listener: () => void) => (traceId === null ? () => undefined : traces.watch(traceId, listener)),
    [traces, traceId],
  );
  const state = useSyncExternalStore(watch, () => (traceId === null ? NO_TRACE : traces.state(traceId)));
  useEffect(() => {
    // While another trace is asked for, the last answer still stands.
    if (edition && edition.traceId.padStart(32, '0') === traceId?.padStart(32, '0'))
      traces.want({ ...edition, traceId });
  }, [traces, traceId, edition]);
  return useMemo(() => (error && !state.model ? { ...state, error } : state), [error, state]);
}

/** Log rows of a trace, asked beside its spans: another thread of the engine answers. Earlier ones stay until newer came. */
export function useTraceLogs(traceId: string): readonly LogChunk[] {
  const procedures = useProcedures();
  const revision = useQuery('case.summary', {}).data?.revision;
  const [logs, setLogs] = useState({ traceId, chunks: NO_LOGS });
  useEffect(() => {
    const abort = new AbortController();
    const load = async (): Promise<void> => {
      const chunks: LogChunk[] = [];
      for await (const chunk of procedures['trace.logs']({ traceId }, { signal: abort.signal })) chunks.push(chunk);
      if (!abort.signal.aborted)
        setLogs((before) =>
          before.traceId === traceId && isSameRows(before.chunks, chunks) ? before : { traceId, chunks },
        );
    };
    // A trace is worth looking at without its logs; the next change of the case asks again.
    load().catch(() => undefined);
    return () => abort.abort();
  }, [procedures, traceId, revision]);
  return logs.traceId === traceId ? logs.chunks : NO_LOGS;
}

function isSameRows(one: readonly LogChunk[], other: readonly LogChunk[]): boolean {
  const ids = (chunks: readonly LogChunk[]): readonly number[] => chunks.flatMap(({ rowId }) => [...rowId]);
  return `${ids(one)}` === `${ids(other)}`;
}
