/** Named statements kept in the case, and those run lately on this machine. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { useProcedures } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';

export interface SavedQuery {
  readonly name: string;
  readonly sql: string;
}

const SETTING = 'query.saved';
const MOST_SAVED = 200;
const KEPT_HISTORY = 50;
const MOST_KEPT_LETTERS = 20_000;

/** What does not parse as a list of queries is left out: a case may come from anywhere. */
export function savedQueriesOf(json: string | null | undefined): readonly SavedQuery[] {
  if (!json) return [];
  try {
    const list: unknown = JSON.parse(json);
    if (!Array.isArray(list)) return [];
    return list
      .flatMap((entry: unknown) => (isSavedQuery(entry) ? [{ name: entry.name, sql: entry.sql }] : []))
      .slice(0, MOST_SAVED);
  } catch {
    return [];
  }
}

function isSavedQuery(entry: unknown): entry is SavedQuery {
  if (typeof entry !== 'object' || entry === null) return false;
  return 'name' in entry && typeof entry.name === 'string' && 'sql' in entry && typeof entry.sql === 'string';
}

export function useSavedQueries(): {
  readonly saved: readonly SavedQuery[];
  /** The same name is written over. Rejects when the case cannot be written. */
  readonly save: (query: SavedQuery) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
} {
  const procedures = useProcedures();
  const saved = savedQueriesOf(useQuery('setting.get', { key: SETTING }).data?.json);
  const write = async (next: readonly SavedQuery[]): Promise<void> => {
    await procedures['setting.set']({ key: SETTING, json: JSON.stringify(next) });
  };
  return {
    saved,
    save: (query) => write([...saved.filter(({ name }) => name !== query.name), query]),
    remove: (name) => write(saved.filter((query) => query.name !== name)),
  };
}

/** Newest first, each statement once. */
export const useQueryHistory = create<{ readonly statements: readonly string[] }>()(
  persist(() => ({ statements: [] as readonly string[] }), { name: 'faultline.query-history', version: 1 }),
);

export function rememberStatement(sql: string): void {
  if (sql.length > MOST_KEPT_LETTERS) return;
  useQueryHistory.setState(({ statements }) => ({
    statements: [sql, ...statements.filter((known) => known !== sql)].slice(0, KEPT_HISTORY),
  }));
}
