/** Files that telemetry came from, with the progress that makes an import resumable. */
import type { CaseDatabase } from '../case-database.ts';

export type SourceFileStatus = 'reading' | 'complete' | 'duplicate' | 'failed';

export interface SourceFileRow {
  readonly id: number;
  readonly jobId: string | null;
  readonly path: string;
  readonly sha256: string;
  readonly headSha256: string;
  readonly sizeBytes: number;
  readonly format: string;
  readonly formatVersion: number;
  readonly confidence: number;
  readonly reason: string;
  readonly status: SourceFileStatus;
  readonly batchesCommitted: number;
  readonly records: string;
  readonly rejected: number;
  readonly duplicates: number;
  readonly firstTime: bigint | null;
  readonly lastTime: bigint | null;
  /** Rows at the time of the file for want of their own; the times below leave them out. */
  readonly undated: number;
  readonly datedFirstTime: bigint | null;
  readonly datedLastTime: bigint | null;
  readonly warnings: string;
}
type BigRow = {
  [Key in keyof SourceFileRow]: SourceFileRow[Key] extends number ? bigint | number : SourceFileRow[Key];
};

const COLUMNS = `id, job_id AS jobId, path, sha256, head_sha256 AS headSha256, size_bytes AS sizeBytes, format,
  format_version AS formatVersion, confidence, reason, status, batches_committed AS batchesCommitted, records, rejected,
  duplicates, first_time AS firstTime, last_time AS lastTime, undated, dated_first_time AS datedFirstTime,
  dated_last_time AS datedLastTime, warnings`;

export interface NewSourceFile {
  /** Given to a file that takes the place of another; else the next one. */
  readonly id?: number | undefined;
  readonly jobId: string | null;
  readonly path: string;
  readonly headSha256: string;
  readonly format: string;
  readonly formatVersion: number;
  readonly confidence: number;
  readonly reason: string;
}
export function insertSourceFile(database: CaseDatabase): (row: NewSourceFile) => number {
  const statement = database.prepare(
    `INSERT INTO source_files (id, job_id, path, head_sha256, format, format_version, confidence, reason, status)
     VALUES (@id, @jobId, @path, @headSha256, @format, @formatVersion, @confidence, @reason, 'reading')`,
  );
  return ({ id = undefined, jobId, path, headSha256, format, formatVersion, confidence, reason }) => {
    const row = { id: id ?? null, jobId, path, headSha256, format, formatVersion, confidence, reason };
    return Number(statement.run(row).lastInsertRowid);
  };
}

export interface SourceFileProgress {
  readonly id: number;
  readonly status: SourceFileStatus;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly batchesCommitted: number;
  readonly records: string;
  readonly rejected: number;
  readonly duplicates: number;
  readonly firstTime: bigint | null;
  readonly lastTime: bigint | null;
  readonly undated: number;
  readonly datedFirstTime: bigint | null;
  readonly datedLastTime: bigint | null;
  readonly warnings: string;
}
/** By primary key, in the transaction of the batch it counts. */
export function updateSourceFile(database: CaseDatabase): (row: SourceFileProgress) => void {
  const statement = database.prepare(
    `UPDATE source_files SET status = @status, sha256 = @sha256, size_bytes = @sizeBytes,
       batches_committed = @batchesCommitted, records = @records, rejected = @rejected, duplicates = @duplicates,
       first_time = @firstTime, last_time = @lastTime, undated = @undated, dated_first_time = @datedFirstTime,
       dated_last_time = @datedLastTime, warnings = @warnings WHERE id = @id`,
  );
  return (row) => void statement.run(row);
}
/** Hands an unfinished file to the job that continues it. */
export function adoptSourceFile(database: CaseDatabase): (id: number, jobId: string | null) => void {
  const statement = database.prepare('UPDATE source_files SET job_id = ? WHERE id = ?');
  return (id, jobId) => void statement.run(jobId, id);
}

/**
 * Files that begin with the same bytes, oldest first, known copies and files nobody could read left out (a bundle may
 * hold thousands of empty ones); uses source_files_by_head.
 */
export function sourceFilesWithHead(database: CaseDatabase): (headSha256: string) => readonly SourceFileRow[] {
  const statement = database
    .prepare<[string], BigRow>(
      `SELECT ${COLUMNS} FROM source_files WHERE head_sha256 = ? AND status <> 'duplicate'
         AND (status <> 'complete' OR format_version > 0) ORDER BY id`,
    )
    .safeIntegers();
  return (headSha256) => statement.all(headSha256).map(toRow);
}
export function allSourceFiles(database: CaseDatabase): readonly SourceFileRow[] {
  return database
    .prepare<[], BigRow>(`SELECT ${COLUMNS} FROM source_files ORDER BY id`)
    .safeIntegers()
    .all()
    .map(toRow);
}

/** By primary key. */
export function sourceFile(database: CaseDatabase, id: number): SourceFileRow | undefined {
  const row = database
    .prepare<[number], BigRow>(`SELECT ${COLUMNS} FROM source_files WHERE id = ?`)
    .safeIntegers()
    .get(id);
  return row && toRow(row);
}
/** The file a path stands for: the one read last, a copy only where there is nothing else. Scans the small table. */
export function sourceFileAt(database: CaseDatabase, path: string): SourceFileRow | undefined {
  const row = database
    .prepare<[string], BigRow>(
      `SELECT ${COLUMNS} FROM source_files WHERE path = ? ORDER BY status = 'duplicate', id DESC LIMIT 1`,
    )
    .safeIntegers()
    .get(path);
  return row && toRow(row);
}
/** Files that begin with the same bytes and are not known copies, also those nobody could read; uses source_files_by_head. */
export function filesReadWithHead(database: CaseDatabase): (headSha256: string) => readonly SourceFileRow[] {
  const statement = database
    .prepare<[string], BigRow>(
      `SELECT ${COLUMNS} FROM source_files WHERE head_sha256 = ? AND status <> 'duplicate' ORDER BY id`,
    )
    .safeIntegers();
  return (headSha256) => statement.all(headSha256).map(toRow);
}
/** Makes a complete file one that the next import reads from its beginning, and says why. */
export function markForReading(database: CaseDatabase): (id: number, warning: string) => void {
  // No importer has this version, so what is there will not be gone on with but replaced.
  const statement = database.prepare(
    "UPDATE source_files SET status = 'failed', format_version = -1, warnings = json_insert(warnings, '$[#]', ?) WHERE id = ?",
  );
  return (id, warning) => void statement.run(warning, id);
}

function toRow(row: BigRow): SourceFileRow {
  return {
    ...row,
    id: Number(row.id),
    sizeBytes: Number(row.sizeBytes),
    formatVersion: Number(row.formatVersion),
    confidence: Number(row.confidence),
    batchesCommitted: Number(row.batchesCommitted),
    rejected: Number(row.rejected),
    duplicates: Number(row.duplicates),
    undated: Number(row.undated),
  };
}
