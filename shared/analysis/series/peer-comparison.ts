/**
 * No history? Ask the siblings: each replica against the median of the others at the same moments, scaled by how much
 * replicas usually differ. A fault of one instance stands out; a fault of the service or below it does not.
 */
import { MAD_TO_SIGMA, median, SPREAD_FLOOR_RATIO } from './robust-statistics.ts';

export interface PeerDeviation {
  /** Median over time of (own - median of the others) / spread; signed. 0 when there are no two siblings to ask. */
  readonly effectSize: number;
  /** Share of moments in which it is the extreme one by more than two spreads. */
  readonly share: number;
}

/**
 * `series`: one row per replica on one grid, NaN for no value. Needs three replicas: of two that differ, neither is the
 * odd one. O(replicas² × length).
 */
export function compareWithPeers(series: readonly Float64Array[]): PeerDeviation[] {
  const length = Math.min(...series.map((row) => row.length));
  if (series.length < 3 || length === 0 || !Number.isFinite(length)) {
    return series.map(() => ({ effectSize: 0, share: 0 }));
  }
  const deviations = series.map((row, own) =>
    Float64Array.from({ length }, (_, t) => {
      const others = median(series.filter((_, k) => k !== own).map((other) => other[t]!));
      return row[t]! - others;
    }),
  );
  const all = Float64Array.from({ length: series.length * length }, (_, i) =>
    Math.abs(deviations[i % series.length]![Math.floor(i / series.length)]!),
  );
  const level = Math.abs(
    median(
      Float64Array.from(
        { length: series.length * length },
        (_, i) => series[i % series.length]![Math.floor(i / series.length)]!,
      ),
    ),
  );
  const spread = Math.max(median(all) * MAD_TO_SIGMA, SPREAD_FLOOR_RATIO * level);
  return deviations.map((row) => {
    if (!(spread > 0)) return { effectSize: 0, share: 0 };
    const scaled = row.map((deviation) => deviation / spread);
    const centre = median(scaled);
    const finite = scaled.filter(Number.isFinite);
    const beyond = finite.filter((z) => Math.abs(z) > 2 && Math.sign(z) === Math.sign(centre)).length;
    return { effectSize: Number.isNaN(centre) ? 0 : centre, share: finite.length === 0 ? 0 : beyond / finite.length };
  });
}
