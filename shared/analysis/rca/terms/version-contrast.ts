/**
 * New copies against old copies of a changed service, at the same time (differences in differences, as ChangeRCA does):
 * what only the new version shows cannot come from a dependency that both share. New copies are those whose first sign
 * of life comes after the change began.
 */
import type { EntityIndex, MetricSeries } from '../../../model/telemetry.ts';
import { sortedFinite, quantileOfSorted } from '../../series/robust-statistics.ts';
import { roleOfMetric } from '../../detectors/metric-role.ts';
import { comparablePoints } from '../../detectors/series-shift.ts';
import { lowerBound } from '../../series/resample.ts';
import { percent } from '../../sentences.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const SMALLEST_POINTS = 2;
const SLACK_NS = 30e9;
const SMALLEST_LOSS = 0.005;

interface Copies {
  readonly young: Set<EntityIndex>;
  readonly old: Set<EntityIndex>;
}

export function collectVersionContrast(state: RankingState): CauseItem[] {
  const { telemetry } = state.input;
  const byInstance = seriesByInstance(state);
  const items: CauseItem[] = [];
  telemetry.changes.forEach((change, index) => {
    const time = Number(change.startTime - telemetry.origin);
    for (const entity of new Set(change.entities.map((e) => state.fold(e)))) {
      const copies = splitCopies(state, entity, time, byInstance);
      if (copies.young.size === 0) continue;
      items.push(...contrastCalls(state, entity, index, time, copies, byInstance));
    }
  });
  return items;
}

function seriesByInstance(state: RankingState): ReadonlyMap<EntityIndex, readonly number[]> {
  const map = new Map<EntityIndex, number[]>();
  state.input.telemetry.metrics.forEach(({ instance }, index) => {
    if (instance < 0) return;
    const list = map.get(instance);
    if (list) list.push(index);
    else map.set(instance, [index]);
  });
  return map;
}

function splitCopies(
  state: RankingState,
  service: EntityIndex,
  timeNs: number,
  byInstance: ReadonlyMap<EntityIndex, readonly number[]>,
): Copies {
  const { telemetry, graph } = state.input;
  const copies: Copies = { young: new Set(), old: new Set() };
  for (const instance of graph.instancesOf(service)) {
    const first = Math.min(
      ...(byInstance.get(instance) ?? []).map((index) => telemetry.metrics[index]!.timesNs[0] ?? Infinity),
    );
    if (first === Infinity) continue;
    (first >= timeNs - SLACK_NS ? copies.young : copies.old).add(instance);
  }
  return copies;
}

/** Per call edge what each generation shows: success ratio after the change, and whether it makes the call at all. */
function contrastCalls(
  state: RankingState,
  service: EntityIndex,
  change: number,
  timeNs: number,
  copies: Copies,
  byInstance: ReadonlyMap<EntityIndex, readonly number[]>,
): CauseItem[] {
  const success = { young: new Map<string, number[]>(), old: new Map<string, number[]>() };
  const edges = { young: new Set<string>(), old: new Set<string>() };
  const lastSeen = { young: 0, old: 0 };
  for (const generation of ['young', 'old'] as const)
    for (const instance of copies[generation])
      for (const index of byInstance.get(instance) ?? []) {
        const series = state.input.telemetry.metrics[index]!;
        const edge = state.shifts[index]!.edge;
        lastSeen[generation] = Math.max(lastSeen[generation], series.timesNs.at(-1) ?? 0);
        if (!edge) continue;
        const key = `${edge.from}>${edge.to}`;
        if (edge.from === series.entity) edges[generation].add(key);
        if (roleOfMetric(series.name, series.unit) !== 'success-ratio') continue;
        const list = success[generation].get(key) ?? [];
        success[generation].set(key, list);
        list.push(...valuesAfter(series, generation === 'young' ? 0 : timeNs));
      }
  const items: CauseItem[] = [];
  const base = {
    entity: service,
    term: 'change',
    signal: 'change',
    change,
    onsetNs: timeNs,
    onsetUncertaintyNs: 60e9,
    hint: 'bad_deployment',
    refs: [state.changeRef(change)],
  } as const;
  const name = state.nameOf(service);
  let worst = 0;
  let silent = 0;
  for (const [key, values] of success.young) {
    const young = sortedFinite(Float64Array.from(values));
    const old = sortedFinite(Float64Array.from(success.old.get(key) ?? []));
    if (values.length >= SMALLEST_POINTS && young.length === 0 && old.length > 0) silent++;
    if (young.length === 0) continue;
    const scale = Math.max(quantileOfSorted(old, 1) || 0, quantileOfSorted(young, 1)) > 1.5 ? 0.01 : 1;
    const expected = old.length > 0 ? mean(old) * scale : 1;
    worst = Math.max(worst, expected - mean(young) * scale);
  }
  if (worst > SMALLEST_LOSS)
    items.push({
      ...base,
      aspect: 'version-errors',
      weight: 1 + Math.log1p(worst / 0.01),
      text: `New copies of ${name} succeed ${percent(worst)} less often than old copies in the same minutes.`,
    });
  const vanished = [...edges.old].filter((key) => !edges.young.has(key)).length;
  if (vanished > 0 && edges.old.size > 0)
    items.push({
      ...base,
      aspect: 'version-calls',
      weight: 1.5 + 2 * (vanished / edges.old.size),
      text: `New copies of ${name} never make ${vanished} of the ${edges.old.size} calls that old copies make.`,
    });
  if (silent > 0)
    items.push({
      ...base,
      aspect: 'version-silence',
      weight: 1 + silent / success.young.size,
      text: `New copies of ${name} answer nothing on ${silent} of ${success.young.size} calls while old copies do.`,
    });
  return items;
}
function valuesAfter(series: MetricSeries, timeNs: number): Float64Array {
  const points = comparablePoints(series);
  return points.values.subarray(lowerBound(points.timesNs, timeNs));
}
function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
