/** One line of progress for a terminal, cut to its width. */
import type { JobProgress } from '../contract/job-schemas.ts';
import { bytes, duration, significant } from '../report/format.ts';

const NS_PER_MS = 1e6;

export function progressLine(progress: JobProgress, columns: number): string {
  const parts = [`${progress.stage} ${Math.floor(progress.share * 100)} %`];
  if (progress.bytesTotal > 0 && progress.kind === 'import') {
    parts.push(`${bytes(progress.bytesRead)} of ${bytes(progress.bytesTotal)}`);
  }
  if (progress.rows > 0) parts.push(`${significant(progress.rows)} records`);
  if (progress.remainingMs !== null) parts.push(`${duration(progress.remainingMs * NS_PER_MS)} left`);
  // Unprintable characters of a hostile path stay off the terminal.
  if (progress.path !== '') parts.push(progress.path.replaceAll(/[^\u0020-\u007e\u00a0-\uffff]/g, '?'));
  const line = parts.join('  ');
  return line.length < columns ? line : `${line.slice(0, columns - 2)}…`;
}
