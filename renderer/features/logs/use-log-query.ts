/** The filter of the log view as it stands in the address, and the ways to change it. */
import { useMemo } from 'react';
import { setFilter, useViewStore } from '../../stores/view-state.ts';
import { logFilterOf } from './log-filter.ts';
import type { AskedFilter } from './log-filter.ts';
import { formatLogQuery, parseLogQuery, withPart, withoutPart } from './log-query.ts';
import type { LogQueryPart } from './log-query.ts';

export interface LogQuery extends AskedFilter {
  readonly text: string;
  readonly parts: readonly LogQueryPart[];
}

export function useLogQuery(): LogQuery {
  const text = useViewStore((store) => store.filters['logs'] ?? '');
  return useMemo(() => {
    const parts = parseLogQuery(text);
    return { text, parts, ...logFilterOf(parts) };
  }, [text]);
}

function currentParts(): readonly LogQueryPart[] {
  return parseLogQuery(useViewStore.getState().filters['logs'] ?? '');
}

export function setLogQuery(parts: readonly LogQueryPart[]): void {
  setFilter('logs', formatLogQuery(parts));
}
export function addLogPart(part: LogQueryPart): void {
  setLogQuery(withPart(currentParts(), part));
}
export function removeLogPart(part: LogQueryPart): void {
  setLogQuery(withoutPart(currentParts(), part));
}
