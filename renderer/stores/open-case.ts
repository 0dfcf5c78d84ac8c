/** The case on the screen: whether one is open, its name, and what it holds. */
import { useQuery } from '../client/use-query.ts';
import type { QueryOutput } from '../client/query-cache.ts';
import type { Naming } from './naming.ts';

export type CaseSummary = QueryOutput<'case.summary'>;

export type OpenCase =
  /** The engine has not said yet. */
  | { readonly status: 'unknown' }
  | { readonly status: 'none' }
  | { readonly status: 'open'; readonly caseFile: string; readonly name: string };

export function useOpenCase(): OpenCase {
  const { data } = useQuery('engine.status', {});
  if (!data) return { status: 'unknown' };
  return data.caseFile === null
    ? { status: 'none' }
    : { status: 'open', caseFile: data.caseFile, name: caseName(data.caseFile) };
}

/** Null until it is known, and when no case is open. */
export function useCaseSummary(): CaseSummary | null {
  const open = useOpenCase();
  return useQuery('case.summary', open.status === 'open' ? {} : null).data ?? null;
}

/** `/cases/harbor-checkout-1118.faultline` is called `harbor-checkout-1118`. */
export function caseName(caseFile: string): string {
  const file = caseFile.split(/[/\\]/).at(-1) ?? caseFile;
  return file.replace(/\.faultline$/i, '') || file;
}

/** While names are masked none of a case's own: people call cases after what broke, and for whom. */
export function shownCaseName(name: string, { isMasked }: Pick<Naming, 'isMasked'>): string {
  return isMasked ? '‹case›' : name;
}

/** Rows of every kind that a case holds. */
export function rowCount(records: CaseSummary['records']): number {
  const { spans = 0, logRecords = 0, metricPoints = 0, alerts = 0, changes = 0, events = 0 } = records;
  return spans + logRecords + metricPoints + alerts + changes + events;
}
