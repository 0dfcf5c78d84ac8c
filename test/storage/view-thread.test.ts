/** A view thread answers one question while another gives way: what came in between must not be missing for good. */
import { expect, it, vi } from 'vitest';
import { packStrings } from '../../shared/engine/storage/storable-batch.ts';
import { LogStore } from '../../shared/engine/views/log-store.ts';
import { createCancelFlag } from '../../shared/engine/workers/cancel-flag.ts';
import { logBatch } from './batches.ts';
import { viewThread } from './in-thread-view.ts';
import { FIRST_TIME, useRandomCase } from './random-case.ts';
import { eventually } from '../support/eventually.ts';

const current = useRandomCase('view-thread.test');

function importLogs(count: number, firstSecond: number, user = 'u1'): void {
  const logs = Array.from({ length: count }, (_, i) => ({
    time: FIRST_TIME + BigInt(firstSecond + i) * 1_000_000_000n,
    body: `paid order ${i}`,
  }));
  current().importFile([{ ...logBatch(logs), attributes: packStrings(logs.map(() => `{"user":"${user}"}`)) }]);
}

it('counts rows that came while a filter was being prepared', async () => {
  importLogs(3, 0);
  const thread = viewThread(current().database.name);
  const filter = { fields: [{ key: 'user', value: 'u1', isExcluded: false }] };
  const ask = async (): Promise<number> => {
    const request = { filter, index: 0, limit: 10 };
    return (await thread.call('logRows', { request, cancel: createCancelFlag() })).total;
  };
  // The first question scans for the attribute and gives way; meanwhile rows come in and another question sees them.
  const first = ask();
  importLogs(2, 10);
  await thread.call('logHistogram', { request: { filter: {}, bucketCount: 1 }, cancel: createCancelFlag() });
  expect([3, 5]).toContain(await first);
  expect(await ask()).toBe(5);
  await thread.call('close', null);
});

it('does not take rows for others that had their numbers while a filter was being prepared', async () => {
  importLogs(3, 0);
  const thread = viewThread(current().database.name);
  const request = { filter: { fields: [{ key: 'user', value: 'u1', isExcluded: false }] }, index: 0, limit: 10 };
  const first = thread.call('logRows', { request, cancel: createCancelFlag() });
  current().takeOut();
  importLogs(2, 10, 'u2');
  await thread.call('logHistogram', { request: { filter: {}, bucketCount: 1 }, cancel: createCancelFlag() });
  expect(await first).toMatchObject({ total: 0, rows: [] });
  await thread.call('close', null);
});

it('counts to the nanosecond in a case that was empty when it was first asked', async () => {
  const thread = viewThread(current().database.name);
  const total = async (to: bigint): Promise<number> => {
    const request = { filter: {}, from: FIRST_TIME, to, index: 0, limit: 10 };
    return (await thread.call('logRows', { request, cancel: createCancelFlag() })).total;
  };
  expect(await total(FIRST_TIME + 1n)).toBe(0);
  importLogs(3, 0);
  // `to` is exclusive: one nanosecond decides about the row at it.
  const second = FIRST_TIME + 1_000_000_000n;
  expect([await total(second), await total(second + 1n)]).toEqual([1, 2]);
  await thread.call('close', null);
});

it('follows a case that rows stream into, without being asked, until they end', async () => {
  importLogs(3, 0);
  const thread = viewThread(current().database.name);
  const refresh = vi.spyOn(LogStore.prototype, 'refresh');
  try {
    await thread.call('logHistogram', { request: { filter: {}, bucketCount: 1 }, cancel: createCancelFlag() });
    importLogs(2, 10);
    await eventually(() => expect(refresh.mock.results.filter(({ value }) => value === true)).toHaveLength(2));
    expect(
      await thread.call('logHistogram', { request: { filter: {}, bucketCount: 1 }, cancel: createCancelFlag() }),
    ).toMatchObject({ total: 5 });
    // The last question found nothing new.
    expect(refresh.mock.results.at(-1)?.value).toBe(false);
  } finally {
    await thread.call('close', null);
    refresh.mockRestore();
  }
});

it('follows no longer than somebody asks now and then, and is at rest after that', async () => {
  importLogs(3, 0);
  const thread = viewThread(current().database.name);
  const refresh = vi.spyOn(LogStore.prototype, 'refresh');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    const minute = async (): Promise<number> => {
      const before = refresh.mock.calls.length;
      for (let second = 0; second < 62; second++) {
        importLogs(1, 10 + second);
        await vi.advanceTimersByTimeAsync(1_000);
      }
      return refresh.mock.calls.length - before;
    };
    await thread.call('logHistogram', { request: { filter: {}, bucketCount: 1 }, cancel: createCancelFlag() });
    expect(await minute()).toBeGreaterThan(60);
    expect(await minute()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    await thread.call('close', null);
    vi.useRealTimers();
    refresh.mockRestore();
  }
});
