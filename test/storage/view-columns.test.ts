/**
 * What views sum over columns, against the same sums written plainly over the rows of the tables: random spans
 * in random order over several files, asked again and again while they come in. The seed is printed;
 * PROPERTY_SEED=… repeats a run.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Random } from '../../shared/base/random.ts';
import type { CaseDatabase } from '../../shared/engine/storage/case-database.ts';
import { finishingSteps } from '../../shared/engine/storage/finish-case.ts';
import { linkCallers } from '../../shared/engine/storage/link-callers.ts';
import { HEAT_BOUNDS_MS, heatRow } from '../../shared/engine/views/latency-codes.ts';
import { serviceRed } from '../../shared/engine/views/service-red.ts';
import { spanLanes, windowTraffic } from '../../shared/engine/views/span-queries.ts';
import { RUN_LIMITS } from '../../shared/engine/views/span-run.ts';
import { SpanStore } from '../../shared/engine/views/span-store.ts';
import { spanRowsOfTrace, TraceLists } from '../../shared/engine/views/trace-list.ts';
import type { TraceListRequest } from '../../shared/engine/views/view-answers.ts';
import { spanBatch, type SpanShape } from './batches.ts';
import { FIRST_TIME, inWindow, LENGTH_NS, prepared, useRandomCase, type RandomCase } from './random-case.ts';

const T = FIRST_TIME;
const SERVICES = 7;
/** Half of one sixteenth of an octave. */
const LATENCY_TOLERANCE = 1 / 32 + 1e-9;

const current = useRandomCase('view-columns.test');
let database: CaseDatabase;
let random: Random;
let importFile: RandomCase['importFile'];
let refreshed: RandomCase['refreshed'];
let someTime: RandomCase['someTime'];
let someWindow: RandomCase['someWindow'];
beforeEach(() => {
  ({ database, random, importFile, refreshed, someTime, someWindow } = current());
});

/** Traces as trees: each span below an earlier one, sometimes below one that is missing. */
function someTraces(count: number, firstTrace: number): SpanShape[] {
  const spans: SpanShape[] = [];
  for (let t = 0; t < count; t++) {
    const trace = BigInt(firstTrace + t + 1);
    const start = someTime();
    const size = random.integer(1, 12);
    for (let i = 0; i < size; i++) {
      const id = trace * 1_000n + BigInt(i + 1);
      const parent = i === 0 ? 0n : random.chance(0.1) ? id + 500n : trace * 1_000n + BigInt(random.integer(1, i));
      const peer = { type: 'external', name: `peer-${random.integer(0, 2)}` } as const;
      spans.push({
        trace,
        id,
        parent,
        start: start + BigInt(random.integer(0, 2e9)),
        duration: Math.floor(random.lognormal(2e7, 1.5)),
        kind: random.integer(0, 5),
        status: random.chance(0.1) ? 2 : 0,
        name: `op-${random.integer(0, 4)}`,
        service: `service-${random.integer(0, SERVICES - 1)}`,
        ...(random.chance(0.3) && { peer }),
      });
    }
  }
  return random.shuffle(spans);
}

interface PlainSpan {
  readonly start: bigint;
  readonly duration: number;
  readonly entity: string;
  readonly caller: string | null;
  readonly isAnswered: number;
  readonly peer: string | null;
  readonly name: string;
  readonly kind: number;
  readonly status: number;
  readonly isRoot: number;
  readonly traceId: string;
}
function plainSpans(): readonly PlainSpan[] {
  const sql = `SELECT s.start_time AS start, s.duration_ns AS duration, e.name AS entity, c.name AS caller, p.name AS peer,
      n.text AS name, s.kind, s.status, s.parent_span_id IS NULL AS isRoot, lower(hex(t.trace_id)) AS traceId,
      EXISTS (SELECT 1 FROM spans k WHERE k.trace_row = s.trace_row AND k.parent_span_id = s.span_id
        AND k.entity_id <> s.entity_id) AS isAnswered
    FROM spans s JOIN traces t ON t.id = s.trace_row JOIN names n ON n.id = s.name_id
      LEFT JOIN entities e ON e.id = s.entity_id LEFT JOIN entities p ON p.id = s.peer_id
      LEFT JOIN spans u ON u.trace_row = s.trace_row AND u.span_id = s.parent_span_id
      LEFT JOIN entities c ON c.id = u.entity_id ORDER BY s.id`;
  const rows = database.prepare(sql).safeIntegers().all() as Record<string, unknown>[];
  return rows.map((row) => {
    const numbers = ['duration', 'kind', 'status', 'isRoot', 'isAnswered'];
    return Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, numbers.includes(key) ? Number(value) : value]),
    ) as unknown as PlainSpan;
  });
}
function isEntry(span: PlainSpan): boolean {
  const isRemote = span.caller !== null && span.caller !== span.entity;
  return isRemote || span.isRoot === 1 || span.kind === 2 || span.kind === 5;
}
function edgeOf(span: PlainSpan): string | undefined {
  if (span.caller !== null && span.caller !== span.entity) return `${span.caller} > ${span.entity}`;
  const isCall = span.kind === 3 || span.kind === 4;
  return isCall && span.peer !== null && span.isAnswered === 0 ? `${span.entity} > ${span.peer}` : undefined;
}
function exactQuantileMs(spans: readonly PlainSpan[], q: number): number {
  const sorted = spans.map(({ duration }) => duration).sort((a, b) => a - b);
  return (sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? NaN) / 1e6;
}
function expectLatency(actual: number, exact: number): void {
  expect(Math.abs(actual - exact)).toBeLessThanOrEqual(exact * LATENCY_TOLERANCE + 1e-6);
}
function extentOf(): { readonly first: bigint; readonly last: bigint } {
  return database
    .prepare('SELECT min(first_time) AS first, max(last_time) AS last FROM source_files')
    .safeIntegers()
    .get() as { first: bigint; last: bigint };
}

