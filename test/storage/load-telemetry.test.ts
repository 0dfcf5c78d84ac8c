import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCaseForWriting, type CaseDatabase } from '../../shared/engine/storage/case-database.ts';
import { CaseWriter } from '../../shared/engine/storage/case-writer.ts';
import { loadTelemetry } from '../../shared/engine/storage/load-telemetry.ts';
import { ascendingOrder } from '../../shared/engine/storage/radix-order.ts';
import { packStrings, type StorableBatch } from '../../shared/engine/storage/storable-batch.ts';
import { SPAN_KIND } from '../../shared/model/span.ts';
import { unixNano } from '../../shared/model/time.ts';
import { fileEnd, fileStart, logBatch, metricBatch, spanBatch, type SpanShape } from './batches.ts';
import { useTemporaryFolder } from './temporary-case.ts';

const temporary = useTemporaryFolder();
let database: CaseDatabase;
beforeEach(() => (database = openCaseForWriting(temporary('test.case'))));
afterEach(() => database.close());
function store(...batches: readonly StorableBatch[]): void {
  const writer = new CaseWriter(database);
  writer.beginFile(fileStart('a'), null);
  for (const batch of batches) writer.writeBatch(batch);
  writer.endFile(fileEnd('a'));
}
const T = 1_700_000_000_000_000_000n;

