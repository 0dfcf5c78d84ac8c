/** When a candidate's own trouble began, as far as its evidence dates it. */
import type { CauseItem } from './cause-item.ts';
import type { RankingState } from './ranking-state.ts';

/** Signs that are absent in ordinary traffic date it; a first failed or slow request may be anybody's. */
const DATING =
  /^(new-error|saturation|saturation-pool|latency|errors|event-.*|resource|connections|threads|cache-hits)$/;
const STRONG_SHARE = 0.3;
const LARGEST_UNCERTAINTY_NS = 60e9;

/** Nanoseconds after origin; undefined when no strong sign is dated to the minute. */
export function datedOnset({ input: { graph } }: RankingState, items: readonly CauseItem[]): number | undefined {
  const strongest = Math.max(0, ...items.map(({ weight }) => weight));
  const dates = items
    .filter(
      ({ aspect, weight, change, onsetUncertaintyNs }) =>
        change === undefined &&
        DATING.test(aspect) &&
        weight >= STRONG_SHARE * strongest &&
        onsetUncertaintyNs <= LARGEST_UNCERTAINTY_NS,
    )
    .map(({ onsetNs }) => onsetNs)
    .filter((onsetNs) => onsetNs >= graph.windows.incident.startNs);
  return dates.length === 0 ? undefined : Math.min(...dates);
}