/** So small that every bundling of rows is met; settled at once, or never while the test runs. */
const SMALL = { runRows: 1_000, cellRows: 64, digestRows: 128, settledMs: 0 };
const WALKED = { ...SMALL, settledMs: Infinity };

describe.each([
  ['as shipped', RUN_LIMITS],
  ['in small runs', SMALL],
  ['in runs that change', WALKED],
])('spans %s', (_name, limits) => {
  function importSomeSpans(store: SpanStore): void {
    for (let round = 0; round < 4; round++) {
      const spans = someTraces(150, round * 150);
      const half = Math.floor(spans.length / 2);
      // A trace may be split over files.
      importFile([spanBatch(spans.slice(0, half))]);
      if (random.chance(0.5)) refreshed(store);
      // Callers are found anew with each import; traces that go on in a later one change what was found.
      if (random.chance(0.5)) for (const _ of finishingSteps(database));
      if (random.chance(0.5)) refreshed(store);
      importFile([spanBatch(spans.slice(half))]);
      if (random.chance(0.5)) prepared(refreshed(store));
    }
    for (const _ of finishingSteps(database));
  }

  it('are counted per bucket, and their latency, as rows are', () => {
    const store = new SpanStore(limits);
    importSomeSpans(store);
    refreshed(store);
    const spans = plainSpans();
    for (let round = 0; round < 20; round++) {
      const window = someWindow();
      const bucketCount = random.integer(1, 50);
      const lanes = spanLanes(store, { ...window, bucketCount });
      const { first, last } = extentOf();
      expect(lanes.startTime).toBe(window.from ?? first);
      const length = (window.to ?? last + 1n) - lanes.startTime;
      expect(lanes.bucketNs).toBe(Math.max(1, Math.ceil(Number(length) / bucketCount)));
      const expected = { all: new Array(bucketCount).fill(0), errors: new Array(bucketCount).fill(0) };
      const heat = new Array(bucketCount * HEAT_BOUNDS_MS.length).fill(0);
      for (const span of spans) {
        if (!inWindow(span.start, window)) continue;
        const bucket = Math.floor(Number(span.start - lanes.startTime) / lanes.bucketNs);
        expected.all[bucket]++;
        if (span.status === 2) expected.errors[bucket]++;
        if (isEntry(span)) {
          const row = HEAT_BOUNDS_MS.findIndex((bound) => span.duration <= bound * 1e6);
          heat[row * bucketCount + bucket]++;
        }
      }
      expect([...lanes.spanCounts]).toEqual(expected.all);
      expect([...lanes.errorSpanCounts]).toEqual(expected.errors);
      expect([...lanes.heatCounts]).toEqual(heat);
    }
  });

  it('make the traffic of entities and calls that rows make', () => {
    const store = new SpanStore(limits);
    importSomeSpans(store);
    refreshed(store);
    const spans = plainSpans();
    for (let round = 0; round < 10; round++) {
      const window = someWindow();
      const traffic = windowTraffic(store, window);
      const seen = spans.filter((span) => inWindow(span.start, window));
      const nodes = Map.groupBy(seen.filter(isEntry), ({ entity }) => entity);
      expect(traffic.nodes.map(({ entity }) => entity.name).toSorted()).toEqual([...nodes.keys()].toSorted());
      for (const node of traffic.nodes) {
        const own = nodes.get(node.entity.name) ?? [];
        expect(node.calls).toBe(own.length);
        expect(node.errorRatio).toBe(own.filter(({ status }) => status === 2).length / own.length);
        expectLatency(node.latencyP50Ms, exactQuantileMs(own, 0.5));
        expectLatency(node.latencyP95Ms, exactQuantileMs(own, 0.95));
      }
      const calls = Map.groupBy(
        seen.filter((span) => edgeOf(span) !== undefined),
        (span) => edgeOf(span),
      );
      expect(traffic.edges.map(({ from, to }) => `${from.name} > ${to.name}`).toSorted()).toEqual(
        [...calls.keys()].toSorted(),
      );
      for (const edge of traffic.edges) {
        const own = calls.get(`${edge.from.name} > ${edge.to.name}`) ?? [];
        expect(edge.calls).toBe(own.length);
        expectLatency(edge.latencyP95Ms, exactQuantileMs(own, 0.95));
      }
    }
  });

  it('are made ready once, in runs that are full or have stopped changing', () => {
    const timeless = { ...limits, settledMs: limits.settledMs && Infinity };
    importSomeSpans(new SpanStore(timeless));
    const store = refreshed(new SpanStore(timeless));
    // Totals, lists by entity, call and trace, and each digest.
    const steps = store.runs
      .filter(({ length }) => timeless.settledMs === 0 || length === limits.runRows)
      .reduce((sum, { length }) => sum + 4 + Math.floor(length / limits.digestRows), 0);
    expect(prepared(store)).toBe(steps);
    expect(prepared(store)).toBe(0);
  });

  it('make the RED of a service, with a baseline of whole buckets before it', () => {
    const store = new SpanStore(limits);
    importSomeSpans(store);
    refreshed(store);
    const spans = plainSpans();
    for (let round = 0; round < 10; round++) {
      const name = `service-${random.integer(0, SERVICES - 1)}`;
      const from = T + BigInt(random.integer(LENGTH_NS / 2, LENGTH_NS - 1e9));
      const to = T + BigInt(LENGTH_NS);
      const baseline = { from: T - 3_600_000_000_000n, to: from };
      const bucketCount = random.integer(1, 20);
      const red = serviceRed(database, store, {
        from,
        to,
        bucketCount,
        baseline,
        entity: { type: 'service', name },
      });
      const own = spans.filter((span) => span.entity === name && isEntry(span));
      const bucketOf = (time: bigint): number => Math.floor(Number(time - from) / red.bucketNs);
      const buckets = Map.groupBy(
        own.filter(({ start }) => inWindow(start, { from, to })),
        ({ start }) => bucketOf(start),
      );
      for (let bucket = 0; bucket < bucketCount; bucket++) {
        const inBucket = buckets.get(bucket) ?? [];
        expect(red.requestCounts[bucket]).toBe(inBucket.length);
        expect(red.errorCounts[bucket]).toBe(inBucket.filter(({ status }) => status === 2).length);
        if (inBucket.length === 0) expect(red.latencyP99Ms[bucket]).toBeNaN();
        else expectLatency(red.latencyP99Ms[bucket]!, exactQuantileMs(inBucket, 0.99));
      }
      const window = red.baseline.window;
      if (window) {
        expect(window.to).toBe(from);
        expect(window.from).toBeGreaterThanOrEqual(extentOf().first);
        expect(Number(window.to - window.from) % red.bucketNs).toBe(0);
        const before = own.filter(({ start }) => inWindow(start, window));
        expect(red.baseline.requestCount).toBe(before.length);
        expect(red.baselineCounts.reduce((sum, count) => sum + count, 0)).toBe(before.length);
      }
      const operations = Map.groupBy(
        own.filter(({ start }) => inWindow(start, { from, to })),
        (span) => span.name,
      );
      expect(Object.fromEntries(red.operations.map((one) => [one.name, one.calls]))).toEqual(
        Object.fromEntries([...operations].map(([operation, all]) => [operation, all.length])),
      );
      const callers = spans.filter((span) => span.caller !== null && span.caller !== name && span.entity === name);
      expect(red.callers.reduce((sum, { calls }) => sum + calls, 0)).toBe(
        callers.filter(({ start }) => inWindow(start, { from, to })).length,
      );
    }
  });

  it('make the list of traces that rows make, page by page', () => {
    const store = new SpanStore(limits);
    importSomeSpans(store);
    refreshed(store);
    const traces = Map.groupBy(plainSpans(), ({ traceId }) => traceId);
    const lists = new TraceLists();
    for (let round = 0; round < 20; round++) {
      const window = someWindow();
      const request: TraceListRequest = {
        ...window,
        onlyErrors: random.chance(0.3),
        sort: random.choice(['time', 'duration', 'errors'] as const),
        offset: 0,
        limit: 1_000,
        ...(random.chance(0.4) && { entity: { type: 'service' as const, name: 'service-1' } }),
        ...(random.chance(0.3) && { operation: 'op-2' }),
        ...(random.chance(0.3) && { minDurationNs: 2e8 }),
      };
      const startOf = (spans: readonly PlainSpan[]): bigint => spans.map(({ start }) => start).reduce(least);
      const endOf = (spans: readonly PlainSpan[]): bigint =>
        spans.map(({ start, duration }) => start + BigInt(duration)).reduce(greatest);
      const expected = [...traces].filter(([, spans]) => {
        const [start, end] = [startOf(spans), endOf(spans)];
        const isWanted = (span: PlainSpan): boolean =>
          (!request.entity || span.entity === request.entity.name) &&
          (request.operation === undefined || span.name === request.operation);
        return (
          (window.to === undefined || start < window.to) &&
          (window.from === undefined || end >= window.from) &&
          (!request.onlyErrors || spans.some(({ status }) => status === 2)) &&
          (request.minDurationNs === undefined || Number(end - start) >= request.minDurationNs) &&
          spans.some(isWanted)
        );
      });
      const all = lists.page(database, store, request);
      expect(all.total).toBe(expected.length);
      expect(all.traces.map(({ traceId }) => traceId).toSorted()).toEqual(expected.map(([id]) => id).toSorted());
      const keyOf = { time: 'startTime', duration: 'durationNs', errors: 'errorCount' } as const;
      const keys = all.traces.map((trace) => Number(trace[keyOf[request.sort]]));
      expect(keys).toEqual(keys.toSorted((a, b) => b - a));
      for (const trace of all.traces.slice(0, 20)) {
        const spans = traces.get(trace.traceId) ?? [];
        expect(trace).toMatchObject({
          startTime: startOf(spans),
          durationNs: Number(endOf(spans) - startOf(spans)),
          spanCount: spans.length,
          errorCount: spans.filter(({ status }) => status === 2).length,
          entityCount: new Set(spans.map(({ entity }) => entity)).size,
        });
        const root = spans.find(({ isRoot }) => isRoot === 1);
        if (root) expect([trace.rootEntity?.name, trace.rootName]).toEqual([root.entity, root.name]);
        expect(spanRowsOfTrace(database, store, trace.traceId)).toHaveLength(spans.length);
      }
      const pages = [0, 7, 14].flatMap(
        (offset) => lists.page(database, store, { ...request, offset, limit: 7 }).traces,
      );
      expect(pages).toEqual(all.traces.slice(0, 21));
      // Single places are picked out without sorting.
      const place = random.integer(0, all.traces.length);
      const { total, traces: single } = lists.page(database, store, { ...request, offset: place, limit: 1 });
      expect({ total, single }).toEqual({ total: all.total, single: all.traces.slice(place, place + 1) });
      const middle = lists.page(database, store, { ...request, offset: 'middle', limit: 1 });
      const half = Math.floor(all.total / 2);
      expect(middle).toEqual({ total: all.total, traces: all.traces.slice(half, half + 1) });
      // Beyond the first 2,000 everything is sorted; the order must be the same.
      const deep = lists.page(database, store, { ...request, offset: 0, limit: 3_000 });
      expect(deep.traces.slice(0, 1_000)).toEqual(all.traces);
    }
  });

  it('puts a latency in the row whose bound is not below it', () => {
    for (const [row, bound] of HEAT_BOUNDS_MS.entries()) {
      if (bound === Infinity) continue;
      expect([heatRow(bound * 1e6), heatRow(bound * 1e6 + 1), heatRow(bound * 1e6 - 1)]).toEqual([row, row + 1, row]);
    }
    for (let round = 0; round < 2_000; round++) {
      const ns = Math.floor(2 ** random.uniform(0, 52));
      expect(heatRow(ns)).toBe(HEAT_BOUNDS_MS.findIndex((bound) => ns <= bound * 1e6));
    }
  });
});

it('links calls anew in a run that reaches over several blocks of callers', () => {
  const rows = 700;
  const [first, second] = [1, 2].map((pass) =>
    Array.from({ length: rows }, (_, i): SpanShape => {
      const id = BigInt(pass * rows + i);
      const child = { id, parent: id + BigInt(rows), service: 'callee' };
      return { trace: BigInt(i + 1), start: T + id, ...(pass === 1 ? child : { id, service: 'caller' }) };
    }),
  ) as [SpanShape[], SpanShape[]];
  const store = new SpanStore({ ...RUN_LIMITS, settledMs: 0 });
  const calls = (): number => windowTraffic(store, {}).edges.reduce((sum, edge) => sum + edge.calls, 0);
  const importSpans = (spans: readonly SpanShape[]): void => {
    importFile([spanBatch(spans)]);
    for (const _ of linkCallers(database, { sliceRows: 1_000, spansPerRange: 1_000, blockRows: 100 }));
    refreshed(store);
  };
  importSpans(first);
  expect(calls()).toBe(0);
  importSpans(second);
  expect([store.runs.length, calls()]).toEqual([1, rows]);
});

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
function greatest(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
