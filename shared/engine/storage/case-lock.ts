/**
 * Keeps a second program from writing to a case: a case file's own locks are held only during transactions, so another
 * process could take a running import for an interrupted one. The lock is SQLite's lock on an empty file beside the
 * case; the operating system drops it when the process ends, however that happens.
 */
import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { EngineError } from '../engine-error.ts';
import { storageError } from './case-database.ts';

export interface CaseLock {
  release(): void;
}

/** Throws `unavailable` when another program (or engine) holds the case. */
export function caseLock(caseFile: string): CaseLock {
  const path = `${caseFile}-lock`;
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    const plain = storageError(error, caseFile);
    if (plain instanceof EngineError && plain.code === 'unavailable') throw plain;
    if (plain instanceof EngineError)
      throw new EngineError(plain.code, `${caseFile} cannot be created or written here: ${plain.message}`);
    throw plain;
  }
  const held = database;
  return {
    release() {
      // Removed while still held, so that nobody can lock a file that is about to vanish.
      rmSync(path, { force: true });
      held.close();
    },
  };
}
