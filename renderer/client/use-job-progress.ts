/** The running job, if any, with its progress as it happens; the last answer of `job.list` fills the time before. */
import { useEffect, useState } from 'react';
import type { JobProgress } from '../../shared/contract/job-schemas.ts';
import { useConnectionState, useEngine } from './engine-context.tsx';
import type { QueryOutput } from './query-cache.ts';
import { useQuery } from './use-query.ts';

export type Job = QueryOutput<'job.list'>['jobs'][number];

const ASK_AGAIN_MS = 250;

/** Newest first; undefined until known. */
export function useJobs(): readonly Job[] | undefined {
  return useQuery('job.list', {}).data?.jobs;
}

/** Progress of the job that runs now; null when none does. */
export function useRunningJob(): JobProgress | null {
  const job = useJobs()?.find(({ status }) => status === 'running');
  const { connection, cache } = useEngine();
  const state = useConnectionState();
  const session = state.status === 'ready' ? state.session : 0;
  const [latest, setLatest] = useState<JobProgress | null>(null);
  const jobId = job?.id;
  useEffect(() => {
    if (jobId === undefined || session === 0) return;
    const feed = connection.procedures['job.progress'](
      { jobId },
      (progress) => {
        setLatest(progress);
        // Whoever shows lists of jobs, files or results learns of the end at once.
        if (progress.status !== 'running') cache.invalidate(['jobs', 'records', 'analysis']);
      },
      { onEnd: () => cache.invalidate(['jobs']) },
    );
    return () => feed.dispose();
  }, [connection, cache, jobId, session]);
  const hasEnded = latest !== null && latest.jobId === jobId && latest.status !== 'running';
  useEffect(() => {
    if (!hasEnded) return;
    // The last event of a job may come before its end is on the list.
    const timer = setInterval(() => cache.invalidate(['jobs', 'records', 'analysis']), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [cache, hasEnded]);
  if (!job) return null;
  return latest?.jobId === job.id ? latest : job.progress;
}
