/**
 * How much of an entity's trouble its callees explain: calls that became slower or fail, weighed against what the entity
 * itself shows. A service that waits for a slow callee also runs out of workers and rejects requests, so whichever of
 * the two, slowness or failures, is explained best counts.
 */
import type { EntityIndex } from '../../model/telemetry.ts';
import { SPAN_KIND } from '../../model/span.ts';
import { probabilityErrorRateRose } from '../series/proportion.ts';
import type { AnalysisWindow, CallEdge, RedComparison, RedStats } from '../topology/service-graph.ts';
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
/** An error rate that rose with less probability than this is chance. */
const ROSE = 0.9;
/** Calls made on fewer than this share of requests cannot explain their caller. */
const FULL_CALL_SHARE = 0.05;
/** From this many calls on the 99th percentile is believed, at half its value. */
const CALLS_FOR_P99 = 200;

interface Trouble {
  /** Slower by, at the 95th percentile. */
  readonly slowdownNs: number;
  readonly errorRate: number;
}
const NO_TROUBLE: Trouble = { slowdownNs: 0, errorRate: 0 };

/** Calls per request grow this much when failed ones are tried again; the pauses between attempts look like own work. */
const RETRYING = 1.2;
/** From this share of failed calls on, retries explain the slowness of who makes them. */
const FAILING_FULLY = 0.3;
/** From this share of failed calls on, their timeouts and retries fill who makes them. */
const FAILING_TO_FULL = 0.1;
/** Requests in progress grow this many times before an ordinary worker pool (a quarter busy) is full. */
const GROWTH_TO_FULL = 3;

/** 0-1 per entity; 0 for what calls nothing or is well. `full` = who turns work away. O(edges). */
export function explainedShares(input: RankCausesInput, full: ReadonlySet<EntityIndex>): Float64Array {
  const { graph } = input;
  const shares = new Float64Array(graph.size);
  const troubles = callTroubles(input);
  for (let entity = 0; entity < graph.size; entity++) {
    const traffic = graph.traffic[entity];
    if (!traffic) continue;
    const own = troubleOf(traffic.red, false);
    let best = Math.min(1, heldByCalls(input, entity, troubles) / GROWTH_TO_FULL);
    for (const index of graph.callsFrom(entity)) {
      const { red, to } = graph.calls[index]!;
      if (!red || to === entity || isDraining(input, index)) continue;
      // A service that rejects requests no longer makes its calls, so the share of better days counts too.
      const share = Math.max(
        callShare(red.incident, traffic.red.incident),
        callShare(red.baseline, traffic.red.baseline),
      );
      const weight = Math.min(1, share / FULL_CALL_SHARE);
      const trouble = troubles[index]!;
      const isRetrying =
        callShare(red.incident, traffic.red.incident) >= RETRYING * callShare(red.baseline, traffic.red.baseline);
      // One that is well over all its requests, or that retries, shows in other ways that what it calls fails.
      const isWell = own.slowdownNs <= SMALLEST_SLOWDOWN_NS && own.errorRate <= SMALLEST_ERROR_RATE;
      if (isWell) best = Math.max(best, weight * Math.min(1, trouble.errorRate / FAILING_FULLY));
      if (isRetrying && own.slowdownNs > SMALLEST_SLOWDOWN_NS)
        best = Math.max(best, Math.min(1, trouble.errorRate / FAILING_FULLY));
      if (full.has(entity)) best = Math.max(best, weight * Math.min(1, trouble.errorRate / FAILING_TO_FULL));
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
function heldByCalls(input: RankCausesInput, entity: EntityIndex, troubles: readonly Trouble[]): number {
  const { graph } = input;
  const { baseline, incident } = graph.windows;
  const inProgress = (stats: RedStats, { startNs, endNs }: AnalysisWindow): number =>
    (stats.calls * meanNs(stats)) / Math.max(1, endNs - startNs);
  let added = 0;
  for (const index of graph.callsFrom(entity)) {
    const { red, to } = graph.calls[index]!;
    if (!red || to === entity || isDraining(input, index)) continue;
    if (troubles[index]!.slowdownNs <= SMALLEST_SLOWDOWN_NS) continue;
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
export function failingCallees(input: RankCausesInput): Float64Array {
  const { graph } = input;
  const shares = new Float64Array(graph.size);
  const troubles = callTroubles(input);
  graph.calls.forEach(({ from }, index) => {
    shares[from] = Math.max(shares[from]!, Math.min(1, troubles[index]!.errorRate / CLEARLY_FAILING));
  });
  return shares;
}

/**
 * Trouble of every call edge. Fewer calls than tell anything are filled up with what all callers of the same callee saw
 * (partial pooling), so that sampled traces and rarely made calls explain their callers too. O(edges).
 */
function callTroubles({ graph }: RankCausesInput): readonly Trouble[] {
  const known = new Map<EntityIndex, Trouble>();
  return graph.calls.map(({ red, to }) => {
    if (!red) return NO_TROUBLE;
    const calls = Math.min(red.baseline.calls, red.incident.calls);
    if (calls >= SMALLEST_CALLS) return troubleOf(red, true);
    let pooled = known.get(to);
    if (!pooled) known.set(to, (pooled = pooledTrouble(graph.callsTo(to).map((index) => graph.calls[index]!))));
    return pooled;
  });
}

/** All calls to one callee as if one caller made them: quantiles are means by calls, which keeps a shift visible. */
function pooledTrouble(edges: readonly CallEdge[]): Trouble {
  const reds = edges.flatMap(({ red }) => red ?? []);
  return troubleOf(
    { baseline: pool(reds.map(({ baseline }) => baseline)), incident: pool(reds.map(({ incident }) => incident)) },
    true,
  );
}
function pool(all: readonly RedStats[]): RedStats {
  const some = all.filter(({ calls }) => calls > 0);
  const calls = some.reduce((sum, stats) => sum + stats.calls, 0);
  const mean = (of: (stats: RedStats) => number): number =>
    some.reduce((sum, stats) => sum + of(stats) * stats.calls, 0) / calls;
  return {
    calls,
    errors: some.reduce((sum, { errors }) => sum + errors, 0),
    p50Ns: mean(({ p50Ns }) => p50Ns),
    p95Ns: mean(({ p95Ns }) => p95Ns),
    p99Ns: mean(({ p99Ns }) => p99Ns),
  };
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
  if (incident.calls < SMALLEST_CALLS || baseline.calls < SMALLEST_CALLS) return NO_TROUBLE;
  const tail =
    Math.min(incident.calls, baseline.calls) >= CALLS_FOR_P99 ? (incident.p99Ns - SLOW_RATIO * baseline.p99Ns) / 2 : 0;
  const hasRisen =
    probabilityErrorRateRose(
      { errors: baseline.errors, total: baseline.calls },
      { errors: incident.errors, total: incident.calls },
    ) >= ROSE;
  return {
    slowdownNs: Math.max(0, incident.p95Ns - SLOW_RATIO * baseline.p95Ns, isCall ? tail : 0),
    errorRate: hasRisen ? Math.max(0, incident.errors / incident.calls - (2 * baseline.errors) / baseline.calls) : 0,
  };
}

/** The parts of an entity that share its explanation: instances carry their service's. */
export function explainedShareOf(input: RankCausesInput, shares: Float64Array, entity: EntityIndex): number {
  return shares[entity] || shares[input.graph.serviceOf(entity)] || 0;
}
