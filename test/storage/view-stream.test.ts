/**
 * A view thread asked now and then while records stream in and files are taken out again, some questions at the same
 * time: each answer is of rows that are in the case. Its clock is the test's, so that it follows, rests and prepares in
 * between. The seed is printed; PROPERTY_SEED=… repeats a run.
 */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { finishingSteps } from '../../shared/engine/storage/finish-case.ts';
import { packStrings } from '../../shared/engine/storage/storable-batch.ts';
import type { LogFilter } from '../../shared/engine/views/log-filter.ts';
import { createCancelFlag } from '../../shared/engine/workers/cancel-flag.ts';
import { logBatch } from './batches.ts';
import { FIRST_TIME, inWindow, useRandomCase } from './random-case.ts';
import { viewThread } from './in-thread-view.ts';

// Working in is made frequent: as shipped, what so small a case holds would never be worked in.
vi.mock('../../shared/engine/views/log-store.ts', async (original) => {
  const { LogStore } = await original<typeof import('../../shared/engine/views/log-store.ts')>();
  const limits = { least: 1_000, share: 0.3, idleLeast: 100, settledMs: 1_000 };
  return {
    LogStore: class extends LogStore {
      constructor() {
        super(limits);
      }
    },
  };
});

const current = useRandomCase('view-stream.test');
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const WORDS = ['paid', 'refused', 'cache', 'miss', 'retry'];
const USERS = ['ann', 'bob', 'eve'];

interface PlainLog {
  readonly id: number;
  readonly time: bigint;
  readonly severity: number;
  readonly service: string;
  readonly body: string;
  readonly user: string;
}
function plainLogs(): readonly PlainLog[] {
  const sql = `SELECT id, time_unix_nano AS time, severity_number AS severity, service, body,
    json_extract(attributes, '$.user') AS user FROM v_logs ORDER BY time_unix_nano, id`;
  const rows = current().database.prepare(sql).safeIntegers().all() as (PlainLog & { id: bigint; severity: bigint })[];
  return rows.map((row) => ({ ...row, id: Number(row.id), severity: Number(row.severity) }));
}

function importSome(service: string): void {
  const { random, importFile, someTime } = current();
  const logs = Array.from({ length: random.integer(1, 300) }, () => ({
    time: random.chance(0.2) ? FIRST_TIME + 5n : someTime(),
    body: `${random.choice(WORDS)} ${random.choice(WORDS)} ${random.integer(0, 99)}`,
    severity: random.integer(0, 24),
  }));
  const attributes = packStrings(logs.map(() => JSON.stringify({ user: random.choice(USERS) })));
  importFile([{ ...logBatch(logs, service), attributes }]);
  if (random.chance(0.5)) for (const _ of finishingSteps(current().database));
}

function someFilter(): LogFilter {
  const { random } = current();
  return {
    ...(random.chance(0.3) && { text: random.choice(WORDS) }),
    ...(random.chance(0.3) && { entity: { type: 'service' as const, name: `service-${random.integer(0, 4)}` } }),
    ...(random.chance(0.3) && { minSeverity: random.integer(0, 20) }),
    ...(random.chance(0.3) && {
      fields: [
        random.chance(0.5)
          ? { key: 'service.name', value: 'service-1', isExcluded: random.chance(0.5) }
          : { key: 'user', value: random.choice(USERS), isExcluded: random.chance(0.5) },
      ],
    }),
  };
}
function passes(log: PlainLog, filter: LogFilter): boolean {
  const [field] = filter.fields ?? [];
  const has = field && (field.key === 'user' ? log.user : log.service) === field.value;
  return (
    (filter.text === undefined || log.body.split(' ').includes(filter.text)) &&
    (!filter.entity || log.service === filter.entity.name) &&
    log.severity >= (filter.minSeverity ?? 0) &&
    (!field || has !== field.isExcluded)
  );
}

it('answers of the rows there are, whatever came, went or was prepared meanwhile', async () => {
  const { database, random, someWindow, takeOut } = current();
  const thread = viewThread(database.name);
  const open: Promise<unknown>[] = [];
  // Some again and again: what was kept of an answer must not outlive what it was made for.
  const some = () => ({ ...someWindow(), filter: random.chance(0.3) ? {} : someFilter() });
  const usual = Array.from({ length: 4 }, some);
  for (let step = 0; step < 150; step++) {
    const what = random.integer(0, 9);
    if (what < 3) importSome(`service-${random.integer(0, 4)}`);
    else if (what === 3 && random.chance(0.5)) takeOut();
    else if (what < 6) await vi.advanceTimersByTimeAsync(random.choice([10, 200, 1_300, 7_000]));
    const { filter, ...window } = random.chance(0.7) ? random.choice(usual) : some();
    const ask = () =>
      thread.call('logRows', { request: { ...window, filter, index: 0, limit: 500 }, cancel: createCancelFlag() });
    if (random.chance(0.2)) {
      // Answered of whatever moment; must not spoil the next.
      open.push(ask());
      continue;
    }
    const logs = plainLogs();
    const expected = logs.filter((log) => inWindow(log.time, window) && passes(log, filter));
    const answer = await ask();
    if (answer.isTextPartial) continue;
    expect(
      { total: answer.total, ids: answer.rows.map(({ id }) => Number(id)) },
      JSON.stringify({ step, filter }),
    ).toEqual({
      total: expected.length,
      ids: expected.slice(0, 500).map(({ id }) => id),
    });
    const histogram = await thread.call('logHistogram', {
      request: { ...window, filter, bucketCount: 7 },
      cancel: createCancelFlag(),
    });
    expect(histogram.total).toBe(expected.length);
    const templates = await thread.call('logTemplates', {
      request: { ...window, filter, limit: 1_000 },
      cancel: createCancelFlag(),
    });
    expect(templates.templates.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
  }
  await Promise.all(open);
  expect(vi.getTimerCount()).toBeGreaterThan(0);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(vi.getTimerCount()).toBe(0);
  await thread.call('close', null);
});
