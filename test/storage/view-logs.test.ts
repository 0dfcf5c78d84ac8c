/**
 * What views sum over columns of log records, against the same sums written plainly over the rows of the tables: random
 * records in random order over several files, asked again and again while they come in. The seed is printed;
 * PROPERTY_SEED=… repeats a run.
 */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Random } from '../../shared/base/random.ts';
import type { CaseDatabase } from '../../shared/engine/storage/case-database.ts';
import { finishingSteps } from '../../shared/engine/storage/finish-case.ts';
import { packStrings } from '../../shared/engine/storage/storable-batch.ts';
import { LogFilters, type LogFilter } from '../../shared/engine/views/log-filter.ts';
import {
  locate,
  logFacets,
  logHistogram,
  logPlaces,
  logTemplates,
  rowsAtPlaces,
} from '../../shared/engine/views/log-queries.ts';
import { LogStore } from '../../shared/engine/views/log-store.ts';
import { PointStore } from '../../shared/engine/views/point-store.ts';
import { logBatch, metricBatch } from './batches.ts';
import { FIRST_TIME, inWindow, prepared, useRandomCase, type RandomCase } from './random-case.ts';

const T = FIRST_TIME;

const current = useRandomCase('view-logs.test');
let database: CaseDatabase;
let random: Random;
let importFile: RandomCase['importFile'];
let refreshed: RandomCase['refreshed'];
let someTime: RandomCase['someTime'];
let someWindow: RandomCase['someWindow'];
beforeEach(() => {
  ({ database, random, importFile, refreshed, someTime, someWindow } = current());
});

interface PlainLog {
  readonly id: number;
  readonly time: bigint;
  readonly severity: number;
  readonly service: string;
  readonly body: string;
  readonly template: string;
  readonly traceId: string | null;
}
function plainLogs(): readonly PlainLog[] {
  const sql = `SELECT id, time_unix_nano AS time, severity_number AS severity, service, body, template_id AS template,
    trace_id AS traceId FROM v_logs ORDER BY time_unix_nano, id`;
  return (database.prepare(sql).safeIntegers().all() as (PlainLog & { id: bigint; severity: bigint })[]).map((row) => ({
    ...row,
    id: Number(row.id),
    severity: Number(row.severity),
  }));
}
const WORDS = ['payment', 'refused', 'cache', 'miss', 'retry', 'slow', 'queue', 'full'];