describe('spans', () => {
  it('come ordered by start with parents resolved across batches', () => {
    store(
      spanBatch([
        {
          id: 3n,
          parent: 2n,
          start: T + 20n,
          name: 'leaf',
          status: 2,
          kind: 3,
          peer: { type: 'database', name: 'db' },
        },
      ]),
      spanBatch([
        { id: 1n, start: T, name: 'root', duration: 7 },
        { id: 2n, parent: 1n, start: T + 10n },
        { id: 4n, parent: 99n, start: T + 30n },
        { id: 5n, parent: 1n, trace: 2n, start: T + 40n },
      ]),
    );
    const { spans, entities, origin } = loadTelemetry(database);
    expect(origin).toBe(T);
    expect([...spans.startNs]).toEqual([0, 10, 20, 30, 40]);
    expect([...spans.parent]).toEqual([-1, 0, 1, -2, -2]);
    expect([...spans.rowId]).toEqual([2, 3, 1, 4, 5]);
    expect([...spans.trace]).toEqual([0, 0, 0, 0, 1]);
    expect(spans.operations[spans.operation[2]!]).toBe('leaf');
    expect([spans.kind[2], spans.status[2], spans.durationNs[0]]).toEqual([3, 2, 7]);
    expect(entities[spans.peer[2]!]).toMatchObject({ type: 'database', name: 'db', isInstrumented: false });
    expect(entities[spans.entity[0]!]).toMatchObject({ type: 'service', name: 'shop', isInstrumented: true });
  });

  it('hang the server half of a shared id below the client half, and work of the callee below the server half', () => {
    const { client, server, internal } = SPAN_KIND;
    store(
      spanBatch([
        { id: 1n, start: T, kind: server, service: 'web' },
        { id: 2n, parent: 1n, start: T + 1n, kind: client, service: 'web' },
        { id: 2n, parent: 1n, start: T + 2n, kind: server, service: 'api' },
        { id: 3n, parent: 2n, start: T + 3n, kind: internal, service: 'api' },
        { id: 4n, parent: 2n, start: T + 4n, kind: server, service: 'third' },
      ]),
    );
    expect([...loadTelemetry(database).spans.parent]).toEqual([-1, 0, 1, 2, 2]);
  });

  it('tell 64-bit ids apart that differ in high bits only', () => {
    const high = 1n << 52n;
    store(
      spanBatch([
        { id: 1n, start: T },
        { id: high | 1n, start: T + 1n },
        { id: 7n, parent: high | 1n, start: T + 2n },
      ]),
    );
    expect([...loadTelemetry(database).spans.parent]).toEqual([-1, -1, 1]);
  });

  let forests = 0;
  it('agree with a plain map for any forest', () => {
    const shape = fc.record({
      trace: fc.bigInt(1n, 3n),
      id: fc.bigInt(1n, 40n),
      parent: fc.bigInt(0n, 40n),
      offset: fc.bigInt(0n, 5n),
    });
    fc.assert(
      fc.property(fc.uniqueArray(shape, { selector: ({ trace, id }) => `${trace}/${id}`, maxLength: 40 }), (shapes) => {
        database.close();
        database = openCaseForWriting(temporary(`forest-${++forests}.case`));
        const given: SpanShape[] = shapes.map(({ offset, ...rest }) => ({ ...rest, start: T + offset }));
        store(spanBatch(given));
        const sorted = [...given].sort((a, b) => Number(a.start - b.start));
        const expected = sorted.map(({ parent = 0n, trace, id }) => {
          if (parent === 0n || parent === id) return -1;
          const row = sorted.findIndex((other) => other.trace === trace && other.id === parent);
          return row < 0 ? -2 : row;
        });
        expect([...loadTelemetry(database).spans.parent]).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});

it('joins logs to their spans and keeps templates', () => {
  store(
    spanBatch([{ id: 9n, trace: 4n, start: T + 5n }]),
    logBatch([
      { time: T + 9n, body: 'order 12 failed', trace: 4n, span: 9n, severity: 17 },
      { time: T, body: 'order 13 failed', trace: 4n, span: 8n },
      { time: T + 1n, body: 'hello' },
    ]),
  );
  const { logs } = loadTelemetry(database);
  expect([...logs.timeNs]).toEqual([0, 1, 9]);
  expect([...logs.span]).toEqual([-1, -1, 0]);
  expect([...logs.trace]).toEqual([0, -1, 0]);
  expect([...logs.severity]).toEqual([9, 9, 17]);
  expect([...logs.template].map((index) => logs.templates[index]?.text)).toEqual([
    'order <*> failed',
    'hello',
    'order <*> failed',
  ]);
});

it('gives series ascending, of equal times the last', () => {
  store(
    metricBatch([
      { series: 'b', time: T + 2n, value: 1 },
      { series: 'a', time: T, value: NaN },
      { series: 'b', time: T, value: 3 },
      { series: 'b', time: T, value: 4 },
    ]),
  );
  const { metrics } = loadTelemetry(database);
  expect(metrics.map(({ name, timesNs, values }) => [name, [...timesNs], [...values]])).toEqual([
    ['b', [0, 2], [4, 1]],
    ['a', [0], [NaN]],
  ]);
});

it('gives histograms their buckets, row by row', () => {
  const batch = metricBatch([
    { series: 'latency', time: T, value: 2 },
    { series: 'latency', time: T + 1n, value: 3 },
  ]);
  if (batch.kind !== 'metrics') throw new Error('unreachable');
  store({
    ...batch,
    count: Float64Array.of(5, 7),
    sum: Float64Array.of(10, 21),
    detail: packStrings(['{"bounds":[1,5],"counts":[2,2,1]}', '{"bounds":[1,5],"counts":[3,0,4]}']),
    series: batch.series.map((series) => ({ ...series, type: 'histogram' })),
  });
  const [series] = loadTelemetry(database).metrics;
  expect([...(series?.counts ?? [])]).toEqual([5, 7]);
  expect([...(series?.sums ?? [])]).toEqual([10, 21]);
  expect(series?.bucketBounds).toEqual([1, 5]);
  expect([...(series?.bucketCounts ?? [])]).toEqual([2, 2, 1, 3, 0, 4]);
});

it('reads the points of many histograms once, also where a cancelled import left no index', () => {
  const [seriesCount, times] = [2_500, 60];
  const points = Array.from({ length: seriesCount * times }, (_, i) => {
    const time = T + BigInt(times - Math.floor(i / seriesCount));
    return { series: `latency-${i % seriesCount}`, time, value: i };
  });
  const batch = metricBatch(points);
  if (batch.kind !== 'metrics') throw new Error('unreachable');
  store({ ...batch, series: batch.series.map((series) => ({ ...series, type: 'histogram' })) });
  const { metrics } = loadTelemetry(database);
  expect(metrics).toHaveLength(seriesCount);
  for (const n of [0, seriesCount - 1]) {
    expect([...metrics[n]!.timesNs]).toEqual(Array.from({ length: times }, (_, i) => i));
    expect([...metrics[n]!.values]).toEqual(Array.from({ length: times }, (_, i) => (times - 1 - i) * seriesCount + n));
  }
});

it('loads only what the range asks for, from its start', () => {
  store(
    spanBatch([
      { id: 1n, start: T },
      { id: 2n, start: T + 10n, parent: 1n },
      { id: 3n, start: T + 20n },
    ]),
    logBatch([
      { time: T + 11n, body: 'x' },
      { time: T + 30n, body: 'y' },
    ]),
  );
  const telemetry = loadTelemetry(database, { from: unixNano(T + 10n), to: unixNano(T + 15n) });
  expect(telemetry.origin).toBe(T + 10n);
  expect([telemetry.startNs, telemetry.endNs]).toEqual([0, 5]);
  expect([...telemetry.spans.startNs]).toEqual([0]);
  expect([...telemetry.spans.parent]).toEqual([-2]);
  expect([...telemetry.logs.timeNs]).toEqual([1]);
});

it('is empty for an empty case', () => {
  const telemetry = loadTelemetry(database);
  expect([telemetry.spans.length, telemetry.logs.length, telemetry.metrics.length, telemetry.endNs]).toEqual([
    0, 0, 0, 0,
  ]);
});

it('can be stopped while it reads', () => {
  store(logBatch(Array.from({ length: 9_000 }, (_, i) => ({ time: T + BigInt(i), body: 'x' }))));
  const stop = (): never => {
    throw new Error('stopped');
  };
  expect(() => loadTelemetry(database, {}, stop)).toThrow('stopped');
});

it('orders like a stable sort', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.maxSafeInteger().map(Math.abs))), (keys) => {
      const expected = keys.map((_, i) => i).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
      const order = ascendingOrder(Float64Array.from(keys));
      expect(order ? [...order] : keys.map((_, i) => i)).toEqual(expected);
    }),
  );
});

describe('rows without a time of their own', () => {
  const HOUR = 3_600_000_000_000n;
  function storeUndated(path: string, fileTime: bigint): void {
    const writer = new CaseWriter(database);
    writer.beginFile({ ...fileStart(path), fileTime: unixNano(fileTime) }, null);
    writer.writeBatch({ ...logBatch([{ time: fileTime, body: 'who knows when' }]), isTimeInferred: Uint8Array.of(1) });
    writer.endFile(fileEnd(path));
  }

  it('take part where their file was written soon after, and do not stretch the windows of years', () => {
    store(spanBatch([{ id: 1n, start: T, duration: Number(HOUR) }]));
    storeUndated('soon.log', T + 3n * HOUR);
    storeUndated('years.log', T + 30_000n * HOUR);
    const telemetry = loadTelemetry(database);
    expect([telemetry.startNs, telemetry.endNs]).toEqual([0, Number(3n * HOUR)]);
    expect(telemetry.logs.length).toBe(1);
  });

  it('set the window where there is nothing else', () => {
    storeUndated('a.log', T + HOUR);
    storeUndated('b.log', T + 9_000n * HOUR);
    expect(loadTelemetry(database).logs.length).toBe(2);
  });
});
