/**
 * Time lost between a caller and a callee: the client span minus its server child. Credited to the callee, a little to
 * the caller; to the caller instead when one caller loses time towards nearly all its callees and the other callers of
 * those callees do not (then it is the caller that starves). Needs no clock agreement between hosts: both are durations.
 */
import type { EntityIndex } from '../../../model/telemetry.ts';
import type { CallEdge } from '../../topology/service-graph.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const RATIO_OVER_NORMAL = 1.5;
const SLACK_NS = 5e6;
const SMALLEST_CALLS = 5;
const CALLER_SHARE = 0.3;
const TAIL_TRUST = 0.3;
/** One caller slow towards this share of its callees (two at least) is itself the cause. */
const CALLER_WIDE_SHARE = 0.7;

interface Delay {
  readonly edge: CallEdge;
  readonly lostNs: number;
  /** A shift of the tail alone is seen on busy edges of healthy systems too. */
  readonly trust: number;
  readonly at: 'p50Ns' | 'p95Ns';
}
const QUANTILES = { p50Ns: 'at the median', p95Ns: 'at the 95th percentile' } as const;

export function collectEdgeDelays(state: RankingState): CauseItem[] {
  const { graph } = state.input;
  const delays: Delay[] = [];
  const measured: CallEdge[] = [];
  for (const edge of graph.calls) {
    if (!edge.delay || edge.delay.incident.calls < SMALLEST_CALLS || edge.delay.baseline.calls < SMALLEST_CALLS)
      continue;
    measured.push(edge);
    const delay = delayOf(edge);
    if (delay) delays.push(delay);
  }
  return delays.flatMap((delay) => itemsOf(state, delay, delays, measured));
}

function delayOf(edge: CallEdge): Delay | undefined {
  const { baseline, incident } = edge.delay!;
  const p50 = incident.p50Ns - Math.max(RATIO_OVER_NORMAL * baseline.p50Ns, baseline.p50Ns + SLACK_NS);
  const p95 = incident.p95Ns - Math.max(2 * baseline.p95Ns, baseline.p95Ns + 4 * SLACK_NS);
  // Delay that hits some calls only hardly moves the median.
  if (p95 > 0 && TAIL_TRUST * p95 > p50) return { edge, lostNs: p95, trust: TAIL_TRUST, at: 'p95Ns' };
  return p50 > 0 ? { edge, lostNs: p50, trust: 1, at: 'p50Ns' } : undefined;
}

function itemsOf(
  state: RankingState,
  { edge, lostNs, trust, at }: Delay,
  delays: readonly Delay[],
  measured: readonly CallEdge[],
): CauseItem[] {
  const { from, to } = edge;
  const isSlow = (other: CallEdge): boolean => delays.some((d) => d.edge === other && d.lostNs > 0.25 * lostNs);
  const siblings = measured.filter((other) => other.from === from);
  const otherCallers = measured.filter((other) => other.to === to && other.from !== from);
  const slowSiblings = siblings.filter(isSlow).length;
  const isCallerWide = siblings.length >= 2 && slowSiblings >= CALLER_WIDE_SHARE * siblings.length;
  const sharedByCallers = otherCallers.filter(isSlow).length;
  const isCaller = isCallerWide && sharedByCallers === 0 && slowSiblings >= 2;
  const weight = trust * state.focus.latency * (1 + Math.log1p(lostNs / SLACK_NS)) * (sharedByCallers > 0 ? 1.2 : 1);
  const calleeShare = isCaller ? CALLER_SHARE : 1;
  const text =
    `Calls from ${state.nameOf(from)} to ${state.nameOf(to)} spend ${durationText(edge.delay!.incident[at])} on the way against ` +
    `${durationText(edge.delay!.baseline[at])} before ${QUANTILES[at]}, while the callee's own span does not.`;
  const base = {
    term: 'edge-delay',
    signal: 'trace',
    aspect: 'edge-delay',
    text,
    refs: state.spanRefs(edge.exampleSpans),
    onsetNs: state.input.incident.onsetNs,
    onsetUncertaintyNs: state.incidentLengthNs,
  } as const;
  const credit = (entity: EntityIndex, share: number): CauseItem => ({
    ...base,
    entity,
    weight: weight * share,
    hint: isCaller && entity === from ? 'cpu_saturation' : 'network_delay',
  });
  return [credit(to, calleeShare), credit(from, isCaller ? 1 : CALLER_SHARE)];
}
function durationText(ns: number): string {
  return `${Number((ns / 1e6).toPrecision(3))} ms`;
}
