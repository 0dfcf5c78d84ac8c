/**
 * Time an entity spends in itself, from spans: exclusive by construction, since what children cover is not counted. For
 * databases, queues and third parties that record no spans it is the time their callers wait for them. The share of all
 * added time that is its own says how much of the slowness starts here.
 */
import type { RowRef } from '../../../model/ids.ts';
import type { EntityIndex } from '../../../model/telemetry.ts';
import { profileOperations } from '../../detectors/operation-profile.ts';
import { durationText, percent } from '../../sentences.ts';
import type { RedComparison } from '../../topology/service-graph.ts';
import type { CauseItem } from '../cause-item.ts';
import { isDraining } from '../explained-share.ts';
import type { RankingState } from '../ranking-state.ts';

const SMALLEST_CALLS = 5;
const RATIO_OVER_NORMAL = 1.3;
const SLACK_NS = 1e6;
const TAIL_TRUST = 0.15;

interface Work {
  readonly entity: EntityIndex;
  readonly what: string;
  readonly time: RedComparison;
  readonly refs: readonly RowRef[];
  readonly isWaiting: boolean;
}

export function collectOwnTime(state: RankingState): CauseItem[] {
  const slow = [...ownWork(state), ...waiting(state)]
    .map((work) => ({ work, addedNs: addedTime(work.time) }))
    .filter(({ addedNs }) => addedNs > 0);
  const total = slow.reduce((sum, { work, addedNs }) => sum + addedNs * work.time.incident.calls, 0);
  return slow.map(({ work, addedNs }): CauseItem => {
    const { baseline, incident } = work.time;
    const spread = Math.max(baseline.p95Ns - baseline.p50Ns, 0.2 * baseline.p50Ns, SLACK_NS / 5);
    const share = (addedNs * incident.calls) / total;
    return {
      entity: work.entity,
      term: 'exclusive-excess',
      signal: 'trace',
      aspect: 'own-time',
      weight: state.focus.latency * (0.5 + 1.5 * share) * Math.log1p(addedNs / spread),
      onsetNs: state.input.incident.onsetNs,
      onsetUncertaintyNs: state.incidentLengthNs,
      text: `${work.what} ${durationText(incident.p50Ns)} against ${durationText(baseline.p50Ns)} before (95th percentile ${durationText(incident.p95Ns)} against ${durationText(baseline.p95Ns)}); ${percent(share)} of all added time.`,
      refs: work.refs,
      hint:
        work.isWaiting && state.input.telemetry.entities[work.entity]!.type === 'database'
          ? 'slow_query'
          : 'slow_dependency',
    };
  });
}

function ownWork(state: RankingState): Work[] {
  const { telemetry, graph } = state.input;
  return profileOperations(telemetry, graph).map((profile) => ({
    entity: profile.entity,
    what: `${telemetry.spans.operations[profile.operation] ?? 'Other operations'} of ${state.nameOf(profile.entity)} takes in itself`,
    time: profile.self,
    refs: state.spanRefs(profile.examples),
    isWaiting: false,
  }));
}
/** Calls to what records no spans of its own. */
function waiting(state: RankingState): Work[] {
  const { graph } = state.input;
  return graph.calls.flatMap((edge, index) => {
    if (!edge.red || graph.traffic[edge.to] || isDraining(state.input, index)) return [];
    const what = `${state.nameOf(edge.from)} waits for ${state.nameOf(edge.to)}`;
    return [{ entity: edge.to, what, time: edge.red, refs: state.spanRefs(edge.exampleSpans), isWaiting: true }];
  });
}

/**
 * Beyond what normal traffic shows: at the median, or a small share of it at the 95th percentile where that is more. Who
 * waits for one in three requests only hardly moves the median.
 */
function addedTime({ baseline, incident }: RedComparison): number {
  if (baseline.calls < SMALLEST_CALLS || incident.calls < SMALLEST_CALLS) return 0;
  const p50 = incident.p50Ns - Math.max(RATIO_OVER_NORMAL * baseline.p50Ns, baseline.p50Ns + SLACK_NS);
  const p95 = incident.p95Ns - Math.max(2 * baseline.p95Ns, baseline.p95Ns + 4 * SLACK_NS);
  return Math.max(0, p50, TAIL_TRUST * p95);
}
