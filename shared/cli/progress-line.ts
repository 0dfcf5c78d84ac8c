/** One line of progress for a terminal, cut to its width. */
import type { JobProgress } from '../contract/job-schemas.ts';
import { bytes, duration, significant } from '../report/format.ts';

const NS_PER_MS = 1e6;
/** A shorter piece of a path says nothing. */
const SHORTEST_PATH = 12;

export function progressLine(progress: JobProgress, columns: number): string {
  const parts = [`${progress.stage} ${Math.floor(progress.share * 100)} %`];
  if (progress.bytesTotal > 0 && progress.kind === 'import') {
    parts.push(`${bytes(progress.bytesRead)} of ${bytes(progress.bytesTotal)}`);
  }
  if (progress.rows > 0) parts.push(`${significant(progress.rows)} records`);
  if (progress.remainingMs !== null) parts.push(`${duration(progress.remainingMs * NS_PER_MS)} left`);
  const line = parts.join('  ');
  const room = columns - line.length - 3;
  if (progress.path === '' || room < SHORTEST_PATH) return line.slice(0, columns - 1);
  // The end of a path tells more than its beginning; unprintable characters of a hostile one stay off the terminal.
  const path = progress.path.replaceAll(/[^\u0020-\u007e\u00a0-\uffff]/g, '?');
  return `${line}  ${path.length <= room ? path : `…${path.slice(1 - room)}`}`;
}
