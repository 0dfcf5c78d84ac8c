import { describe, expect, it } from 'vitest';
import { ContractError } from '../../../../shared/contract/contract-error.ts';
import { QueryCache } from '../../../../renderer/client/query-cache.ts';
import type { EngineProcedures } from '../../../../renderer/client/connection.ts';

interface Call {
  readonly name: string;
  readonly signal: AbortSignal;
  readonly answer: (value: unknown) => Promise<void>;
  readonly fail: (error: Error) => Promise<void>;
}

/** A cache over procedures that answer when told to. */
function cacheWithCalls(): { readonly cache: QueryCache; readonly calls: Call[] } {
  const calls: Call[] = [];
  const procedures = new Proxy(
    {},
    {
      get: (_, name: string) => (_input: unknown, options: { signal: AbortSignal }) => {
        const { promise, resolve, reject } = Promise.withResolvers<unknown>();
        const told = async (): Promise<void> => {
          await promise.catch(() => undefined);
          await Promise.resolve();
        };
        calls.push({
          name,
          signal: options.signal,
          answer: (value) => (resolve(value), told()),
          fail: (error) => (reject(error), told()),
        });
        return promise;
      },
    },
  );
  return { cache: new QueryCache(procedures as EngineProcedures), calls };
}

const NOTES = 'note.list {}';
const JOBS = 'job.list {}';

describe('answers kept by the page', () => {
  it('asks once for all who look, and says so when the answer is there', async () => {
    const { cache, calls } = cacheWithCalls();
    let told = 0;
    cache.watch(JOBS, 'job.list', {}, () => told++);
    cache.watch(JOBS, 'job.list', {}, () => undefined);
    expect(calls).toHaveLength(1);
    expect(cache.state(JOBS)).toMatchObject({ isLoading: true, data: undefined });
    await calls[0]?.answer({ jobs: [] });
    expect(cache.state(JOBS)).toMatchObject({ isLoading: false, isStale: false, data: { jobs: [] } });
    expect(told).toBeGreaterThan(0);
  });

  it('asks nothing again while held, not even what changed just before', async () => {
    const { cache, calls } = cacheWithCalls();
    cache.watch(JOBS, 'job.list', {}, () => undefined);
    cache.invalidate(['jobs']);
    cache.hold(true);
    await calls[0]?.answer({ jobs: [] });
    expect(calls).toHaveLength(1);
    cache.hold(false);
    expect(calls).toHaveLength(2);
  });

  it('asks again over a new connection what the last one answered or failed, but not what is on its way', async () => {
    const { cache, calls } = cacheWithCalls();
    cache.watch(JOBS, 'job.list', {}, () => undefined);
    cache.watch(NOTES, 'note.list', {}, () => undefined);
    await calls[0]?.fail(new ContractError('unavailable', 'The engine went away.'));
    cache.reconnected();
    expect(calls.map(({ name }) => name)).toEqual(['job.list', 'note.list', 'job.list']);
    await calls[1]?.answer({ notes: [] });
    expect(cache.state(NOTES)).toMatchObject({ isLoading: false, isStale: false });
    cache.reconnected();
    expect(calls.map(({ name }) => name)).toEqual(['job.list', 'note.list', 'job.list', 'note.list']);
  });

  it('keeps a question on its way for who looks away and back in one breath', async () => {
    const { cache, calls } = cacheWithCalls();
    cache.watch(JOBS, 'job.list', {}, () => undefined)();
    cache.watch(JOBS, 'job.list', {}, () => undefined);
    await Promise.resolve();
    expect(calls).toHaveLength(1);
    expect(calls[0]?.signal.aborted).toBe(false);
  });

  it('stops the engine once nobody looks any more', async () => {
    const { cache, calls } = cacheWithCalls();
    cache.watch(JOBS, 'job.list', {}, () => undefined)();
    await Promise.resolve();
    expect(calls[0]?.signal.aborted).toBe(true);
    cache.watch(JOBS, 'job.list', {}, () => undefined);
    expect(calls).toHaveLength(2);
  });

  it('keeps the old answer on the screen while it asks again', async () => {
    const { cache, calls } = cacheWithCalls();
    cache.watch(JOBS, 'job.list', {}, () => undefined);
    await calls[0]?.answer('old');
    cache.invalidate();
    expect(cache.state(JOBS)).toMatchObject({ data: 'old', isStale: true, isLoading: true });
    await calls[1]?.answer('new');
    expect(cache.state(JOBS)).toMatchObject({ data: 'new', isStale: false });
  });

  it('is never cut off by changes that come while it is being answered, but asks once more', async () => {
    const { cache, calls } = cacheWithCalls();
    cache.watch(JOBS, 'job.list', {}, () => undefined);
    for (let change = 0; change < 5; change++) cache.invalidate(['jobs']);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.signal.aborted).toBe(false);
    await calls[0]?.answer('first');
    expect(cache.state(JOBS)).toMatchObject({ data: 'first', isStale: true });
    expect(calls).toHaveLength(2);
    await calls[1]?.answer('second');
    expect(cache.state(JOBS)).toMatchObject({ data: 'second', isStale: false });
    expect(calls).toHaveLength(2);
  });

  it('asks again only for what a change is about', async () => {
    const { cache, calls } = cacheWithCalls();
    cache.watch(JOBS, 'job.list', {}, () => undefined);
    cache.watch(NOTES, 'note.list', {}, () => undefined);
    await calls[0]?.answer('jobs');
    await calls[1]?.answer('notes');
    cache.invalidate(['notes']);
    expect(calls.slice(2).map(({ name }) => name)).toEqual(['note.list']);
  });

  it('still owes an answer that was given up half-way', async () => {
    const { cache, calls } = cacheWithCalls();
    const stop = cache.watch(JOBS, 'job.list', {}, () => undefined);
    await calls[0]?.answer('old');
    cache.invalidate(['jobs']);
    stop();
    await Promise.resolve();
    cache.watch(JOBS, 'job.list', {}, () => undefined);
    expect(calls).toHaveLength(3);
  });

  it('shows no answer of the last case as one of the next', async () => {
    const { cache, calls } = cacheWithCalls();
    cache.watch(JOBS, 'job.list', {}, () => undefined);
    await calls[0]?.answer('case A');
    cache.reset();
    expect(cache.state(JOBS).data).toBeUndefined();
    expect(calls).toHaveLength(2);
  });

  it('keeps the last answer, as a stale one, while the engine is away; other failures are told', async () => {
    const { cache, calls } = cacheWithCalls();
    cache.watch(JOBS, 'job.list', {}, () => undefined);
    await calls[0]?.answer('old');
    cache.invalidate();
    await calls[1]?.fail(new ContractError('unavailable', 'gone'));
    expect(cache.state(JOBS)).toMatchObject({ data: 'old', isStale: true, error: null });
    cache.invalidate();
    await calls[2]?.fail(new ContractError('data_loss', 'broken'));
    expect(cache.state(JOBS)).toMatchObject({ data: 'old', error: { code: 'data_loss' } });
  });
});
