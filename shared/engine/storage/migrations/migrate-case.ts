/** Brings a case to the newest schema: one transaction per migration, so that a kill leaves a whole older schema. */
import type { CaseDatabase } from '../case-database.ts';
import { EngineError } from '../../engine-error.ts';
import { migrations, type Migration } from './index.ts';

export function newestSchemaVersion(): number {
  return migrations.length;
}

/** `list` is the shipped one outside tests. Throws `failed_precondition` when the case is newer than this program. */
export function migrateCase(database: CaseDatabase, list: readonly Migration[] = migrations): void {
  const current = database.pragma('user_version', { simple: true }) as number;
  if (current > list.length) {
    throw new EngineError(
      'failed_precondition',
      `The case was written by a newer Faultline (schema ${current}, this one knows ${list.length}); open it with that version.`,
    );
  }
  for (const migration of list.slice(current)) {
    database.transaction(() => {
      database.exec(migration.sql);
      database.pragma(`user_version = ${migration.version}`);
    })();
  }
}
