/** A machine whose processor or memory is used up while it was not before: what runs on it suffers without fault. */
import { shareScaleOf } from '../../detectors/metric-role.ts';
import { percent } from '../../sentences.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const STARVED_SHARE = 0.85;
const RISE_OVER_USUAL = 1.4;
const POINTS = 5;

export function collectStarvedNodes(state: RankingState): CauseItem[] {
  const { telemetry } = state.input;
  const items: CauseItem[] = [];
  for (const shift of state.shifts) {
    if (shift.entity < 0 || telemetry.entities[shift.entity]!.type !== 'node' || shift.baseline.count < 3) continue;
    if (shift.role !== 'cpu' && shift.role !== 'memory' && shift.role !== 'disk') continue;
    const series = telemetry.metrics[shift.series]!;
    const scale = shareScaleOf(series.name, series.unit, Math.max(shift.high, shift.baseline.max));
    if (scale === undefined || shift.high * scale < STARVED_SHARE || shift.high < RISE_OVER_USUAL * shift.baseline.q99)
      continue;
    items.push({
      entity: shift.entity,
      term: 'node',
      signal: 'metric',
      aspect: 'starved-node',
      weight: POINTS,
      onsetNs: shift.onsetNs,
      onsetUncertaintyNs: shift.onsetUncertaintyNs,
      text: `${series.name} of ${state.nameOf(shift.entity)} reached ${percent(shift.high * scale)}, where ${percent(shift.baseline.median * scale)} is usual.`,
      refs: [state.seriesRef(shift.series)],
      hint: shift.role === 'disk' ? 'disk_full' : 'noisy_neighbour',
    });
  }
  return items;
}
