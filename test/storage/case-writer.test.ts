import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  openCaseForReading,
  openCaseForWriting,
  type CaseDatabase,
} from '../../shared/engine/storage/case-database.ts';
import { CaseWriter } from '../../shared/engine/storage/case-writer.ts';
import type { StorableBatch } from '../../shared/engine/storage/storable-batch.ts';
import { unixNano } from '../../shared/model/time.ts';
import { fileEnd, fileStart, logBatch, metricBatch, spanBatch } from './batches.ts';
import { useTemporaryFolder } from './temporary-case.ts';

const temporary = useTemporaryFolder();
let database: CaseDatabase;
let writer: CaseWriter;
beforeEach(() => {
  database = openCaseForWriting(temporary('test.case'));
  writer = new CaseWriter(database);
});
afterEach(() => database.close());

function count(table: string): number {
  return database.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
}
function importFile(path: string, batches: readonly StorableBatch[], sha = path, head = path) {
  writer.beginFile(fileStart(path, head), null);
  for (const batch of batches) writer.writeBatch(batch);
  return writer.endFile(fileEnd(sha));
}
const T = 1_700_000_000_000_000_000n;

describe('spans', () => {
  it('keep ids above 2^63, parents and names as they came', () => {
    const id = 0xfedcba9876543210n;
    importFile('a', [
      spanBatch([{ trace: 5n, id, parent: 0x8000000000000001n, start: T, name: 'GET /', kind: 2, status: 2 }]),
    ]);
    expect(
      database
        .prepare('SELECT trace_id, span_id, parent_span_id, service, name, kind, status, start_time FROM v_spans')
        .get(),
    ).toEqual({
      trace_id: '00000000000000000000000000000005',
      span_id: 'fedcba9876543210',
      parent_span_id: '8000000000000001',
      service: 'shop',
      name: 'GET /',
      kind: 'server',
      status: 'error',
      start_time: '2023-11-14T22:13:20.000000000Z',
    });
  });

  it('are kept once, in the same file and across files', () => {
    const span = { id: 1n, start: T };
    const first = importFile('a', [spanBatch([span, span]), spanBatch([span])]);
    expect(first).toMatchObject({ records: { spans: 1 }, duplicates: 2 });
    expect(importFile('b', [spanBatch([span, { id: 2n, start: T }])])).toMatchObject({
      records: { spans: 1 },
      duplicates: 1,
    });
    expect(count('spans')).toBe(2);
  });

  it('stay two when client and server halves share an id', () => {
    const report = importFile('a', [
      spanBatch([
        { id: 1n, start: T, kind: 3, service: 'web' },
        { id: 1n, start: T, kind: 2, service: 'api' },
      ]),
    ]);
    expect(report).toMatchObject({ records: { spans: 2 }, duplicates: 0 });
  });

  it('are known again by a writer that opens the case later', () => {
    importFile('a', [
      spanBatch([
        { id: 0x8000000000000001n, start: T },
        { id: 0n, start: T, name: 'x' },
      ]),
    ]);
    writer = new CaseWriter(database);
    const report = importFile('b', [
      spanBatch([
        { id: 0x8000000000000001n, start: T },
        { id: 0n, start: T, name: 'x' },
        { id: 0n, start: T, name: 'y' },
      ]),
    ]);
    expect(report).toMatchObject({ records: { spans: 1 }, duplicates: 2 });
    expect(count('traces')).toBe(1);
  });
});

describe('logs', () => {
  it('are never folded: the same line twice is two records', () => {
    const line = { time: T, body: 'disk 7 is full' };
    expect(importFile('a', [logBatch([line, line])])).toMatchObject({
      records: { logRecords: 2, lines: 2 },
      duplicates: 0,
    });
    expect(count('log_templates')).toBe(1);
  });
});

describe('metric points', () => {
  it('are folded when another file repeats them, not within a file', () => {
    const points = [0n, 1n, 2n].map((i) => ({ series: 'cpu', time: T + i, value: Number(i) }));
    expect(importFile('a', [metricBatch([...points, points[0]!])])).toMatchObject({
      records: { metricPoints: 4 },
      duplicates: 0,
    });
    const overlap = [
      ...points.slice(1),
      { series: 'cpu', time: T + 2n, value: 99 },
      { series: 'cpu', time: T + 3n, value: 3 },
    ];
    expect(importFile('b', [metricBatch(overlap)])).toMatchObject({ records: { metricPoints: 2 }, duplicates: 2 });
    expect(count('metric_series')).toBe(1);
  });

  it('are known again by a writer that opens the case later', () => {
    importFile('a', [metricBatch([{ series: 'cpu', time: T, value: 1 }])]);
    writer = new CaseWriter(database);
    expect(importFile('b', [metricBatch([{ series: 'cpu', time: T, value: 1 }])])).toMatchObject({
      records: {},
      duplicates: 1,
    });
  });
});

