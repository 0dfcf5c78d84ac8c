/**
 * Time an entity spends in itself, from spans: exclusive by construction, since what children cover is not counted. The
 * share of all added self time that is its own says how much of the slowness starts here.
 */
import { profileOperations, type OperationProfile } from '../../detectors/operation-profile.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const SMALLEST_CALLS = 5;
const RATIO_OVER_NORMAL = 1.3;
const SLACK_NS = 1e6;
const TAIL_TRUST = 0.15;

export function collectOwnTime(state: RankingState): CauseItem[] {
  const { telemetry, graph } = state.input;
  const slow = profileOperations(telemetry, graph)
    .map((profile) => ({ profile, addedNs: addedTime(profile) }))
    .filter(({ addedNs }) => addedNs > 0);
  const total = slow.reduce((sum, { profile, addedNs }) => sum + addedNs * profile.self.incident.calls, 0);
  return slow.map(({ profile, addedNs }) => {
    const { baseline, incident } = profile.self;
    const spread = Math.max(baseline.p95Ns - baseline.p50Ns, 0.2 * baseline.p50Ns, SLACK_NS / 5);
    const share = (addedNs * incident.calls) / total;
    const operation = telemetry.spans.operations[profile.operation] ?? 'other operations';
    return {
      entity: profile.entity,
      term: 'exclusive-excess',
      signal: 'trace',
      aspect: 'own-time',
      weight: state.focus.latency * (0.5 + 1.5 * share) * Math.log1p(addedNs / spread),
      onsetNs: state.input.incident.onsetNs,
      onsetUncertaintyNs: state.incidentLengthNs,
      text: `${operation} of ${state.nameOf(profile.entity)} takes ${ms(incident.p50Ns)} in itself against ${ms(baseline.p50Ns)} before (95th percentile ${ms(incident.p95Ns)} against ${ms(baseline.p95Ns)}); ${Math.round(share * 100)} % of all added time.`,
      refs: state.spanRefs(profile.examples),
      hint: 'slow_dependency',
    };
  });
}

/** Beyond what normal traffic shows, at the median, else a small share of it at the 95th percentile. */
function addedTime({ self: { baseline, incident } }: OperationProfile): number {
  if (baseline.calls < SMALLEST_CALLS || incident.calls < SMALLEST_CALLS) return 0;
  const p50 = incident.p50Ns - Math.max(RATIO_OVER_NORMAL * baseline.p50Ns, baseline.p50Ns + SLACK_NS);
  if (p50 > 0) return p50;
  return TAIL_TRUST * Math.max(0, incident.p95Ns - Math.max(2 * baseline.p95Ns, baseline.p95Ns + 4 * SLACK_NS));
}
function ms(ns: number): string {
  return `${Number((ns / 1e6).toPrecision(3))} ms`;
}
