/**
 * Metrics of calls (service mesh, client libraries): who fails or slows as a callee, less what its own calls explain.
 * An edge is as bad as its worst reporter says; a callee as bad as its worst incoming edge.
 */
import type { EntityIndex } from '../../../model/telemetry.ts';
import type { SeriesShift } from '../../detectors/series-shift.ts';
import { percent, short } from '../../sentences.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const EXPLAINED_SHARE = 0.9;
const SMALLEST_LOSS = 0.01;
const SMALLEST_EFFECT = 3;

interface EdgeTrouble {
  readonly shift: SeriesShift;
  /** Share of calls lost, or latency above the fault-free 99th percentile in the series' unit. */
  readonly amount: number;
}

export function collectEdgeMetrics(state: RankingState): CauseItem[] {
  return [
    ...collect(state, lossOf, (trouble, exclusive) => failureItem(state, trouble, exclusive)),
    ...collect(state, slownessOf, (trouble, exclusive) => slownessItem(state, trouble, exclusive)),
  ];
}

function collect(
  state: RankingState,
  measure: (shift: SeriesShift) => number,
  write: (trouble: EdgeTrouble, exclusive: number) => CauseItem | undefined,
): CauseItem[] {
  const incoming = new Map<EntityIndex, EdgeTrouble>();
  for (const shift of state.shifts) {
    if (!shift.edge) continue;
    const amount = measure(shift);
    const callee = state.fold(shift.edge.to);
    if (amount > 0 && amount > (incoming.get(callee)?.amount ?? 0)) incoming.set(callee, { shift, amount });
  }
  const items: CauseItem[] = [];
  for (const [callee, trouble] of incoming) {
    let explained = 0;
    for (const next of state.instrumentedCallees(callee))
      explained = Math.max(explained, incoming.get(next)?.amount ?? 0);
    const item = write(trouble, trouble.amount - EXPLAINED_SHARE * explained);
    if (item) items.push(item);
  }
  return items;
}

function lossOf(shift: SeriesShift): number {
  if (shift.role !== 'success-ratio' || shift.incidentCount === 0) return 0;
  const scale = Math.max(shift.baseline.max || 0, shift.high) > 1.5 ? 0.01 : 1;
  const usual = shift.baseline.count >= 3 ? shift.baseline.q01 : shift.high;
  return Math.max(0, scale * (usual - shift.low)) || 0;
}
function slownessOf(shift: SeriesShift): number {
  if (shift.role !== 'latency' || shift.baseline.count < 3) return 0;
  return Math.max(0, shift.high - shift.baseline.q99) || 0;
}

function failureItem(state: RankingState, { shift, amount }: EdgeTrouble, exclusive: number): CauseItem | undefined {
  if (exclusive < SMALLEST_LOSS) return undefined;
  const callee = state.fold(shift.edge!.to);
  return {
    entity: callee,
    term: 'errors',
    signal: 'metric',
    aspect: 'errors',
    weight: state.focus.errors * 0.8 * Math.log1p(exclusive / SMALLEST_LOSS),
    onsetNs: shift.onsetNs,
    onsetUncertaintyNs: shift.onsetUncertaintyNs,
    text: `Calls from ${state.nameOf(shift.edge!.from)} to ${state.nameOf(callee)} fail ${percent(amount)} more often than before; ${percent(exclusive / amount)} of that is not explained by what ${state.nameOf(callee)} calls.`,
    refs: [state.seriesRef(shift.series)],
    hint: 'code_error',
  };
}
function slownessItem(state: RankingState, { shift }: EdgeTrouble, exclusive: number): CauseItem | undefined {
  const effect = exclusive / shift.baseline.spread;
  if (!(effect >= SMALLEST_EFFECT)) return undefined;
  const callee = state.fold(shift.edge!.to);
  return {
    entity: callee,
    term: 'exclusive-excess',
    signal: 'metric',
    aspect: 'latency',
    weight: 0.5 * state.focus.latency * state.metricWeight(effect),
    onsetNs: shift.onsetNs,
    onsetUncertaintyNs: shift.onsetUncertaintyNs,
    text: `Calls from ${state.nameOf(shift.edge!.from)} to ${state.nameOf(callee)} take ${short(shift.high)} against ${short(shift.baseline.median)} before.`,
    refs: [state.seriesRef(shift.series)],
    hint: 'slow_dependency',
  };
}