describe('alerts, changes and events', () => {
  const alert = {
    externalId: 'f1',
    name: 'HighLatency',
    summary: 'slow',
    severity: 'critical',
    state: 'firing',
    startTime: unixNano(T),
    entities: [{ type: 'service', name: 'api' }],
    labels: { b: '1', a: '2' },
    annotations: {},
  } as const;

  it('complete the first copy instead of coming twice', () => {
    importFile('a', [{ kind: 'objects', alerts: [alert] }]);
    const resolved = { ...alert, state: 'resolved', endTime: unixNano(T + 60n) } as const;
    expect(importFile('b', [{ kind: 'objects', alerts: [resolved, alert] }])).toMatchObject({
      records: {},
      duplicates: 2,
    });
    expect(database.prepare('SELECT state, end_time - start_time AS length, labels FROM alerts').all()).toEqual([
      { state: 'resolved', length: 60, labels: '{"a":"2","b":"1"}' },
    ]);
    expect(database.prepare('SELECT entities FROM v_alerts').pluck().get()).toBe('service:api');
  });

  it('survive times that no clock has', () => {
    const report = importFile('a', [{ kind: 'objects', alerts: [{ ...alert, endTime: unixNano(10n ** 30n) }] }]);
    expect(report.records).toEqual({ alerts: 1 });
  });
});

it.each([
  ['spans', () => spanBatch(Array.from({ length: 40 }, (_, i) => ({ trace: 1n, id: BigInt(i + 1), start: T })))],
  ['log records', () => logBatch(Array.from({ length: 40 }, () => ({ time: T, body: 'a' })))],
  [
    'metric points',
    () => metricBatch(Array.from({ length: 40 }, (_, i) => ({ series: 'm', value: i, time: T + BigInt(i) }))),
  ],
])('steps aside between the calls into SQLite that store %s', (_name, batch) => {
  const stepAside = vi.fn();
  writer = new CaseWriter(database, { stepAside });
  importFile('a', [batch()]);
  // Sixteen rows a call, and the rest.
  expect(stepAside).toHaveBeenCalledTimes(2);
});

describe('files', () => {
  it('with the same content again are duplicates as a whole', () => {
    const batches = [
      logBatch([
        { time: T, body: 'a' },
        { time: T, body: 'b' },
      ]),
      { kind: 'rejected', records: [{ line: 3, byteOffset: 9, reason: 'bad', excerpt: 'x' }] } as const,
    ];
    importFile('a.log', batches, 'hash', 'head');
    const again = importFile('copy/a.log', batches, 'hash', 'head');
    expect(again).toMatchObject({ records: { lines: 2 }, rejected: 0, duplicates: 3 });
    expect(again.warnings.join()).toContain('a.log');
    expect([count('log_records'), count('quarantine'), count('source_files')]).toEqual([2, 1, 2]);
    expect(importFile('new.log', [logBatch([{ time: T, body: 'c' }])], 'other', 'other').records.logRecords).toBe(1);
  });

  it('that only begin alike are kept, with a warning', () => {
    importFile('a.log', [logBatch([{ time: T, body: 'a' }])], 'hash', 'head');
    const longer = importFile(
      'b.log',
      [logBatch([{ time: T, body: 'a' }]), logBatch([{ time: T, body: 'z' }])],
      'longer',
      'head',
    );
    expect(longer).toMatchObject({ records: { logRecords: 2 }, duplicates: 0 });
    expect(longer.warnings).toHaveLength(1);
    expect(count('log_records')).toBe(3);
  });

  it('go on behind the last committed batch after an interruption', () => {
    const batches = [0, 1, 2, 3].map((i) => logBatch([{ time: T, body: `line ${i}` }]));
    writer.beginFile(fileStart('a.log'), null);
    writer.writeBatch(batches[0]!);
    writer.writeBatch(batches[1]!);
    writer = new CaseWriter(database);
    const report = importFile('a.log', batches);
    expect(report).toMatchObject({ records: { logRecords: 4, lines: 4 }, duplicates: 0 });
    expect(database.prepare('SELECT body FROM log_records ORDER BY id').pluck().all()).toEqual([
      'line 0',
      'line 1',
      'line 2',
      'line 3',
    ]);
    expect(count('source_files')).toBe(1);
  });

  it('start anew when another version of the importer had begun them', () => {
    writer.beginFile(fileStart('a.log'), null);
    writer.writeBatch(logBatch([{ time: T, body: 'old' }]));
    writer = new CaseWriter(database);
    writer.beginFile({ ...fileStart('a.log'), formatVersion: 2 }, null);
    writer.writeBatch(logBatch([{ time: T, body: 'new' }]));
    writer.endFile(fileEnd('a'));
    expect(database.prepare('SELECT body FROM log_records').pluck().all()).toEqual(['new']);
  });

  it('that were begun only get their copies back, when the file that kept them is read another way', () => {
    const [one, shared, own] = [1n, 2n, 3n].map((id) => ({ id, start: T }));
    importFile('a', [spanBatch([one!, shared!])]);
    writer.beginFile(fileStart('b'), null);
    writer.writeBatch(spanBatch([shared!]));
    writer.abandonFile();
    const choice = { format: 'plain-text', isThisPathOnly: true };
    writer.beginFile({ ...fileStart('a'), format: 'plain-text', choice }, null);
    writer.endFile(fileEnd('a'));
    expect(importFile('b', [spanBatch([shared!]), spanBatch([own!])])).toMatchObject({ records: { spans: 2 } });
    expect(database.prepare('SELECT span_id FROM spans ORDER BY span_id').pluck().all()).toEqual([2, 3]);
  });

  it('lose nothing but the open batch when writing fails', () => {
    writer.beginFile(fileStart('a.log'), null);
    writer.writeBatch(logBatch([{ time: T, body: 'saved' }]));
    const broken = { ...logBatch([{ time: T, body: 'lost' }]), resources: [] };
    expect(() => writer.writeBatch(broken)).toThrow();
    writer.abandonFile();
    expect(database.prepare('SELECT body FROM log_records').pluck().all()).toEqual(['saved']);
    expect(
      importFile('a.log', [logBatch([{ time: T, body: 'saved' }]), logBatch([{ time: T, body: 'more' }])]).records
        .logRecords,
    ).toBe(2);
  });
});

