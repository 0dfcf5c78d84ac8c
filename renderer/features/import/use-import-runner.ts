/**
 * Runs the queue of imports: starts the next one when the engine is free, and the analysis when the last has ended. One
 * per page, mounted by the drop layer.
 */
import { useEffect, useRef } from 'react';
import { ContractError } from '../../../shared/contract/contract-error.ts';
import { useEngine } from '../../client/engine-context.tsx';
import type { EngineProcedures } from '../../client/connection.ts';
import type { Job } from '../../client/use-job-progress.ts';
import { useJobs } from '../../client/use-job-progress.ts';
import { announce } from '../../stores/announce.ts';
import { awaitJob, returnWaiting, takeWaiting, useImportQueue } from '../../stores/import-queue.ts';
import { showProblem } from '../../stores/problem.ts';

export function useImportRunner(): void {
  const { connection, cache } = useEngine();
  const queue = useImportQueue();
  const jobs = useJobs();
  const isBusy = useRef(false);
  /** As they were when the engine refused: it is asked again when they have changed. */
  const refusedAt = useRef<readonly Job[] | null>(null);
  useEffect(() => {
    if (!jobs || isBusy.current || refusedAt.current === jobs) return;
    isBusy.current = true;
    step(connection.procedures, jobs, () => (refusedAt.current = jobs))
      .then(
        (hasStarted) => hasStarted && cache.invalidate(['jobs']),
        (error: unknown) => showProblem('The import could not be started.', error),
      )
      .finally(() => (isBusy.current = false));
  }, [connection, cache, queue, jobs]);
}

/** Does the one next thing; answers whether a job was started. `onBusy`: another window's job came first. */
async function step(procedures: EngineProcedures, jobs: readonly Job[], onBusy: () => void): Promise<boolean> {
  if (jobs.some(({ status }) => status === 'running')) return false;
  const order = takeWaiting();
  if (order) {
    try {
      const { jobId } = await procedures['import.start']({ paths: [...order.paths], readAs: order.readAs });
      awaitJob(jobId);
      return true;
    } catch (error) {
      if (!(error instanceof ContractError && error.code === 'failed_precondition')) throw error;
      const { jobs: now } = await procedures['job.list']({});
      if (!now.some(({ status }) => status === 'running')) throw error;
      onBusy();
      returnWaiting(order);
      // The list of this page is behind.
      return true;
    }
  }
  const awaited = jobs.find(({ id }) => id === useImportQueue.getState().awaitedJob);
  if (!awaited) return false;
  awaitJob(null);
  if (awaited.status === 'failed') {
    const reason = awaited.error ?? 'No reason is known.';
    showProblem('The import stopped. What was read until then is kept.', new Error(reason));
  }
  // Nothing new to analyse; what was read another way may have lost rows all the same, and the analysis with them. Of an
  // import that was killed, what is known lies seconds behind what it had saved.
  const isReading = awaited.parametersJson.includes('"readAs":');
  const isCountLast = awaited.status === 'failed' || awaited.status === 'cancelled';
  if (isCountLast && awaited.progress.rows === 0 && !isReading) return false;
  announce(`Import ${awaited.status === 'succeeded' ? 'finished' : 'stopped'}. The analysis starts.`);
  await procedures['analysis.start']({});
  return true;
}
