/**
 * Every migration, oldest first. Append only: a migration that has been released is never edited. `sha256` is the hash of
 * its SQL; a test compares, so that an accidental edit is noticed.
 */
import * as caseTables from './0001-case-tables.ts';
import * as readableViews from './0002-readable-views.ts';
import * as viewColumns from './0003-view-columns.ts';
import * as decisionsOfPeople from './0004-decisions-of-people.ts';
import * as undatedRows from './0005-undated-rows.ts';

export interface Migration {
  /** 1-based; the schema version a case has afterwards. */
  readonly version: number;
  readonly title: string;
  readonly sha256: string;
  readonly sql: string;
}

export const migrations: readonly Migration[] = [
  {
    version: 1,
    title: 'case tables',
    sha256: '162c4afe5ba332adca5d39e5ccecb7ecb93d9d5bc8b45046235b89c8243949b5',
    sql: caseTables.sql,
  },
  {
    version: 2,
    title: 'readable views',
    sha256: '34a20df8119410f9c6d033533db93b46e7c33c1a9292c9ff532a878c8b9a4677',
    sql: readableViews.sql,
  },
  {
    version: 3,
    title: 'view columns',
    sha256: 'e090fa0c4d449c620d7e748086a6c36f04dc78f14ac77e95a71d89383ddc8479',
    sql: viewColumns.sql,
  },
  {
    version: 4,
    title: 'decisions of people',
    sha256: '6a73a5039fb6720ef7f69fd3df7b2fb488b277cf7bad5939be649aaaf5b653e6',
    sql: decisionsOfPeople.sql,
  },
  {
    version: 5,
    title: 'undated rows',
    sha256: '818a933ca2e60354431051f98d83887c0158e5f710be8de0f0862ea12105ade8',
    sql: undatedRows.sql,
  },
];
