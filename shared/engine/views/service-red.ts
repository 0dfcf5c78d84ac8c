/**
 * Rate, errors and duration of one entity over time, beside what was usual before, and whom it talked with. Walks the
 * entity's own spans only.
 */
import type { CaseDatabase } from '../storage/case-database.ts';
import { nameTexts } from '../storage/statements/view-reads.ts';
import { HEAT_BOUNDS_MS, heatRow, LATENCY_CODES, latencyCode, quantileMs } from './latency-codes.ts';
import { SPAN_FLAG } from './span-run.ts';
import type { SpanStore } from './span-store.ts';
import { bucketsOver, offsetWindow, type Buckets, type OffsetWindow } from './time-window.ts';
import { TrafficCounts } from './traffic.ts';
import type { Band, NamedTraffic, PeerTraffic, RedRequest, ServiceRed } from './view-answers.ts';

const MOST_LISTED = 100;
/** Buckets a baseline needs before it is called usual. */
const LEAST_BUCKETS = 5;
const MOST_BASELINE_BUCKETS = 2_000;

interface RedSeries {
  readonly requests: Float64Array;
  readonly errors: Float64Array;
  readonly codes: Uint32Array;
  readonly heat: Float64Array;
}

export function serviceRed(database: CaseDatabase, store: SpanStore, request: RedRequest): ServiceRed {
  const buckets = bucketsOver(offsetWindow(store.origin, request, store.extent), request.bucketCount);
  const entity = store.dictionary.idOf(request.entity);
  const series = redSeries(store, entity, buckets);
  return {
    startTime: store.origin.timeOf(buckets.start),
    bucketNs: buckets.width,
    bucketCount: buckets.count,
    requestCounts: series.requests,
    errorCounts: series.errors,
    latencyP50Ms: quantiles(series, 0.5),
    latencyP95Ms: quantiles(series, 0.95),
    latencyP99Ms: quantiles(series, 0.99),
    counts: [...series.heat],
    ...baselineOf(store, entity, buckets, request.baseline),
    ...partners(store, entity, buckets),
    ...parts(database, store, entity, buckets),
  };
}

function redSeries(store: SpanStore, entity: number, buckets: Buckets): RedSeries {
  const { count, width, start } = buckets;
  const series: RedSeries = {
    requests: new Float64Array(count),
    errors: new Float64Array(count),
    codes: new Uint32Array(count * LATENCY_CODES),
    heat: new Float64Array(HEAT_BOUNDS_MS.length),
  };
  if (entity === 0) return series;
  for (const run of store.runs) {
    const { time, duration, flags } = run.rows;
    run.eachEntry(entity, buckets, (i) => {
      const bucket = Math.min(count - 1, Math.floor((time[i]! - start) / width));
      series.requests[bucket]!++;
      if ((flags[i]! & SPAN_FLAG.error) !== 0) series.errors[bucket]!++;
      series.codes[bucket * LATENCY_CODES + latencyCode(duration[i]!)]!++;
      series.heat[heatRow(duration[i]!)]!++;
    });
  }
  return series;
}

function quantiles({ requests, codes }: RedSeries, q: number): Float64Array {
  return requests.map((total, bucket) => quantileMs(codes, total, q, bucket * LATENCY_CODES));
}

function baselineOf(
  store: SpanStore,
  entity: number,
  buckets: Buckets,
  stretch: RedRequest['baseline'],
): Pick<ServiceRed, 'baseline' | 'baselineCounts'> {
  const none = { window: null, requestCount: 0, requests: null, errors: null, latency: null };
  const compared = stretch && baselineBuckets(store, stretch, buckets.width);
  if (!compared || compared.count === 0) return { baseline: none, baselineCounts: HEAT_BOUNDS_MS.map(() => 0) };
  const series = redSeries(store, entity, compared);
  const requestCount = series.requests.reduce((sum, value) => sum + value, 0);
  return {
    baseline: {
      window: { from: store.origin.timeOf(compared.start), to: store.origin.timeOf(compared.end) },
      requestCount,
      requests: requestCount === 0 ? null : bandOf(series.requests),
      errors: requestCount === 0 ? null : bandOf(series.errors),
      latency: bandOf(quantiles(series, 0.95).filter((value) => !Number.isNaN(value))),
    },
    baselineCounts: [...series.heat],
  };
}

