/**
 * Opens a case file. A handle belongs to the worker thread that opened it. There is one writing handle per case; readers
 * are opened read-only and see whole transactions only (write-ahead log).
 *
 * Durability: `synchronous=NORMAL`. A killed process loses nothing that was committed; after a power loss the file is
 * whole but commits since the last checkpoint may be missing (the import then continues from the last batch found).
 */
import Database from 'better-sqlite3';
import { EngineError } from '../engine-error.ts';
import { migrateCase, newestSchemaVersion } from './migrations/migrate-case.ts';

export type CaseDatabase = Database.Database;
export type CaseStatement = Database.Statement;

/** "FLT1" in SQLite's application id, so that `file` and other tools can tell a case from any other database. */
export const CASE_APPLICATION_ID = 0x464c5431;
const BUSY_TIMEOUT_MS = 5_000;
/**
 * Of new cases. Half as many calls into the system and splits of pages as with 8 KiB, and column blocks are read in a
 * third of the time; rows found one by one take a tenth longer.
 */
const PAGE_BYTES = 16_384;
/** Page caches: the writer holds the hot end of tables and indexes, readers what a screen needs. */
const WRITER_CACHE_KIB = 48 * 1024;
const READER_CACHE_KIB = 16 * 1024;
/**
 * Write-ahead log between checkpoints. A checkpoint writes everything a second time and waits for the disk twice, on the
 * thread that an import waits for; so much is small beside the case it grows with, and read again in a quarter of a
 * second after a kill.
 */
const CHECKPOINT_BYTES = 256 * 1024 * 1024;

export interface WriterOptions {
  /** Upper bound of the file; undefined = the disk decides. */
  readonly maxCaseBytes?: number | undefined;
}

/** Opens or creates a case for writing and brings it to the newest schema. */
export function openCaseForWriting(path: string, options: WriterOptions = {}): CaseDatabase {
  const database = openFile(path, { readonly: false });
  try {
    refuseForeignFile(database, path);
    database.pragma(`page_size = ${PAGE_BYTES}`);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    database.pragma(`cache_size = -${WRITER_CACHE_KIB}`);
    const pageBytes = database.pragma('page_size', { simple: true }) as number;
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_BYTES / pageBytes}`);
    database.pragma('trusted_schema = OFF');
    migrateCase(database);
    database.pragma(`application_id = ${CASE_APPLICATION_ID}`);
    if (options.maxCaseBytes !== undefined) {
      database.pragma(`max_page_count = ${Math.max(1, Math.floor(options.maxCaseBytes / pageBytes))}`);
    }
    return database;
  } catch (error) {
    database.close();
    throw storageError(error, path);
  }
}

/**
 * Runs a bulk load without SQLite looking up the parents of every row (a quarter of its time). The writers take parent ids
 * from the dictionaries, whose rows are in the same transaction, and tests check the keys of what they leave.
 */
export async function withoutForeignKeyChecks<T>(database: CaseDatabase, load: () => Promise<T>): Promise<T> {
  database.pragma('foreign_keys = OFF');
  try {
    return await load();
  } finally {
    if (database.open) database.pragma('foreign_keys = ON');
  }
}

/** Opens a case for reading only. Fails with `not_found` or `failed_precondition` in a sentence. */
export function openCaseForReading(path: string): CaseDatabase {
  const database = openFile(path, { readonly: true });
  try {
    refuseForeignFile(database, path);
    const version = database.pragma('user_version', { simple: true }) as number;
    if (version !== newestSchemaVersion()) {
      throw new EngineError(
        'failed_precondition',
        version > newestSchemaVersion()
          ? `${path} was written by a newer Faultline (schema ${version}, this one knows ${newestSchemaVersion()}); open it with that version.`
          : `${path} has the older schema ${version}; open it once for writing to bring it to schema ${newestSchemaVersion()}.`,
      );
    }
    database.pragma(`cache_size = -${READER_CACHE_KIB}`);
    database.pragma('query_only = ON');
    database.pragma('trusted_schema = OFF');
    return database;
  } catch (error) {
    database.close();
    throw storageError(error, path);
  }
}

function openFile(path: string, options: { readonly readonly: boolean }): CaseDatabase {
  try {
    return new Database(path, {
      readonly: options.readonly,
      fileMustExist: options.readonly,
      timeout: BUSY_TIMEOUT_MS,
    });
  } catch (error) {
    throw storageError(error, path);
  }
}

/** A file that is a database of something else is left alone; an empty file is a new case. */
function refuseForeignFile(database: CaseDatabase, path: string): void {
  const applicationId = database.pragma('application_id', { simple: true }) as number;
  if (applicationId === CASE_APPLICATION_ID) return;
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  if (applicationId !== 0 || tables > 0) {
    const version = database.pragma('user_version', { simple: true }) as number;
    const isHalfMadeCase = applicationId === 0 && version > 0 && hasCaseTables(database);
    if (!isHalfMadeCase) {
      throw new EngineError(
        'invalid_argument',
        `${path} is a database, but not a Faultline case; give another file name.`,
      );
    }
  }
}

function hasCaseTables(database: CaseDatabase): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'source_files'").get() !== undefined;
}

/** SQLite's result codes as contract errors with a sentence that says what to do. Other errors pass unchanged. */
export function storageError(error: unknown, path: string): unknown {
  if (error instanceof TypeError && error.message.includes('directory does not exist')) {
    return new EngineError('not_found', `The folder of ${path} does not exist.`, { cause: error });
  }
  if (!(error instanceof Database.SqliteError)) return error;
  const sentence = SENTENCES.find(([prefix]) => error.code.startsWith(prefix));
  if (!sentence) return error;
  return new EngineError(sentence[1], `${path}: ${sentence[2]} (${error.code})`, { cause: error });
}

const SENTENCES: readonly (readonly [string, ConstructorParameters<typeof EngineError>[0], string])[] = [
  [
    'SQLITE_FULL',
    'resource_exhausted',
    'the disk is full. Batches saved so far are intact; free space and import again.',
  ],
  ['SQLITE_IOERR', 'resource_exhausted', 'the disk refused a read or write (full, removed or failing).'],
  ['SQLITE_NOTADB', 'invalid_argument', 'this is not a Faultline case file.'],
  ['SQLITE_CORRUPT', 'data_loss', 'the case file is damaged; copy it and export what can still be read.'],
  [
    'SQLITE_CANTOPEN',
    'not_found',
    'the case file cannot be opened; check that it exists and its folder can be written.',
  ],
  ['SQLITE_READONLY', 'permission_denied', 'the case file is write-protected.'],
  ['SQLITE_PERM', 'permission_denied', 'the case file may not be opened by this user.'],
  ['SQLITE_BUSY', 'unavailable', 'another program is writing to this case; close it there first.'],
  ['SQLITE_LOCKED', 'unavailable', 'another program is writing to this case; close it there first.'],
];
