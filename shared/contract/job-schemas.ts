/** Schemas of background jobs. */
import { z } from 'zod';
import { jobId, revision, unixNano } from './model-schemas.ts';

const jobKind = z.enum(['import', 'analysis']);
const jobStatus = z.enum(['running', 'succeeded', 'failed', 'cancelled', 'interrupted']);

export const jobRef = z.strictObject({ jobId });
/** What starting a job answers. */
export const startedJob = z.strictObject({ jobId, revision });

export const jobProgress = z.strictObject({
  jobId,
  kind: jobKind,
  status: jobStatus,
  sequence: z.number().int().nonnegative(),
  stage: z.string(),
  /** File being read; '' outside reading. */
  path: z.string(),
  /** 0-1 over the whole job, as far as known. */
  share: z.number().min(0).max(1),
  bytesRead: z.number(),
  /** 0 until known. */
  bytesTotal: z.number(),
  filesDone: z.number(),
  /** Records kept so far. */
  rows: z.number(),
  elapsedMs: z.number(),
  /** null until there is ground for an estimate. */
  remainingMs: z.number().nullable(),
});
export type JobProgress = z.infer<typeof jobProgress>;

export const job = z.strictObject({
  id: jobId,
  kind: jobKind,
  status: jobStatus,
  parametersJson: z.string(),
  startTime: unixNano,
  endTime: unixNano.nullable(),
  error: z.string().nullable(),
  progress: jobProgress,
});
