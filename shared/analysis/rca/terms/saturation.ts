/**
 * Shares of a limit that came close to it: above .6, twice the earlier 99th percentile and three times the median.
 * Absolute amounts do not count here (an idle pod jumps from 4 to 50 millicores and means nothing).
 */
import type { FaultKind } from '../../../model/analysis-result.ts';
import type { Telemetry } from '../../../model/telemetry.ts';
import { shareScaleOf, type MetricRole } from '../../detectors/metric-role.ts';
import type { SeriesShift } from '../../detectors/series-shift.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const SATURATED_SHARE = 0.6;
/** At its limit, and clearly not there before. */
const FULL_SHARE = 0.9;
const FULL_RISE = 1.6;
const HINTS: Partial<Record<MetricRole, FaultKind>> = {
  cpu: 'cpu_saturation',
  'cpu-throttling': 'cpu_saturation',
  memory: 'memory_saturation',
  disk: 'disk_full',
  connections: 'pool_exhaustion',
  threads: 'pool_exhaustion',
  'queue-depth': 'queue_backlog',
};

export function collectSaturation(state: RankingState): CauseItem[] {
  const items: CauseItem[] = [];
  for (const shift of state.shifts) {
    const hint = HINTS[shift.role];
    if (hint === undefined || shift.edge || shift.entity < 0) continue;
    const { telemetry } = state.input;
    const now = reachedShareOf(telemetry, shift);
    if (now === undefined) continue;
    const series = telemetry.metrics[shift.series]!;
    const name = state.nameOf(shift.instance >= 0 ? shift.instance : shift.entity);
    items.push({
      entity: state.fold(shift.instance >= 0 ? shift.instance : shift.entity),
      term: 'saturation',
      signal: 'metric',
      aspect: shift.role === 'connections' || shift.role === 'threads' ? 'saturation-pool' : 'saturation',
      weight: 3 + 2 * Math.min(1, now),
      onsetNs: shift.onsetNs,
      onsetUncertaintyNs: shift.onsetUncertaintyNs,
      text: `${series.name} of ${name} reached ${Math.round(now * 100)} % of its limit; ${Math.round(((shift.baseline.median * now) / shift.high) * 100)} % is usual.`,
      refs: [state.seriesRef(shift.series)],
      hint,
    });
  }
  return items;
}

/** Share of its limit a series reached, where that is close and was not so before; undefined otherwise. */
export function reachedShareOf({ metrics }: Telemetry, shift: SeriesShift): number | undefined {
  if (shift.baseline.count < 3) return undefined;
  const series = metrics[shift.series]!;
  const scale = shareScaleOf(series.name, series.unit, Math.max(shift.high, shift.baseline.max));
  if (scale === undefined) return undefined;
  const now = shift.high * scale;
  // Written so that a window without a value (NaN) is no saturation.
  const isFull = now >= FULL_SHARE && shift.high >= FULL_RISE * shift.baseline.q99;
  const isRisen =
    now >= SATURATED_SHARE && shift.high >= 2 * shift.baseline.q99 && shift.high >= 3 * shift.baseline.median;
  return isFull || isRisen ? now : undefined;
}
