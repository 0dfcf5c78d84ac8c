/**
 * Exclusive errors of metrics: how many points of availability an entity lost beyond its fault-free worst, less what its
 * callees lost. The same argument as for latency: who fails without a failing callee started it.
 */
import type { EntityIndex } from '../../../model/telemetry.ts';
import type { SeriesShift } from '../../detectors/series-shift.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const EXPLAINED_SHARE = 0.9;
/** Loss below this many baseline spreads is noise. */
const SMALLEST_EFFECT = 2;
/** A lost point of a hundred is worth this spread at least: ratios are steadier than their rounding. */
const SPREAD_FLOOR_SHARE = 0.002;

interface Loss {
  readonly shift: SeriesShift;
  /** Share of requests lost beyond the baseline's worst percentile, 0-1. */
  readonly loss: number;
  readonly spread: number;
}

export function collectErrorExcess(state: RankingState): CauseItem[] {
  const losses = new Map<EntityIndex, Loss>();
  for (const shift of state.shifts) {
    if ((shift.role !== 'success-ratio' && shift.role !== 'error-ratio') || shift.edge || shift.entity < 0) continue;
    const loss = lossOf(shift);
    const entity = state.fold(shift.entity);
    if (loss && loss.loss > (losses.get(entity)?.loss ?? 0)) losses.set(entity, loss);
  }
  const items: CauseItem[] = [];
  for (const [entity, { shift, loss, spread }] of losses) {
    const exclusive = loss - EXPLAINED_SHARE * worstCallee(state, entity, losses);
    const effect = exclusive / spread;
    if (!(effect >= SMALLEST_EFFECT)) continue;
    const share = Math.round((100 * exclusive) / loss);
    items.push({
      entity,
      term: 'errors',
      signal: 'metric',
      aspect: 'errors',
      weight: state.focus.errors * (1 + Math.log1p(effect)),
      onsetNs: shift.onsetNs,
      onsetUncertaintyNs: shift.onsetUncertaintyNs,
      text: `${state.nameOf(entity)} fails ${(100 * loss).toPrecision(2)} % more of its requests than in its worst fault-free minutes; ${share} % of that is not explained by anything it calls.`,
      refs: [state.seriesRef(shift.series)],
      hint: 'code_error',
    });
  }
  return items;
}

/** Ratios come as shares or as percent: a level above 1.5 says percent. */
function lossOf(shift: SeriesShift): Loss | undefined {
  if (shift.baseline.count < 3 || shift.incidentCount === 0) return undefined;
  const isSuccess = shift.role === 'success-ratio';
  const largest = Math.max(shift.baseline.max, shift.high);
  if (largest > 100.5) return undefined;
  const scale = largest > 1.5 ? 0.01 : 1;
  const loss = scale * (isSuccess ? shift.baseline.q01 - shift.low : shift.high - shift.baseline.q99);
  const spread = Math.max(scale * shift.baseline.spread * (isSuccess ? 0.1 : 1), SPREAD_FLOOR_SHARE);
  return { shift, loss: Math.max(0, loss) || 0, spread };
}
function worstCallee(state: RankingState, entity: EntityIndex, losses: ReadonlyMap<EntityIndex, Loss>): number {
  let worst = 0;
  for (const callee of state.instrumentedCallees(entity)) worst = Math.max(worst, losses.get(callee)?.loss ?? 0);
  return worst;
}