describe('rows without a time of their own', () => {
  const FILE_TIME = unixNano(T + 10n ** 17n);
  const undated = (times: readonly bigint[], inferred: readonly number[]): StorableBatch => ({
    ...logBatch(times.map((time, i) => ({ time, body: `row ${i}` }))),
    isTimeInferred: Uint8Array.from(inferred),
  });

  it('are counted, and what the others cover is kept apart', () => {
    writer.beginFile({ ...fileStart('a.log'), fileTime: FILE_TIME }, null);
    writer.writeBatch(undated([T, FILE_TIME, T + 5n, T + 7n], [0, 1, 0, 1]));
    writer.writeBatch(undated([FILE_TIME, 0n], [1, 1]));
    expect(writer.endFile(fileEnd('a'))).toMatchObject({
      timeRange: { start: 0n, end: FILE_TIME },
      // The row of a time taken from its neighbour dates itself well enough.
      undated: { rows: 3, datedRange: { start: T, end: T + 7n } },
    });
  });

  it('may be all there are; one that says the time of its file itself is dated', () => {
    writer.beginFile({ ...fileStart('a.log'), fileTime: FILE_TIME }, null);
    writer.writeBatch(undated([FILE_TIME, FILE_TIME], [1, 1]));
    expect(writer.endFile(fileEnd('a')).undated).toEqual({ rows: 2, datedRange: null });
    writer.beginFile({ ...fileStart('b.log'), fileTime: FILE_TIME }, null);
    writer.writeBatch(undated([FILE_TIME], [0]));
    expect(writer.endFile(fileEnd('b'))).not.toHaveProperty('undated');
  });

  it('are still counted after an interruption', () => {
    const start = { ...fileStart('a.log'), fileTime: FILE_TIME };
    const batches = [undated([FILE_TIME, T], [1, 0]), undated([FILE_TIME, T + 9n], [1, 0])];
    writer.beginFile(start, null);
    writer.writeBatch(batches[0]!);
    writer = new CaseWriter(database);
    writer.beginFile(start, null);
    for (const batch of batches) writer.writeBatch(batch);
    expect(writer.endFile(fileEnd('a'))).toMatchObject({
      timeRange: { start: T, end: FILE_TIME },
      undated: { rows: 2, datedRange: { start: T, end: T + 9n } },
    });
  });

  it('may be events too', () => {
    const event = {
      externalId: '',
      reason: 'BackOff',
      message: 'x',
      severity: 'warning',
      startTime: FILE_TIME,
      endTime: FILE_TIME,
      count: 1,
      isTimeInferred: true,
      entities: [],
      attributes: {},
    } as const;
    writer.beginFile({ ...fileStart('a'), fileTime: FILE_TIME }, null);
    writer.writeBatch({
      kind: 'objects',
      events: [event, { ...event, startTime: unixNano(T), isTimeInferred: false }],
    });
    expect(writer.endFile(fileEnd('a'))).toMatchObject({ undated: { rows: 1 } });
  });
});

