/**
 * A cache that stopped answering: its hit ratio fell. Counts alone say nothing, since hits and misses both fall when
 * there is less to do.
 */
import type { EntityIndex } from '../../../model/telemetry.ts';
import { wordsOfName } from '../../detectors/metric-role.ts';
import { comparablePoints, valuesWithin, type SeriesPoints, type SeriesShift } from '../../detectors/series-shift.ts';
import { percent } from '../../sentences.ts';
import { lowerBound } from '../../series/resample.ts';
import { quantileOfSorted, sortedFinite } from '../../series/robust-statistics.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const SMALLEST_FALL = 0.15;
const MANY_POINTS = 12;
/** Asked less than this share of the usual, a cache's ratio means nothing. */
const SMALLEST_VOLUME = 0.05;
const SAME_SCRAPE_NS = 1e9;
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
    const ratios = hitRatios(state, hits, misses);
    const before = sortedFinite(valuesWithin(ratios, state.input.graph.windows.baseline));
    const during = sortedFinite(valuesWithin(ratios, state.input.graph.windows.incident));
    const usual = quantileOfSorted(before, 0.5);
    // With few points the extreme is the level it fell to; with many, one stray point must not decide.
    const low = quantileOfSorted(during, during.length < MANY_POINTS ? 0 : 0.1);
    const fall = Math.min(usual, quantileOfSorted(before, 0.01) + SMALLEST_FALL) - low;
    if (!(fall >= SMALLEST_FALL)) return [];
    const onset = firstBelow(ratios, (usual + low) / 2, state.input.graph.windows.incident.startNs);
    return [
      {
        entity,
        term: 'metric-shift',
        signal: 'metric',
        aspect: 'cache-hits',
        weight: Math.min(POINTS, POINTS * (0.4 + usual - low)),
        onsetNs: onset?.timeNs ?? hits.onsetNs,
        onsetUncertaintyNs: onset?.gapNs ?? hits.onsetUncertaintyNs,
        text: `${state.nameOf(entity)} answers ${percent(low)} of what it is asked for against ${percent(usual)} before.`,
        refs: [hits, misses].flatMap((shift) => (shift ? [state.seriesRef(shift.series)] : [])),
        hint: 'cache_stampede',
      },
    ];
  });
}

/**
 * Share of hits point by point, so that hits and misses that fall together change nothing; NaN where next to nothing was
 * asked. Without misses the value must be a ratio itself.
 */
function hitRatios({ input: { telemetry } }: RankingState, hits: SeriesShift, misses?: SeriesShift): SeriesPoints {
  const asked = comparablePoints(telemetry.metrics[hits.series]!);
  if (!misses) {
    const { max } = hits.baseline;
    const scale = max <= 1 ? 1 : max <= 100 ? 0.01 : NaN;
    return { timesNs: asked.timesNs, values: asked.values.map((value) => value * scale) };
  }
  const missed = comparablePoints(telemetry.metrics[misses.series]!);
  const usual = hits.baseline.median + misses.baseline.median;
  const values = asked.values.map((value, i) => {
    const at = lowerBound(missed.timesNs, asked.timesNs[i]! - SAME_SCRAPE_NS);
    const all =
      Math.abs((missed.timesNs[at] ?? Infinity) - asked.timesNs[i]!) <= SAME_SCRAPE_NS
        ? value + missed.values[at]!
        : NaN;
    return all >= SMALLEST_VOLUME * usual ? value / Math.max(all, 1e-9) : NaN;
  });
  return { timesNs: asked.timesNs, values };
}
function firstBelow(
  { timesNs, values }: SeriesPoints,
  level: number,
  fromNs: number,
): { timeNs: number; gapNs: number } | undefined {
  const from = lowerBound(timesNs, fromNs);
  const at = values.findIndex((value, i) => i >= from && value <= level);
  return at < 0 ? undefined : { timeNs: timesNs[at]!, gapNs: at > 0 ? timesNs[at]! - timesNs[at - 1]! : 0 };
}
