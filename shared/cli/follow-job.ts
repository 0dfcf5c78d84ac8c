/** Shows a job's progress until it ends, and passes Ctrl-C on to it as a cancel. */
import type { JobProgress } from '../contract/job-schemas.ts';
import type { JobId } from '../model/ids.ts';
import type { CliIo } from './cli-io.ts';
import type { EngineProcedures } from './engine-client.ts';
import { progressLine } from './progress-line.ts';

const CLEAR_LINE = '\r\u001b[K';

/** Settles as `result` does; call it before the result is asked for, so that no progress is missed. */
export async function followJob<T>(
  engine: EngineProcedures,
  io: CliIo,
  jobId: JobId,
  result: () => Promise<T>,
): Promise<T> {
  const show = (progress: JobProgress): void => {
    if (progress.status === 'running') io.stderr(CLEAR_LINE + progressLine(progress, io.columns));
  };
  const feed = io.isTerminal ? engine['job.progress']({ jobId }, show) : undefined;
  const cancel = (): void => {
    engine['job.cancel']({ jobId }).catch(() => undefined);
  };
  if (io.signal.aborted) cancel();
  io.signal.addEventListener('abort', cancel, { once: true });
  try {
    return await result();
  } finally {
    io.signal.removeEventListener('abort', cancel);
    feed?.dispose();
    if (io.isTerminal) io.stderr(CLEAR_LINE);
  }
}
