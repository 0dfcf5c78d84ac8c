/**
 * A cache that stopped answering: its hit ratio fell. Counts alone say nothing, since hits and misses both fall when
 * there is less to do.
 */
import type { EntityIndex } from '../../../model/telemetry.ts';
import { wordsOfName } from '../../detectors/metric-role.ts';
import type { SeriesShift } from '../../detectors/series-shift.ts';
import { percent } from '../../detectors/squash.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const SMALLEST_FALL = 0.15;
const POINTS = 8;

export function collectColdCaches(state: RankingState): CauseItem[] {
  const pairs = new Map<EntityIndex, { hits?: SeriesShift; misses?: SeriesShift }>();
  for (const shift of state.shifts) {
    if (shift.role !== 'cache-hits' || shift.entity < 0 || shift.baseline.count < 3 || shift.incidentCount < 2)
      continue;
    const words = wordsOfName(state.input.telemetry.metrics[shift.series]!.name);
    const entity = state.fold(shift.entity);
    const pair = pairs.get(entity) ?? {};
    if (/\bmiss(es)?\b/.test(words)) pair.misses ??= shift;
    else pair.hits ??= shift;
    pairs.set(entity, pair);
  }
  return [...pairs].flatMap(([entity, { hits, misses }]): CauseItem[] => {
    if (!hits) return [];
    const before = ratio(hits.baseline.median, misses?.baseline.median);
    // The worst stretch: fewest hits, most misses, unless both fell together.
    const during = ratio(hits.median, misses?.median);
    const fall = before - during;
    if (!(fall >= SMALLEST_FALL)) return [];
    return [
      {
        entity,
        term: 'metric-shift',
        signal: 'metric',
        aspect: 'cache-hits',
        weight: Math.min(POINTS, POINTS * (0.4 + fall)),
        onsetNs: hits.onsetNs,
        onsetUncertaintyNs: hits.onsetUncertaintyNs,
        text: `${state.nameOf(entity)} answers ${percent(during)} of what it is asked for against ${percent(before)} before.`,
        refs: [hits, misses].flatMap((shift) => (shift ? [state.seriesRef(shift.series)] : [])),
        hint: 'cache_stampede',
      },
    ];
  });
}
/** Without misses the value must be a ratio itself. */
function ratio(hits: number, misses: number | undefined): number {
  if (misses !== undefined) return hits / Math.max(hits + misses, 1e-9);
  return hits <= 1 ? hits : hits <= 100 ? hits / 100 : NaN;
}
