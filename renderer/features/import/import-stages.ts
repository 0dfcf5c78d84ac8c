/** The stages of an import as one bar: handing over, reading, search index, analysis. Pure. */
import type { JobProgress } from '../../../shared/contract/job-schemas.ts';
import type { StagingProgress } from '../../client/host-bridge.ts';

export interface ImportStage {
  readonly name: string;
  /** Share of the bar's width, against the other stages. */
  readonly weight: number;
  /** 0-1. */
  readonly share: number;
  readonly word: string;
}

/** An import's share of the whole at which reading ends and the indexes begin (`engine/jobs/job-progress`). */
const READING_SHARE = 0.8;

/** `running` null = files are still on their way from the browser. */
export function importStages(
  running: JobProgress | null,
  staging: Pick<StagingProgress, 'bytesDone' | 'bytesTotal'> | null,
): readonly ImportStage[] {
  const stages: ImportStage[] = [];
  const isAnalysis = running?.kind === 'analysis';
  const read = isAnalysis ? 1 : Math.min(1, (running?.share ?? 0) / READING_SHARE);
  const indexed = isAnalysis ? 1 : Math.max(0, ((running?.share ?? 0) - READING_SHARE) / (1 - READING_SHARE));
  if (staging) {
    const share = staging.bytesTotal === 0 ? 0 : staging.bytesDone / staging.bytesTotal;
    stages.push({ name: 'hand over', weight: 10, share, word: doneWord(share) });
  }
  const files = running?.filesDone ?? 0;
  stages.push(
    {
      name: 'read and keep',
      weight: 56,
      share: read,
      word: isAnalysis ? 'done' : files > 0 ? `${files} ${files === 1 ? 'file' : 'files'} done` : '',
    },
    {
      name: 'search index',
      weight: 14,
      share: indexed,
      word: isAnalysis ? 'done' : indexed > 0 ? (running?.stage ?? '') : '',
    },
    { name: 'analysis', weight: 20, share: isAnalysis ? running.share : 0, word: isAnalysis ? running.stage : '' },
  );
  return stages;
}

function doneWord(share: number): string {
  return share >= 1 ? 'done' : '';
}
