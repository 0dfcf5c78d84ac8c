import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { JobList } from '../../../../shared/engine/jobs/job-list.ts';
import type { CancelFlag } from '../../../../shared/engine/workers/contract.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const nothing = async (): Promise<void> => undefined;

/** A job that runs until `end` is called, and its flag. */
async function runningJob() {
  const jobs = new JobList({ startJob: nothing, updateJob: nothing, finishJob: nothing });
  const ended = Promise.withResolvers<void>();
  const flags: CancelFlag[] = [];
  const { result } = await jobs.start({
    kind: 'import',
    parametersJson: '{}',
    bytesTotal: 0,
    run: ({ cancel }) => {
      flags.push(cancel);
      return ended.promise;
    },
    summary: () => null,
  });
  const end = async (): Promise<void> => {
    ended.resolve();
    await result;
  };
  return { jobs, end, isAsked: () => new Int32Array(flags[0]!)[1] === 1 };
}

it('asks the job that runs to stand aside for half a second from the last asking', async () => {
  const { jobs, end, isAsked } = await runningJob();
  expect(isAsked()).toBe(false);
  expect(jobs.standAside()).toBe(true);
  await vi.advanceTimersByTimeAsync(300);
  expect(jobs.standAside()).toBe(true);
  await vi.advanceTimersByTimeAsync(300);
  expect(isAsked()).toBe(true);
  await vi.advanceTimersByTimeAsync(300);
  expect(isAsked()).toBe(false);
  await end();
  expect(jobs.standAside()).toBe(false);
});

it('has it work on for a moment when a person saves something, which waits for its step', async () => {
  const { jobs, end, isAsked } = await runningJob();
  jobs.workOn();
  expect(jobs.standAside()).toBe(true);
  expect(isAsked()).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  jobs.standAside();
  expect(isAsked()).toBe(true);
  jobs.workOn();
  expect(isAsked()).toBe(false);
  await end();
});
