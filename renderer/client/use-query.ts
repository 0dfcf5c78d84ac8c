/** The answer to a query, kept up to date. While a new input is being answered, the last answer stays on the screen. */
import { useCallback, useRef, useSyncExternalStore } from 'react';
import { useEngine } from './engine-context.tsx';
import type { QueryInput, QueryName, QueryOutput, QueryState } from './query-cache.ts';

const IDLE: QueryState<never> = { data: undefined, error: null, isLoading: false, isStale: false };

/** `input` null = nothing is asked yet. Inputs are compared by content, so they may be made anew at each render. */
export function useQuery<Name extends QueryName>(
  name: Name,
  input: QueryInput<Name> | null,
): QueryState<QueryOutput<Name>> {
  const { cache } = useEngine();
  const key = input === null ? null : cache.key(name, input);
  const latest = useRef(input);
  latest.current = input;
  const last = useRef<QueryOutput<Name> | undefined>(undefined);
  const watch = useCallback(
    (listener: () => void) => {
      if (key === null || latest.current === null) return () => undefined;
      return cache.watch(key, name, latest.current, listener);
    },
    [cache, key, name],
  );
  const state = useSyncExternalStore(watch, () => (key === null ? IDLE : cache.state(key))) as QueryState<
    QueryOutput<Name>
  >;
  if (state.data !== undefined) last.current = state.data;
  if (state.data === undefined && state.isLoading && last.current !== undefined) {
    return { ...state, data: last.current, isStale: true };
  }
  return state;
}
