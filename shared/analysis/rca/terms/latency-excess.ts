/**
 * Exclusive excess of latency metrics: how much slower an entity is than its fault-free 99th percentile, less what its
 * callees explain. A callee that is called ten times per request explains ten times its own delay. (The idea of
 * regressing a node on its callees, CIRCA, reduced to differences because an incident has few points.)
 */
import type { EntityIndex } from '../../../model/telemetry.ts';
import { quantity } from '../../detectors/quantity.ts';
import type { SeriesShift } from '../../detectors/series-shift.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

/** Share of a callee's excess that is taken off its caller. */
const EXPLAINED_SHARE = 0.9;
/** A callee's fan-out is believed between these bounds. */
const LARGEST_FAN_OUT = 10;
/** From this many calls per request on, quantiles of caller and callee no longer correspond. */
const FAN_OUT_MIXES = 2;
/** Excess below this many baseline spreads is noise. */
const SMALLEST_EFFECT = 2;

interface Excess {
  readonly shift: SeriesShift;
  /** Seconds (or the series' own unit) above the fault-free 99th percentile. */
  readonly excess: number;
}

export function collectLatencyExcess(state: RankingState): CauseItem[] {
  return latencyExcesses(state).flatMap(({ entity, shift, excess, exclusive }) => {
    const effect = exclusive / shift.baseline.spread;
    return effect >= SMALLEST_EFFECT ? [latencyItem(state, entity, shift, effect, exclusive / excess)] : [];
  });
}

/**
 * Per entity the share of its slowness that latency metrics of its callees account for, by the metric that moved
 * farthest. Metrics count every request, so they also speak where traces are sampled too thinly to.
 */
export function sharesExplainedByMetrics(state: MeasuredState): ReadonlyMap<EntityIndex, number> {
  const shares = new Map<EntityIndex, number>();
  const farthest = new Map<EntityIndex, number>();
  for (const { entity, shift, excess, exclusive } of latencyExcesses(state)) {
    const effect = excess / shift.baseline.spread;
    if (!(effect >= SMALLEST_EFFECT) || effect <= (farthest.get(entity) ?? 0)) continue;
    farthest.set(entity, effect);
    shares.set(entity, Math.min(1, 1 - exclusive / excess));
  }
  return shares;
}

/** What this term needs of the state; known before anything is explained. */
export type MeasuredState = Pick<RankingState, 'input' | 'shifts' | 'fold' | 'instrumentedCallees'>;

interface ExclusiveExcess extends Excess {
  readonly entity: EntityIndex;
  /** Of the excess, what callees do not explain. */
  readonly exclusive: number;
}
function latencyExcesses(state: MeasuredState): ExclusiveExcess[] {
  const byStatistic = groupByStatistic(state);
  const requests = requestLevels(state);
  return [...byStatistic].flatMap(([key, nodes]) =>
    [...nodes].map(([entity, { shift, excess }]) => {
      const exclusive = excess - explainedByCallees(state, entity, key, byStatistic, requests);
      return { entity, shift, excess, exclusive };
    }),
  );
}

/** Per kind of series (name and statistic) the excess of each entity. */
function groupByStatistic(state: MeasuredState): Map<string, Map<EntityIndex, Excess>> {
  const groups = new Map<string, Map<EntityIndex, Excess>>();
  for (const shift of state.shifts) {
    if (shift.role !== 'latency' || shift.edge || shift.entity < 0 || shift.baseline.count < 3) continue;
    const key = `${state.input.telemetry.metrics[shift.series]!.name} ${shift.statistic}`;
    const nodes = groups.get(key) ?? new Map<EntityIndex, Excess>();
    groups.set(key, nodes);
    const excess = Math.max(0, shift.high - shift.baseline.q99) || 0;
    const entity = state.fold(shift.entity);
    const known = nodes.get(entity);
    if (!known || excess > known.excess) nodes.set(entity, { shift, excess });
  }
  return groups;
}

function requestLevels(state: MeasuredState): Map<EntityIndex, number> {
  const levels = new Map<EntityIndex, number>();
  for (const shift of state.shifts) {
    if (shift.role !== 'requests' || shift.edge || shift.entity < 0) continue;
    const entity = state.fold(shift.entity);
    if (Number.isFinite(shift.median)) levels.set(entity, Math.max(levels.get(entity) ?? 0, shift.median));
  }
  return levels;
}

function explainedByCallees(
  state: MeasuredState,
  entity: EntityIndex,
  key: string,
  groups: ReadonlyMap<string, ReadonlyMap<EntityIndex, Excess>>,
  requests: ReadonlyMap<EntityIndex, number>,
): number {
  let most = 0;
  for (const callee of state.instrumentedCallees(entity)) {
    const ratio = (requests.get(callee) ?? 1) / (requests.get(entity) ?? 1);
    const fanOut = Math.min(LARGEST_FAN_OUT, Math.max(1, Number.isFinite(ratio) ? ratio : 1));
    let excess = (groups.get(key)?.get(callee)?.excess ?? 0) * fanOut;
    // Several calls per request lift the caller's middle quantiles to the callee's high ones.
    if (fanOut >= FAN_OUT_MIXES)
      for (const nodes of groups.values()) excess = Math.max(excess, nodes.get(callee)?.excess ?? 0);
    most = Math.max(most, excess);
  }
  return EXPLAINED_SHARE * most;
}

/** A store that says itself that its work takes long is believed beside spans too. */
const STORE_POINTS = 3;
function storeWeight(effect: number): number {
  return STORE_POINTS * Math.min(1, Math.log1p(effect) / Math.log1p(100));
}
function latencyItem(
  state: RankingState,
  entity: EntityIndex,
  shift: SeriesShift,
  effect: number,
  ownShare: number,
): CauseItem {
  const series = state.input.telemetry.metrics[shift.series]!;
  const { type } = state.input.telemetry.entities[entity]!;
  const isStore = type === 'database' || type === 'queue';
  const share =
    ownShare > 0.95 ? 'not explained by anything it calls' : `${Math.round(ownShare * 100)} % of it its own`;
  return {
    entity,
    term: 'exclusive-excess',
    signal: 'metric',
    aspect: 'latency',
    weight:
      state.focus.latency *
      (isStore ? Math.max(state.metricWeight(effect), storeWeight(effect)) : state.metricWeight(effect)),
    onsetNs: shift.onsetNs,
    onsetUncertaintyNs: shift.onsetUncertaintyNs,
    text: `${state.nameOf(entity)} is slower: ${series.name} ${shift.statistic} ${quantity(shift.high, series.unit, series.name)} against ${quantity(shift.baseline.median, series.unit, series.name)} before, ${share}.`,
    refs: [state.seriesRef(shift.series)],
    hint: type === 'database' ? 'slow_query' : 'slow_dependency',
  };
}
