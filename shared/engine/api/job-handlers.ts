import type { Contract } from '../../contract/contract.ts';
import { ContractError } from '../../contract/contract-error.ts';
import type { NamespaceHandlers, SequencedEvent } from '../../contract/derived-types.ts';
import type { JobProgress } from '../../contract/job-schemas.ts';
import type { JobId } from '../../model/ids.ts';
import type { Engine, JobRecord } from '../engine-interface.ts';
import type { EngineSession } from './engine-session.ts';

export function jobHandlers(session: EngineSession): NamespaceHandlers<Contract, 'job'> {
  return {
    'job.list': async () => ({ jobs: [...(await session.engine.jobs())] }),
    'job.get': ({ jobId }) => jobOf(session.engine, jobId),
    'job.cancel': async ({ jobId }) => {
      const isCancelled = await session.engine.cancel(jobId);
      return { isCancelled, revision: session.touch('jobs') };
    },
    'job.yield': async () => ({ isRunning: session.isOpen && session.engine.standAside() }),
    'job.progress': ({ jobId }, { after, signal }) => progressOf(session.engine, jobId, after ?? -1, signal),
  };
}

async function jobOf(engine: Engine, jobId: JobId): Promise<JobRecord> {
  const job = (await engine.jobs()).find(({ id }) => id === jobId);
  if (job) return job;
  throw new ContractError('not_found', `The case has no job with the id ${jobId}.`);
}

/** A slow listener gets the newest state, not a backlog: at most one event waits. */
async function* progressOf(
  engine: Engine,
  jobId: JobId,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<SequencedEvent<JobProgress>, void> {
  let newest: JobProgress | undefined;
  let last = after;
  let wake = (): void => undefined;
  const subscription = engine.onProgress((progress) => {
    if (progress.jobId !== jobId || progress.sequence <= last) return;
    newest = progress;
    wake();
  });
  const onAbort = (): void => wake();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const job = await jobOf(engine, jobId);
    if (job.status !== 'running') newest ??= { ...job.progress, status: job.status };
    while (!signal.aborted) {
      if (!newest) await new Promise<void>((resolve) => (wake = resolve));
      const event: JobProgress | undefined = newest;
      newest = undefined;
      if (!event) continue;
      last = event.sequence;
      yield { sequence: event.sequence, event };
      if (event.status !== 'running') return;
    }
  } finally {
    subscription.dispose();
    signal.removeEventListener('abort', onAbort);
  }
}
