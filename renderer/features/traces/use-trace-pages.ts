/** The list of traces by place, loaded in pages around what is in sight. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { ContractError } from '../../../shared/contract/contract-error.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import type { InputOf, OutputOf } from '../../../shared/contract/derived-types.ts';
import { useProcedures, useSession } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';

export type TraceSummary = OutputOf<Contract['trace.list']>['traces'][number];
export type TraceListRequest = Omit<InputOf<Contract['trace.list']>, 'offset' | 'limit'>;

const PAGE = 200;

export interface TracePages {
  /** Undefined until the first page came. */
  readonly total: number | undefined;
  readonly isPartial: boolean;
  readonly error: ContractError | null;
  readonly at: (index: number) => TraceSummary | undefined;
  readonly want: (start: number, end: number) => void;
}

interface Loaded {
  readonly key: string;
  readonly total: number;
  readonly isPartial: boolean;
  readonly pages: ReadonlyMap<number, readonly TraceSummary[]>;
}

export function useTracePages(request: TraceListRequest): TracePages {
  const procedures = useProcedures();
  const revision = useQuery('case.summary', {}).data?.revision ?? 0;
  const session = useSession();
  const key = `${session} ${revision} ${JSON.stringify(request, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))}`;
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [error, setError] = useState<ContractError | null>(null);
  const latest = useRef({ request, key });
  latest.current = { request, key };
  const asked = useRef(new Map<string, AbortController>());

  const ask = useCallback(
    (page: number) => {
      const { request: input, key: askedKey } = latest.current;
      const id = `${askedKey} ${page}`;
      if (asked.current.has(id)) return;
      const abort = new AbortController();
      asked.current.set(id, abort);
      procedures['trace.list']({ ...input, offset: page * PAGE, limit: PAGE }, { signal: abort.signal }).then(
        ({ total, traces, isPartial }) => {
          if (latest.current.key !== askedKey) return;
          setError(null);
          setLoaded((before) => ({
            key: askedKey,
            total,
            isPartial,
            pages: new Map(before?.key === askedKey ? before.pages : []).set(page, traces),
          }));
        },
        (failure: unknown) => {
          asked.current.delete(id);
          if (!abort.signal.aborted && failure instanceof ContractError) setError(failure);
        },
      );
    },
    [procedures],
  );
  useEffect(() => {
    const calls = asked.current;
    ask(0);
    return () => {
      for (const abort of calls.values()) abort.abort();
      calls.clear();
    };
  }, [ask, key]);
  const want = useCallback(
    (start: number, end: number) => {
      for (let page = Math.floor(start / PAGE); page <= Math.floor(Math.max(start, end - 1) / PAGE); page++) ask(page);
    },
    [ask],
  );
  return {
    total: loaded?.total,
    isPartial: loaded?.isPartial ?? false,
    error,
    at: (index) => loaded?.pages.get(Math.floor(index / PAGE))?.[index % PAGE],
    want,
  };
}