describe('entities', () => {
  it('follow from resources, with the edges these state', () => {
    const batch = spanBatch([{ id: 1n, start: T, peer: { type: 'database', name: 'orders-db' } }]);
    const resource = {
      attributes: { 'service.name': 'api', 'k8s.pod.name': 'api-1', ['__proto__']: 'x' },
      entity: { type: 'service', name: 'api' },
      instance: { type: 'instance', name: 'api-1' },
      node: { type: 'node', name: 'n1' },
    } as const;
    importFile('a', [{ ...batch, resources: [resource] }]);
    expect(database.prepare('SELECT type, name, is_instrumented AS own FROM entities ORDER BY type').all()).toEqual([
      { type: 'database', name: 'orders-db', own: 0 },
      { type: 'instance', name: 'api-1', own: 1 },
      { type: 'node', name: 'n1', own: 0 },
      { type: 'service', name: 'api', own: 1 },
    ]);
    expect(
      database.prepare('SELECT kind, from_entity, to_entity, provenance FROM v_edges ORDER BY kind').all(),
    ).toEqual([
      { kind: 'partOf', from_entity: 'instance:api-1', to_entity: 'service:api', provenance: 'spans' },
      { kind: 'runsOn', from_entity: 'instance:api-1', to_entity: 'node:n1', provenance: 'spans' },
    ]);
  });

  it('of 10 kB are cut wherever they are named, and known again; what the resource said stays whole', () => {
    const long = 'a'.repeat(10_000);
    importFile('a', [spanBatch([{ id: 1n, start: T, service: long }])]);
    // By another signal, through a writer that opens the case later.
    writer = new CaseWriter(database);
    importFile('b', [spanBatch([{ id: 2n, start: T, peer: { type: 'service', name: long } }])]);
    expect(database.prepare('SELECT name, attributes ->> \'$."service.name"\' AS said FROM entities').all()).toEqual([
      { name: expect.stringMatching(/^a{200,}…[0-9a-f]{16}$/) as string, said: long },
      { name: 'shop', said: 'shop' },
    ]);
  });
});

describe('files that share a transaction', () => {
  const committed = (): number => {
    const reader = openCaseForReading(temporary('test.case'));
    const rows = reader.prepare('SELECT count(*) FROM spans').pluck().get() as number;
    reader.close();
    return rows;
  };
  beforeEach(() => (writer = new CaseWriter(database, { groupMs: 60_000 })));

  it('are told apart from what is saved until they are committed', () => {
    importFile('a', [spanBatch([{ id: 1n, start: T }])]);
    importFile('b', [spanBatch([{ id: 2n, start: T }])]);
    expect([writer.isCommitted, committed()]).toEqual([false, 0]);
    writer.commit();
    expect([writer.isCommitted, committed()]).toEqual([true, 2]);
  });

  it('are committed with a batch that is large', () => {
    importFile('a', [spanBatch([{ id: 1n, start: T }])]);
    writer.beginFile(fileStart('b'), null);
    writer.writeBatch(spanBatch(Array.from({ length: 3_000 }, (_, i) => ({ id: BigInt(i + 2), start: T }))));
    expect([writer.isCommitted, committed()]).toEqual([true, 3_001]);
  });

  it('stay when a copy of one of them is undone', () => {
    importFile('a', [spanBatch([{ id: 1n, start: T }])], 'same', 'same');
    importFile('b', [spanBatch([{ id: 2n, start: T }])]);
    expect(importFile('copy', [spanBatch([{ id: 1n, start: T }])], 'same', 'same').duplicates).toBe(1);
    writer.commit();
    expect(committed()).toBe(2);
  });

  it('go together when they are abandoned, and can be read anew', () => {
    importFile('a', [spanBatch([{ id: 1n, start: T }])]);
    writer.abandonFile();
    expect([writer.isCommitted, committed(), count('source_files')]).toEqual([true, 0, 0]);
    expect(importFile('a', [spanBatch([{ id: 1n, start: T }])]).records).toEqual({ spans: 1 });
  });
});
