/**
 * Runs the queue of imports: starts the next one when the engine is free, and the analysis when the last has ended. One
 * per page, mounted by the drop layer.
 */
import { useEffect, useRef } from 'react';
import { useEngine } from '../../client/engine-context.tsx';
import type { EngineProcedures } from '../../client/connection.ts';
import type { Job } from '../../client/use-job-progress.ts';
import { useJobs } from '../../client/use-job-progress.ts';
import { announce } from '../../stores/announce.ts';
import { awaitJob, takeWaiting, useImportQueue } from '../../stores/import-queue.ts';
import { showProblem } from '../../stores/problem.ts';

export function useImportRunner(): void {
  const { connection, cache } = useEngine();
  const queue = useImportQueue();
  const jobs = useJobs();
  const isBusy = useRef(false);
  useEffect(() => {
    if (!jobs || isBusy.current) return;
    isBusy.current = true;
    step(connection.procedures, jobs)
      .then(
        (hasStarted) => hasStarted && cache.invalidate(['jobs']),
        (error: unknown) => showProblem('The import could not be started.', error),
      )
      .finally(() => (isBusy.current = false));
  }, [connection, cache, queue, jobs]);
}

/** Does the one next thing; answers whether a job was started. */
async function step(procedures: EngineProcedures, jobs: readonly Job[]): Promise<boolean> {
  if (jobs.some(({ status }) => status === 'running')) return false;
  const paths = takeWaiting();
  if (paths) {
    const { jobId } = await procedures['import.start']({ paths: [...paths] });
    awaitJob(jobId);
    return true;
  }
  const awaited = jobs.find(({ id }) => id === useImportQueue.getState().awaitedJob);
  if (!awaited) return false;
  awaitJob(null);
  if (awaited.status === 'failed') {
    const reason = awaited.error ?? 'No reason is known.';
    showProblem('The import stopped. What was read until then is kept.', new Error(reason));
  }
  // Nothing new to analyse.
  if (awaited.status !== 'succeeded' && awaited.progress.rows === 0) return false;
  announce(`Import ${awaited.status === 'succeeded' ? 'finished' : 'stopped'}. The analysis starts.`);
  await procedures['analysis.start']({});
  return true;
}
