/** How far bytes are, in words: `812 MB of 1.04 GB · 118 MB/s · about 6 s left`. Pure. */
import type { JobProgress } from '../../../shared/contract/job-schemas.ts';
import type { Staging } from '../../stores/import-queue.ts';
import { bytesText, countText, durationText } from '../../stores/time-format.ts';

/** A rate of less than this is chance. */
const TELLING_MS = 500;

export function jobDetail(progress: JobProgress): string {
  const { bytesRead, bytesTotal, elapsedMs, remainingMs, rows } = progress;
  return [
    bytesDoneText(bytesRead, bytesTotal),
    speedText(bytesRead, elapsedMs),
    rows > 0 ? `${countText(rows)} rows` : '',
    leftText(remainingMs),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The end of a hand-over is told from how fast it went so far. */
export function stagingDetail({ bytesDone, bytesTotal, elapsedMs }: Omit<Staging, 'cancel' | 'path'>): string {
  const isTelling = bytesDone > 0 && elapsedMs > TELLING_MS;
  const remainingMs = isTelling && bytesDone < bytesTotal ? ((bytesTotal - bytesDone) * elapsedMs) / bytesDone : null;
  return [bytesDoneText(bytesDone, bytesTotal), speedText(bytesDone, elapsedMs), leftText(remainingMs)]
    .filter(Boolean)
    .join(' · ');
}

function bytesDoneText(done: number, total: number): string {
  return total > 0 ? `${bytesText(done)} of ${bytesText(total)}` : '';
}

function speedText(bytes: number, elapsedMs: number): string {
  return bytes > 0 && elapsedMs > TELLING_MS ? `${bytesText((bytes / elapsedMs) * 1000)}/s` : '';
}

function leftText(remainingMs: number | null): string {
  return remainingMs === null ? '' : `about ${durationText(Math.ceil(remainingMs / 1000) * 1e9)} left`;
}
