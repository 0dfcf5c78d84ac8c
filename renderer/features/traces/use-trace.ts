/** One trace: its spans streamed and laid out on a worker, its log rows beside them. */
import { useEffect, useRef, useState } from 'react';
import type { ChunkOf } from '../../../shared/contract/derived-types.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import { ContractError } from '../../../shared/contract/contract-error.ts';
import { loadTraceModel } from '../../charts/waterfall/load-trace-model.ts';
import type { SpanChunk } from '../../charts/waterfall/span-table.ts';
import type { TraceModel } from '../../charts/waterfall/trace-model.ts';
import { useProcedures, useSession } from '../../client/engine-context.tsx';

export type LogChunk = ChunkOf<Contract['trace.logs']>;

export interface LoadedTrace {
  readonly traceId: string | null;
  readonly model: TraceModel | null;
  readonly logs: readonly LogChunk[];
  /** Spans that came so far. */
  readonly spanCount: number;
  readonly error: ContractError | null;
}

const NOTHING: LoadedTrace = { traceId: null, model: null, logs: [], spanCount: 0, error: null };

async function collected<Chunk>(chunks: AsyncIterable<Chunk>): Promise<readonly Chunk[]> {
  const all: Chunk[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return all;
}

/** null = none. While another trace is loading, its `model` is null and `spanCount` grows. */
export function useTrace(traceId: string | null): LoadedTrace {
  const procedures = useProcedures();
  const session = useSession();
  const [trace, setTrace] = useState<LoadedTrace>(NOTHING);
  /** The connection it is asked over: another one only when the last failed it. */
  const [askedOver, setAskedOver] = useState(session);
  const isLost = useRef(false);
  useEffect(() => {
    if (isLost.current) setAskedOver(session);
  }, [session]);
  useEffect(() => {
    if (traceId === null) {
      setTrace(NOTHING);
      return;
    }
    const abort = new AbortController();
    const { signal } = abort;
    isLost.current = false;
    const load = async (): Promise<void> => {
      setTrace({ ...NOTHING, traceId });
      // Asked beside the spans: another thread of the engine answers it.
      const logsToCome = collected(procedures['trace.logs']({ traceId }, { signal }));
      logsToCome.catch(() => undefined);
      const chunks: SpanChunk[] = [];
      let spanCount = 0;
      for await (const chunk of procedures['trace.spans']({ traceId }, { signal })) {
        chunks.push(chunk);
        spanCount += chunk.rowCount;
        setTrace((before) => ({ ...before, spanCount }));
      }
      const model = await loadTraceModel(chunks, signal);
      if (!signal.aborted) setTrace({ traceId, model, logs: [], spanCount, error: null });
      const logs = await logsToCome;
      if (!signal.aborted && logs.length > 0) setTrace((before) => ({ ...before, logs }));
    };
    load().catch((error: unknown) => {
      if (signal.aborted) return;
      const known = error instanceof ContractError ? error : new ContractError('internal', String(error));
      isLost.current = known.code === 'unavailable';
      setTrace((before) => ({ ...before, error: known }));
    });
    return () => abort.abort();
  }, [procedures, traceId, askedOver]);
  return trace.traceId === traceId ? trace : { ...NOTHING, traceId };
}
