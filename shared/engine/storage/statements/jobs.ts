/** Imports and analyses as they ran. */
import type { CaseDatabase } from '../case-database.ts';

export interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly parameters: string;
  readonly startTime: bigint;
  readonly endTime: bigint | null;
  readonly error: string | null;
  readonly progress: string;
}

export function insertJob(
  database: CaseDatabase,
  row: Pick<JobRow, 'id' | 'kind' | 'parameters' | 'startTime' | 'progress'>,
): void {
  database
    .prepare(
      `INSERT INTO jobs (id, kind, status, parameters, start_time, progress)
       VALUES (@id, @kind, 'running', @parameters, @startTime, @progress)`,
    )
    .run(row);
}
/** By primary key. */
export function updateJobProgress(database: CaseDatabase, id: string, progress: string): void {
  database.prepare('UPDATE jobs SET progress = ? WHERE id = ?').run(progress, id);
}
/** By primary key. */
export function finishJob(
  database: CaseDatabase,
  row: Pick<JobRow, 'id' | 'status' | 'error' | 'progress'> & {
    readonly endTime: bigint;
    readonly report: string | null;
  },
): void {
  database
    .prepare(
      `UPDATE jobs SET status = @status, error = @error, progress = @progress, end_time = @endTime, report = @report
       WHERE id = @id`,
    )
    .run(row);
}
/** Marks what a killed process left running. Returns how many there were. */
export function markInterruptedJobs(database: CaseDatabase, endTime: bigint, reason: string): number {
  return database
    .prepare(`UPDATE jobs SET status = 'interrupted', end_time = ?, error = ? WHERE status = 'running'`)
    .run(endTime, reason).changes;
}
/** Newest first. */
export function allJobs(database: CaseDatabase): readonly JobRow[] {
  return database
    .prepare<[], JobRow>(
      `SELECT id, kind, status, parameters, start_time AS startTime, end_time AS endTime, error, progress
       FROM jobs ORDER BY start_time DESC, rowid DESC`,
    )
    .safeIntegers()
    .all();
}
