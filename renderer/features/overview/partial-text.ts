/** What is read so far, in a sentence that leaves out what is not known yet. Pure. */
import type { JobProgress } from '../../../shared/contract/job-schemas.ts';
import { countText, percentText } from '../../stores/time-format.ts';

/** A share below would read as 0 %. */
const LEAST_SHARE = 0.005;

export function partialText({
  kind,
  filesDone,
  rows,
  share,
}: Pick<JobProgress, 'kind' | 'filesDone' | 'rows' | 'share'>): string {
  const isShareKnown = share >= LEAST_SHARE;
  if (kind === 'analysis')
    return `Ranking anew${isShareKnown ? `, ${percentText(share)} done` : ''}. What stands here is the answer before.`;
  const parts: string[] = [];
  if (filesDone > 0) parts.push(`From the first ${filesDone === 1 ? 'file' : `${filesDone} files`}`);
  if (rows > 0)
    parts.push(filesDone > 0 ? `${countText(rows)} rows` : `From ${countText(rows)} rows of the first file`);
  if (parts.length === 0) return 'Reading has begun; nothing is counted yet. Ranks can still move.';
  if (isShareKnown) parts.push(`${percentText(share)} read`);
  return `${parts.join(', ')}. Ranks can still move.`;
}
