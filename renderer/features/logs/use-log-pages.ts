/** The rows of a filter for React: a new filter starts a new set of pages while the old rows stay in sight until it answers. */
import { useEffect, useMemo, useReducer, useRef } from 'react';
import { useProcedures, useSession } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import type { LogFilter } from './log-filter.ts';
import { LogPages } from './log-pages.ts';

export interface ShownPages {
  /** What is in sight: the newest pages that answered. */
  readonly pages: LogPages;
  readonly isStale: boolean;
  /** Tells which rows are in sight. */
  readonly want: (start: number, end: number) => void;
}

export function useLogPages(filter: LogFilter, range: EffectiveRange | null): ShownPages {
  const procedures = useProcedures();
  const [, changed] = useReducer((count: number) => count + 1, 0);
  const revision = useQuery('case.summary', {}).data?.revision;
  const session = useSession();
  const content = JSON.stringify(filter);
  const newest = useMemo(
    () =>
      new LogPages((index, limit, signal) => {
        const asked = JSON.parse(content) as LogFilter;
        return procedures['log.rows']({ filter: asked, ...range, index, limit }, { signal });
      }, changed),
    // A new revision of the case is a new set of rows; what failed with a connection is asked over the next one.
    [procedures, content, range, revision, session],
  );
  const sight = useRef({ start: 0, end: 40 });
  const shown = useRef(newest);
  useEffect(() => {
    newest.want(sight.current.start, sight.current.end);
    return () => newest.dispose();
  }, [newest]);
  if (newest.total !== undefined || newest.error !== null) shown.current = newest;
  const pages = shown.current;
  const want = useMemo(
    () => (start: number, end: number) => {
      sight.current = { start, end };
      newest.want(start, end);
    },
    [newest],
  );
  return { pages, isStale: pages !== newest, want };
}
