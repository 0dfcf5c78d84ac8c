/**
 * Metrics that moved in the direction that hurts: resource metrics speak about the entity itself, so they weigh more
 * than counts that neighbours share. Weight grows with the logarithm of the shift in baseline spreads (the robust
 * n-sigma score of BARO, with a floor under the spread).
 */
import { badDirection, isResource, shareScaleOf, type MetricRole } from '../../detectors/metric-role.ts';
import type { SeriesShift } from '../../detectors/series-shift.ts';
import { quantity } from '../../detectors/quantity.ts';
import { spreads } from '../../sentences.ts';
import type { CauseItem } from '../cause-item.ts';
import type { MetricSeries } from '../../../model/telemetry.ts';
import type { FaultKind } from '../../../model/analysis-result.ts';
import type { RankingState } from '../ranking-state.ts';

const SMALLEST_EFFECT = 1;
const OTHER_WAY_SHARE = 0.3;

/** Weight of one unit of log-effect per role. Latency and failure ratios have terms of their own. */
const ROLE_WEIGHT: Partial<Record<MetricRole, number>> = {
  cpu: 1,
  memory: 1,
  'cpu-throttling': 1,
  'garbage-collection': 0.8,
  disk: 1,
  restarts: 1,
  errors: 0.8,
  connections: 0.6,
  'queue-depth': 0.6,
  'network-errors': 0.8,
  'disk-io': 0.5,
  threads: 0.5,
  'network-receive': 0.3,
  'network-transmit': 0.3,
  requests: 0.3,
  other: 0.3,
  certificate: 0.5,
};
/**
 * Metrics that mean one thing wherever they move: a disk that fills, a pool that is used up, a queue that grows, a cache
 * that misses. They speak beside spans and logs too. Points at a large shift.
 */
const TELLING: Partial<Record<MetricRole, number>> = {
  disk: 2.5,
  connections: 1.5,
  'queue-depth': 3,
  'cpu-throttling': 1.5,
  restarts: 2,
  certificate: 2,
  'network-errors': 2,
  'garbage-collection': 1,
};
const LARGE_EFFECT = 20;
/** A share of a limit below this is not running out, however far it moved. */
const RUNNING_OUT = 0.6;
function tellingWeight({ name, unit }: MetricSeries, { role, high, baseline }: SeriesShift, effect: number): number {
  const scale = shareScaleOf(name, unit, Math.max(high, baseline.max));
  const reached = scale === undefined ? 1 : Math.min(1, (high * scale) / RUNNING_OUT);
  return (TELLING[role] ?? 0) * reached * Math.min(1, Math.log1p(effect) / Math.log1p(LARGE_EFFECT));
}
const ROLE_HINT: Partial<Record<MetricRole, FaultKind>> = {
  cpu: 'cpu_saturation',
  'cpu-throttling': 'cpu_saturation',
  memory: 'memory_saturation',
  disk: 'disk_full',
  restarts: 'crash',
  connections: 'pool_exhaustion',
  'queue-depth': 'queue_backlog',
  'network-errors': 'network_loss',
  certificate: 'certificate_expiry',
};

export function collectMetricShifts(state: RankingState): CauseItem[] {
  const items: CauseItem[] = [];
  for (const shift of state.shifts) {
    const item = itemOf(state, shift);
    if (item) items.push(item);
  }
  return items;
}

function itemOf(state: RankingState, shift: SeriesShift): CauseItem | undefined {
  const roleWeight = ROLE_WEIGHT[shift.role];
  if (roleWeight === undefined || shift.edge || shift.entity < 0 || shift.baseline.count < 3) return undefined;
  const bad = badDirection(shift.role);
  const up = shift.effectUp * (bad < 0 ? OTHER_WAY_SHARE : 1);
  const down = shift.effectDown * (bad > 0 ? OTHER_WAY_SHARE : 1);
  const effect = Math.max(up, down);
  if (!(effect >= SMALLEST_EFFECT)) return undefined;
  const isUp = up >= down;
  const series = state.input.telemetry.metrics[shift.series]!;
  const reached = isUp ? shift.high : shift.low;
  const name = state.nameOf(shift.instance >= 0 ? shift.instance : shift.entity);
  return {
    entity: state.fold(shift.instance >= 0 ? shift.instance : shift.entity),
    term: 'metric-shift',
    signal: 'metric',
    aspect: TELLING[shift.role] === undefined && isResource(shift.role) ? 'resource' : shift.role,
    weight: TELLING[shift.role] ? tellingWeight(series, shift, effect) : roleWeight * state.metricWeight(effect),
    onsetNs: shift.onsetNs,
    onsetUncertaintyNs: shift.onsetUncertaintyNs,
    text: `${series.name} of ${name} went ${isUp ? 'up' : 'down'} from ${quantity(shift.baseline.median, series.unit, series.name)} to ${quantity(reached, series.unit, series.name)} (${spreads(effect, shift.baseline.isFlat)}).`,
    refs: [state.seriesRef(shift.series)],
    hint: ROLE_HINT[shift.role],
  };
}