/** Whole buckets as wide as those of the answer, so that counts compare, inside the case; the newest when they are many. */
function baselineBuckets(
  store: SpanStore,
  stretch: { readonly from: bigint; readonly to: bigint },
  width: number,
): Buckets {
  const { start, end } = offsetWindow(store.origin, stretch, store.extent);
  const room = Math.max(0, end - Math.max(start, store.extent.start));
  const count = Math.min(MOST_BASELINE_BUCKETS, Math.floor(room / width));
  return { start: end - count * width, end, count, width };
}

/** Median and the middle 80 %, by nearest rank; null when there are too few. */
function bandOf(values: Float64Array): Band | null {
  if (values.length < LEAST_BUCKETS) return null;
  const sorted = values.toSorted();
  const at = (q: number): number => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!;
  return { median: at(0.5), low: at(0.1), high: at(0.9) };
}

function partners(
  store: SpanStore,
  entity: number,
  window: OffsetWindow,
): { readonly callers: readonly PeerTraffic[]; readonly callees: readonly PeerTraffic[] } {
  const { edges, dictionary } = store;
  const wanted: number[] = [];
  for (let edge = 1; edge < edges.limit; edge++) {
    if (entity !== 0 && (edges.caller(edge) === entity || edges.callee(edge) === entity)) wanted.push(edge);
  }
  const traffic = new TrafficCounts(edges.limit);
  for (const run of store.runs) {
    const { edge, duration, flags } = run.rows;
    run.eachCall(wanted, window, (i) => traffic.add(edge[i]!, duration[i]!, (flags[i]! & SPAN_FLAG.error) !== 0));
  }
  const list = (own: (edge: number) => number, other: (edge: number) => number): PeerTraffic[] =>
    mostCalled(
      traffic,
      traffic.numbers.filter((edge) => own(edge) === entity),
    ).flatMap(({ number, ...figures }) => {
      const ref = dictionary.entity(other(number));
      return ref ? [{ entity: ref, ...figures }] : [];
    });
  const caller = (edge: number): number => edges.caller(edge);
  const callee = (edge: number): number => edges.callee(edge);
  return { callers: list(callee, caller), callees: list(caller, callee) };
}

function parts(
  database: CaseDatabase,
  store: SpanStore,
  entity: number,
  window: OffsetWindow,
): { readonly instances: readonly NamedTraffic[]; readonly operations: readonly NamedTraffic[] } {
  const { dictionary } = store;
  const { instanceOfResource } = dictionary;
  const instances = new TrafficCounts(dictionary.entityLimit);
  const operations = new TrafficCounts(highestName(store, entity, window) + 1);
  for (const run of store.runs) {
    const { name, duration, resource, flags } = run.rows;
    run.eachEntry(entity, window, (i) => {
      const isError = (flags[i]! & SPAN_FLAG.error) !== 0;
      operations.add(name[i]!, duration[i]!, isError);
      const instance = instanceOfResource[resource[i]!] ?? 0;
      if (instance !== 0) instances.add(instance, duration[i]!, isError);
    });
  }
  const nameOf = nameTexts(database);
  const named = (counts: TrafficCounts, name: (number: number) => string): NamedTraffic[] =>
    mostCalled(counts, counts.numbers).map(({ number, ...figures }) => ({ name: name(number), ...figures }));
  return {
    instances: named(instances, (id) => dictionary.entity(id)?.name ?? ''),
    operations: named(operations, nameOf),
  };
}

function highestName(store: SpanStore, entity: number, window: OffsetWindow): number {
  let highest = 0;
  for (const run of store.runs) {
    const { name } = run.rows;
    run.eachEntry(entity, window, (i) => {
      if (name[i]! > highest) highest = name[i]!;
    });
  }
  return highest;
}

function mostCalled(
  traffic: TrafficCounts,
  numbers: readonly number[],
): { number: number; calls: number; errorRatio: number; latencyP95Ms: number }[] {
  return numbers
    .toSorted((a, b) => traffic.calls(b) - traffic.calls(a) || a - b)
    .slice(0, MOST_LISTED)
    .map((number) => ({
      number,
      calls: traffic.calls(number),
      errorRatio: traffic.errorRatio(number),
      latencyP95Ms: traffic.latencyMs(number, 0.95),
    }));
}
