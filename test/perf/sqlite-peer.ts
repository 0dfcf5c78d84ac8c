/**
 * The peer of the views: SQLite itself, asked the same sums in SQL over the tables of the same case file, as a tool does
 * that keeps rows and no columns.
 */
import { openCaseForReading } from '../../shared/engine/storage/case-database.ts';

export interface PeerWindow {
  readonly from: bigint;
  readonly to: bigint;
}
const STATEMENTS = {
  'timeline.lanes': `SELECT (start_time - :from) / :width AS bucket, count(*), sum(status = 2) FROM spans
    WHERE start_time >= :from AND start_time < :to GROUP BY bucket
    UNION ALL SELECT (time - :from) / :width AS bucket, count(*), sum(severity >= 17) FROM log_records
    WHERE time >= :from AND time < :to GROUP BY bucket`,
  'log.histogram': `SELECT (time - :from) / :width AS bucket, severity, count(*) FROM log_records
    WHERE time >= :from AND time < :to GROUP BY bucket, severity`,
  'log.templates': `SELECT template_row, count(*), min(time), max(time) FROM log_records
    WHERE time >= :from AND time < :to GROUP BY template_row`,
} as const;
export type PeerView = keyof typeof STATEMENTS;
export const PEER_VIEWS = Object.keys(STATEMENTS) as readonly PeerView[];

/** Milliseconds that SQLite takes for the sums of a view over some windows, one after the other. */
export function timesOfSqlite(
  caseFile: string,
  view: PeerView,
  windows: readonly PeerWindow[],
  bucketCount: number,
): readonly number[] {
  const database = openCaseForReading(caseFile);
  try {
    const statement = database.prepare(STATEMENTS[view]);
    return windows.map(({ from, to }) => {
      const width = (to - from) / BigInt(bucketCount) + 1n;
      const started = performance.now();
      statement.all(view === 'log.templates' ? { from, to } : { from, to, width });
      return performance.now() - started;
    });
  } finally {
    database.close();
  }
}
