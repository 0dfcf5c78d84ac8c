/** Counts over spans by time: lanes of the timeline, and the state of the graph in a window. */
import type { EntityRef } from '../../model/entity.ts';
import { HEAT_BOUNDS_MS } from './latency-codes.ts';
import type { SpanStore } from './span-store.ts';
import { bucketsOver, offsetWindow, type WindowRequest } from './time-window.ts';
import { TrafficCounts } from './traffic.ts';
import type { BucketedRequest, SpanLanes, WindowTraffic } from './view-answers.ts';

export function spanLanes(store: SpanStore, request: BucketedRequest): SpanLanes {
  const buckets = bucketsOver(offsetWindow(store.origin, request, store.extent), request.bucketCount);
  const { count, width, start } = buckets;
  const spanCounts = new Float64Array(count);
  const errorSpanCounts = new Float64Array(count);
  const heatCounts = new Float64Array(count * HEAT_BOUNDS_MS.length);
  for (const run of store.runs) {
    const { from, to } = run.range(buckets);
    let first = from;
    for (let bucket = 0; bucket < count && first < to; bucket++) {
      const end = bucket === count - 1 ? to : Math.min(to, run.lowerBound(start + (bucket + 1) * width));
      spanCounts[bucket]! += end - first;
      run.addTotals(first, end, { errors: errorSpanCounts, heat: heatCounts, bucket });
      first = end;
    }
  }
  return {
    startTime: store.origin.timeOf(start),
    bucketNs: width,
    bucketCount: count,
    spanCounts,
    errorSpanCounts,
    heatCounts,
  };
}

/** Traffic of every entity and call in the window. */
export function windowTraffic(store: SpanStore, request: WindowRequest): WindowTraffic {
  const window = offsetWindow(store.origin, request, store.extent);
  const nodes = new TrafficCounts(store.dictionary.entityLimit);
  const edges = new TrafficCounts(store.edges.limit);
  for (const run of store.runs) run.addTraffic(window, nodes, edges);
  const refOf = (id: number): EntityRef => store.dictionary.entity(id) ?? UNKNOWN;
  const byId = (a: number, b: number): number => a - b;
  return {
    seconds: (window.end - window.start) / 1e9,
    nodes: nodes.numbers.toSorted(byId).map((id) => ({
      entity: refOf(id),
      calls: nodes.calls(id),
      errorRatio: nodes.errorRatio(id),
      latencyP50Ms: nodes.latencyMs(id, 0.5),
      latencyP95Ms: nodes.latencyMs(id, 0.95),
    })),
    edges: edges.numbers.toSorted(byId).map((number) => ({
      from: refOf(store.edges.caller(number)),
      to: refOf(store.edges.callee(number)),
      calls: edges.calls(number),
      errorRatio: edges.errorRatio(number),
      latencyP95Ms: edges.latencyMs(number, 0.95),
    })),
  };
}

/** Never shown: ids come from the same dictionary. */
const UNKNOWN: EntityRef = { type: 'service', name: 'unknown' };
