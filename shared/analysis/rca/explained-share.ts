/**
 * How much of an entity's trouble its callees explain: calls that became slower or fail, weighed against what the entity
 * itself shows. A service that waits for a slow callee also runs out of workers and rejects requests, so whichever of
 * the two, slowness or failures, is explained best counts.
 */
import type { EntityIndex } from '../../model/telemetry.ts';
import { SPAN_KIND } from '../../model/span.ts';
import type { AnalysisWindow, RedComparison, RedStats } from '../topology/service-graph.ts';
import type { RankCausesInput } from './rank-causes.ts';

const SMALLEST_CALLS = 10;
/** Trouble below these is none. */
const SMALLEST_SLOWDOWN_NS = 5e6;
const SMALLEST_ERROR_RATE = 0.01;
/** Requests that wait for workers held by slow calls wait longer than any one call. */
const QUEUEING = 2.5;
/** A callee that fails this often makes its callers log and retry. */
const CLEARLY_FAILING = 0.03;
/** Tails of healthy calls reach this multiple of their baseline. */
const SLOW_RATIO = 2;
/** Calls made on fewer than this share of requests cannot explain their caller. */
const FULL_CALL_SHARE = 0.05;
/** From this many calls on the 99th percentile is believed, at half its value. */
const CALLS_FOR_P99 = 200;

interface Trouble {
  /** Slower by, at the 95th percentile. */
  readonly slowdownNs: number;
  readonly errorRate: number;
}

/** Calls per request grow this much when failed ones are tried again; the pauses between attempts look like own work. */
const RETRYING = 1.2;
/** From this share of failed calls on, retries explain the slowness of who makes them. */
const FAILING_FULLY = 0.3;
/** Requests in progress grow this many times before an ordinary worker pool (a quarter busy) is full. */
const GROWTH_TO_FULL = 3;

/** 0-1 per entity; 0 for what calls nothing or is well. O(edges). */
export function explainedShares(input: RankCausesInput): Float64Array {
  const { graph } = input;
  const shares = new Float64Array(graph.size);
  for (let entity = 0; entity < graph.size; entity++) {
    const traffic = graph.traffic[entity];
    if (!traffic) continue;
    const own = troubleOf(traffic.red, false);
    let best = Math.min(1, heldByCalls(input, entity) / GROWTH_TO_FULL);
    for (const index of graph.callsFrom(entity)) {
      const { red, to } = graph.calls[index]!;
      if (!red || to === entity || isDraining(input, index)) continue;
      // A service that rejects requests no longer makes its calls, so the share of better days counts too.
      const share = Math.max(
        callShare(red.incident, traffic.red.incident),
        callShare(red.baseline, traffic.red.baseline),
      );
      const weight = Math.min(1, share / FULL_CALL_SHARE);
      const trouble = troubleOf(red, true);
      const isRetrying =
        callShare(red.incident, traffic.red.incident) >= RETRYING * callShare(red.baseline, traffic.red.baseline);
      if (isRetrying && own.slowdownNs > SMALLEST_SLOWDOWN_NS)
        best = Math.max(best, Math.min(1, trouble.errorRate / FAILING_FULLY));
      best = Math.max(best, weight * explains(trouble, own));
    }
    shares[entity] = best;
  }
  return shares;
}

/**
 * Requests kept in progress by slower calls, against all that were in progress before (Little's law: rate × duration).
 * It sees what averages hide: once the workers are taken, most requests are refused quickly and only few calls are made.
 */
function heldByCalls(input: RankCausesInput, entity: EntityIndex): number {
  const { graph } = input;
  const { baseline, incident } = graph.windows;
  const inProgress = (stats: RedStats, { startNs, endNs }: AnalysisWindow): number =>
    (stats.calls * meanNs(stats)) / Math.max(1, endNs - startNs);
  let added = 0;
  for (const index of graph.callsFrom(entity)) {
    const { red, to } = graph.calls[index]!;
    if (!red || to === entity || isDraining(input, index)) continue;
    if (troubleOf(red, true).slowdownNs <= SMALLEST_SLOWDOWN_NS) continue;
    added += Math.max(0, inProgress(red.incident, incident) - inProgress(red.baseline, baseline));
  }
  const usual = inProgress(graph.traffic[entity]!.red.baseline, baseline);
  return usual > 0 ? added / usual : 0;
}
/** Mean of a distribution known by three quantiles, straight lines between them. */
function meanNs({ calls, p50Ns, p95Ns, p99Ns }: RedStats): number {
  if (calls === 0) return 0;
  return 0.375 * p50Ns + 0.225 * (p50Ns + p95Ns) + 0.02 * (p95Ns + p99Ns) + 0.01 * p99Ns;
}
/** What a consumer takes to work on a message is its own time, not that of the queue it drains. */
export function isDraining({ graph, telemetry }: RankCausesInput, call: number): boolean {
  const [example] = graph.calls[call]!.exampleSpans;
  return example !== undefined && telemetry.spans.kind[example] === SPAN_KIND.consumer;
}

/** 0-1 per entity: a callee of it fails, whether or not the entity lets that show. */
export function failingCallees({ graph }: RankCausesInput): Float64Array {
  const shares = new Float64Array(graph.size);
  for (const { from, red } of graph.calls)
    if (red) shares[from] = Math.max(shares[from]!, Math.min(1, troubleOf(red, true).errorRate / CLEARLY_FAILING));
  return shares;
}

/** What is well itself has nothing to be explained, whatever its callees show. */
function explains(call: Trouble, own: Trouble): number {
  const isSlow = own.slowdownNs > SMALLEST_SLOWDOWN_NS;
  const isFailing = own.errorRate > SMALLEST_ERROR_RATE;
  const slow =
    isSlow && call.slowdownNs > SMALLEST_SLOWDOWN_NS ? Math.min(1, (QUEUEING * call.slowdownNs) / own.slowdownNs) : 0;
  const failing = isFailing && call.errorRate > SMALLEST_ERROR_RATE ? Math.min(1, call.errorRate / own.errorRate) : 0;
  return Math.max(slow, failing);
}

function callShare(calls: RedStats, requests: RedStats): number {
  return calls.calls / Math.max(1, requests.calls);
}
function troubleOf({ baseline, incident }: RedComparison, isCall: boolean): Trouble {
  if (incident.calls < SMALLEST_CALLS || baseline.calls < SMALLEST_CALLS) return { slowdownNs: 0, errorRate: 0 };
  const tail =
    Math.min(incident.calls, baseline.calls) >= CALLS_FOR_P99 ? (incident.p99Ns - SLOW_RATIO * baseline.p99Ns) / 2 : 0;
  return {
    slowdownNs: Math.max(0, incident.p95Ns - SLOW_RATIO * baseline.p95Ns, isCall ? tail : 0),
    errorRate: Math.max(0, incident.errors / incident.calls - (2 * baseline.errors) / baseline.calls),
  };
}

/** The parts of an entity that share its explanation: instances carry their service's. */
export function explainedShareOf(input: RankCausesInput, shares: Float64Array, entity: EntityIndex): number {
  return shares[entity] || shares[input.graph.serviceOf(entity)] || 0;
}