describe.each([
  ['that are worked in at once', { least: 0, share: 0, idleLeast: 0, settledMs: 0 }],
  ['of which some wait', { least: 300, share: 0.3, idleLeast: 0, settledMs: Infinity }],
  ['that wait until nobody asks', { least: Infinity, share: 0, idleLeast: 500, settledMs: 0 }],
  ['that all wait', { least: Infinity, share: 0, idleLeast: 0, settledMs: Infinity }],
])('log records %s', (_name, limits) => {
  function importSomeLogs(store: LogStore): void {
    for (let round = 0; round < 8; round++) {
      const logs = Array.from({ length: 400 }, () => ({
        time: random.chance(0.1) ? T : someTime(),
        body: `${random.choice(WORDS)} ${random.choice(WORDS)} ${random.integer(0, 99)}`,
        severity: random.integer(0, 24),
        ...(random.chance(0.3) && { trace: BigInt(random.integer(1, 20)) }),
      }));
      importFile([logBatch(logs, `service-${round % 3}`)]);
      if (random.chance(0.8)) refreshed(store);
      // A question makes lists that must not outlive the rows they were made for.
      if (random.chance(0.5)) store.partsIn(store.extent)[0].lists?.prepare();
      if (random.chance(0.3)) prepared(store);
    }
    for (const _ of finishingSteps(database));
  }
  function someFilter(templates: readonly string[]): LogFilter {
    return {
      ...(random.chance(0.3) && { text: random.choice(WORDS) }),
      ...(random.chance(0.3) && { entity: { type: 'service' as const, name: `service-${random.integer(0, 3)}` } }),
      ...(random.chance(0.3) && { minSeverity: random.integer(0, 20) }),
      ...(random.chance(0.3) && { maxSeverity: random.integer(5, 24) }),
      ...(random.chance(0.2) && { templateIds: random.shuffle(templates).slice(0, 20) }),
      ...(random.chance(0.2) && { excludedTemplateIds: random.shuffle(templates).slice(0, 10) }),
      ...(random.chance(0.2) && { traceId: random.integer(1, 20).toString(16) }),
      ...(random.chance(0.2) && {
        fields: [{ key: 'service.name', value: 'service-1', isExcluded: random.chance(0.5) }],
      }),
    };
  }
  function passesPlainly(log: PlainLog, filter: LogFilter): boolean {
    const [field] = filter.fields ?? [];
    return (
      (filter.text === undefined || log.body.split(' ').includes(filter.text)) &&
      (!filter.entity || log.service === filter.entity.name) &&
      log.severity >= (filter.minSeverity ?? 0) &&
      log.severity <= (filter.maxSeverity ?? 24) &&
      (!filter.templateIds || filter.templateIds.includes(log.template)) &&
      !filter.excludedTemplateIds?.includes(log.template) &&
      (filter.traceId === undefined || log.traceId === filter.traceId.padStart(32, '0')) &&
      (!field || (log.service === field.value) !== field.isExcluded)
    );
  }

  it('are filtered, counted, listed and found as rows are', async () => {
    const store = new LogStore(limits);
    importSomeLogs(store);
    refreshed(store);
    const logs = plainLogs();
    const templates = [...new Set(logs.map(({ template }) => template))];
    const filters = new LogFilters();
    for (let round = 0; round < 60; round++) {
      const filter = round % 4 === 0 ? {} : someFilter(templates);
      const window = someWindow();
      const expected = logs.filter((log) => inWindow(log.time, window) && passesPlainly(log, filter));
      const ready = await filters.ready(database, store, filter, async () => undefined);
      const bucketCount = random.integer(1, 30);
      const histogram = logHistogram(store, ready, { ...window, bucketCount });
      expect(histogram.total).toBe(expected.length);
      const errors = expected.filter(({ severity }) => severity >= 17 && severity < 21);
      const perBucket = new Array<number>(bucketCount).fill(0);
      for (const { time } of errors) perBucket[Math.floor(Number(time - histogram.startTime) / histogram.bucketNs)]!++;
      expect([...histogram.levels.error]).toEqual(perBucket);
      const places = logPlaces(store, ready, window);
      const index = random.integer(0, Math.max(0, expected.length - 1));
      const rows = rowsAtPlaces(database, store, places, index, 25);
      expect(rows.map(({ id }) => Number(id))).toEqual(expected.slice(index, index + 25).map(({ id }) => id));
      const wanted = expected[index];
      if (wanted) {
        const time = store.origin.offsetOf(wanted.time);
        expect(locate(store, places, { rowId: wanted.id, time })).toEqual({ index, isExact: true });
      }
      const { facets } = logFacets(database, store, places);
      const senders = facets.find(({ key }) => key === 'service.name')?.values ?? [];
      if (expected.length <= 1_000) expect(senders.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
      const counted = logTemplates(database, store, ready, { ...window, limit: 1_000 });
      const byTemplate = Map.groupBy(expected, ({ template }) => template);
      expect(Object.fromEntries(counted.templates.map(({ templateId, count }) => [templateId, count]))).toEqual(
        Object.fromEntries([...byTemplate].map(([template, all]) => [template, all.length])),
      );
      for (const { templateId, bucketCounts, count, ...rest } of counted.templates) {
        expect(bucketCounts.reduce((sum, part) => sum + part, 0)).toBe(count);
        const own = byTemplate.get(templateId) ?? [];
        expect(rest).toMatchObject({
          firstTime: own[0]?.time,
          lastTime: own.at(-1)?.time,
          severityNumber: Math.max(...own.map(({ severity }) => severity)),
        });
      }
    }
  });

  it('tell a template that began, ended or burst from a steady one', async () => {
    const at = (second: number, body: string): { time: bigint; body: string } => ({
      time: T + BigInt(second * 1e9),
      body,
    });
    const every = (from: number, to: number, body: string): { time: bigint; body: string }[] =>
      Array.from({ length: to - from }, (_, i) => at(from + i, body));
    importFile([
      logBatch([
        ...every(0, 400, 'always here'),
        ...every(200, 400, 'began later'),
        ...every(0, 200, 'ended early'),
        ...every(0, 400, 'mostly calm'),
        ...Array.from({ length: 500 }, () => at(250, 'mostly calm')),
      ]),
    ]);
    const store = refreshed(new LogStore(limits));
    const ready = await new LogFilters().ready(database, store, {}, async () => undefined);
    const { templates } = logTemplates(database, store, ready, { limit: 10 });
    expect(Object.fromEntries(templates.map(({ text, trend }) => [text, trend]))).toEqual({
      'always here': 'steady',
      'began later': 'new',
      'ended early': 'gone',
      'mostly calm': 'burst',
    });
    // A range that begins just before the trouble: what the case did not hold before it is new, however early it comes.
    const late = { from: T + BigInt(180e9), to: T + BigInt(400e9) };
    const trends = logTemplates(database, store, ready, { ...late, limit: 10 }).templates;
    expect(Object.fromEntries(trends.map(({ text, trend }) => [text, trend]))).toMatchObject({
      'always here': 'steady',
      'began later': 'new',
    });
  });
});

it('finds text in records that were indexed before the store had them', async () => {
  const paid = (firstSecond: number): void =>
    importFile([
      logBatch(Array.from({ length: 100 }, (_, i) => ({ time: T + BigInt(firstSecond + i), body: 'paid' }))),
    ]);
  const [store, filters] = [new LogStore(), new LogFilters()];
  const found = async (): Promise<number> => {
    const ready = await filters.ready(database, store, { text: 'paid' }, async () => undefined);
    return logPlaces(store, ready, {}).total;
  };
  paid(0);
  refreshed(store);
  paid(100);
  for (const _ of finishingSteps(database));
  expect(await found()).toBe(100);
  refreshed(store);
  expect(await found()).toBe(200);
});

it('has every row after one reading that failed midway', () => {
  for (let file = 0; file < 3; file++) {
    importFile([logBatch(Array.from({ length: 50 }, () => ({ time: someTime(), body: 'paid' })))]);
    importFile([metricBatch(Array.from({ length: 50 }, () => ({ series: 'a', time: someTime(), value: 1 })))]);
  }
  const [logs, points] = [new LogStore(), new PointStore()];
  database.exec(`CREATE TEMP TABLE whole AS SELECT id, columns FROM column_blocks WHERE first_row > 100;
    UPDATE column_blocks SET columns = x'00' WHERE first_row > 100`);
  expect(() => refreshed(logs)).toThrow(/wrong size/);
  expect(() => refreshed(points)).toThrow(/wrong size/);
  database.exec('UPDATE column_blocks SET columns = w.columns FROM whole w WHERE w.id = column_blocks.id');
  const [settled, waiting] = refreshed(logs).partsIn({ start: 0, end: Infinity });
  expect(settled.to + waiting.to).toBe(150);
  expect(refreshed(points).tail.length).toBe(150);
});

it('looks for what a filter asks once, also when records are worked in meanwhile', async () => {
  importFile([logBatch([{ time: T, body: 'paid' }])]);
  const store = refreshed(new LogStore({ least: Infinity, share: 0, idleLeast: 0, settledMs: 0 }));
  const filters = new LogFilters();
  const pause = vi.fn(async () => undefined);
  const filter = { fields: [{ key: 'user', value: 'ann', isExcluded: false }] };
  await filters.ready(database, store, filter, pause);
  expect(prepared(store)).toBeGreaterThan(0);
  await filters.ready(database, store, filter, pause);
  expect(pause).toHaveBeenCalledTimes(1);
  importFile([logBatch([{ time: T, body: 'paid' }])]);
  await filters.ready(database, refreshed(store), filter, pause);
  expect(pause).toHaveBeenCalledTimes(2);
});

it('does not take records for passing that came while it was found out which do not', async () => {
  const importOf = (user: string): void =>
    importFile([
      { ...logBatch([{ time: someTime(), body: 'paid' }]), attributes: packStrings([`{"user":"${user}"}`]) },
    ]);
  importOf('ann');
  importOf('bob');
  const store = refreshed(new LogStore());
  const fields = [{ key: 'user', value: 'ann', isExcluded: true }];
  const ready = await new LogFilters().ready(database, store, { fields }, async () => {
    importOf('ann');
    refreshed(store);
  });
  expect(logPlaces(store, ready, {}).total).toBe(1);
});
