/**
 * Did the level of a series change between two stretches, and by how much? Two views that guard each other: an effect
 * size in robust spreads with floors (so flat series do not explode) and the Wilcoxon-Mann-Whitney rank test with tie
 * correction (so a big effect from three points is not believed).
 */
import { summarise, type RobustSummary, SPREAD_FLOOR_RATIO } from './robust-statistics.ts';
import { normalUpperTail } from './special-functions.ts';

export interface ShiftOptions {
  /** Side that counts; 'both' by default. */
  readonly side?: 'up' | 'down' | 'both';
  /** Spread is at least this share of the earlier median. */
  readonly floorRatio?: number;
  /** Spread is at least this, in the unit of the data: what the same kind of series usually shows. */
  readonly spreadFloor?: number;
}
export interface Shift {
  /** (later median - earlier median) / spread of the earlier; signed; 0 when it goes the side that does not count. */
  readonly effectSize: number;
  /** The same with the extreme of the later stretch (max upwards, min downwards): catches short peaks. */
  readonly peakEffectSize: number;
  /** One-sided in the direction of the effect, doubled for 'both'. 1 with fewer than two values on a side. */
  readonly pValue: number;
  readonly before: RobustSummary;
  readonly after: RobustSummary;
}

/** O(n log n) in both lengths. */
export function testShift(
  before: Float64Array | readonly number[],
  after: Float64Array | readonly number[],
  options: ShiftOptions = {},
): Shift {
  const side = options.side ?? 'both';
  const a = summarise(before, options.floorRatio ?? SPREAD_FLOOR_RATIO);
  const b = summarise(after);
  const spread = Math.max(a.spread, options.spreadFloor ?? 0);
  const count = (value: number): number => {
    if (!Number.isFinite(value) || (side === 'up' && value < 0) || (side === 'down' && value > 0)) return 0;
    return value;
  };
  const scaled = (value: number): number => {
    const difference = value - a.median;
    // All zero before: any change is without scale; its own size stands in, so it counts as one spread.
    return count(spread > 0 ? difference / spread : Math.sign(difference));
  };
  const up = scaled(b.max);
  const down = scaled(b.min);
  return {
    effectSize: scaled(b.median),
    peakEffectSize: Math.abs(up) >= Math.abs(down) ? up : down,
    pValue: rankTest(before, after, side),
    before: a,
    after: b,
  };
}

/**
 * Wilcoxon-Mann-Whitney test, normal approximation with tie correction and continuity correction (Mann and Whitney,
 * 1947; Lehmann, Nonparametrics, §1.4). `side` 'up': later values tend to be larger.
 */
export function rankTest(
  before: Float64Array | readonly number[],
  after: Float64Array | readonly number[],
  side: 'up' | 'down' | 'both' = 'both',
): number {
  const pooled: { value: number; isAfter: boolean }[] = [];
  for (const value of before) if (Number.isFinite(value)) pooled.push({ value, isAfter: false });
  const n1 = pooled.length;
  for (const value of after) if (Number.isFinite(value)) pooled.push({ value, isAfter: true });
  const n2 = pooled.length - n1;
  if (n1 < 2 || n2 < 2) return 1;
  pooled.sort((x, y) => x.value - y.value);
  let rankSum = 0;
  let ties = 0;
  for (let i = 0; i < pooled.length;) {
    let j = i;
    let afters = 0;
    for (; j < pooled.length && pooled[j]!.value === pooled[i]!.value; j += 1) if (pooled[j]!.isAfter) afters += 1;
    rankSum += (afters * (i + 1 + j)) / 2;
    ties += (j - i) ** 3 - (j - i);
    i = j;
  }
  const n = n1 + n2;
  const u = rankSum - (n2 * (n2 + 1)) / 2 - (n1 * n2) / 2;
  const variance = ((n1 * n2) / 12) * (n + 1 - ties / (n * (n - 1)));
  if (variance <= 0) return 1;
  const z = (signed: number): number => normalUpperTail((signed - 0.5) / Math.sqrt(variance));
  if (side === 'up') return z(u);
  if (side === 'down') return z(-u);
  return Math.min(1, 2 * z(Math.abs(u)));
}
