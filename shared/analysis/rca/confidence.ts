/**
 * How often a first hypothesis like this is right: logistic in the margin over the next, the strength of its evidence,
 * how many kinds of signal agree, the share of the affected it explains and how much of its trouble its callees explain.
 * The same for all data. All hypotheses of an incident and "something this case does not show" share 1.
 *
 * The coefficients are set by hand. `node test/accuracy/fit-confidence.ts SIMULATED_DIR RCA_DIR` holds them against 600
 * cases (48 simulated, 552 public): calibration error 0.227 in ten bins. A refit reaches 0.187 on the cases it saw but
 * 0.251 on data sets left out of it, so it is not taken.
 */
import type { ScoredCandidate } from './score-candidates.ts';

const LARGEST_SCORE = 10;
const SMALLEST_WEIGHT = 0.3;
/** Even the plainest cases were wrong now and then. */
export const LARGEST = 0.97;
/** Of what the first leaves, kept for causes that this case does not show. */
const UNSEEN_SHARE = 0.2;

/** Offset, margin, strength, kinds, explains, explained: in the order of `featuresOf`. */
export const COEFFICIENTS: readonly number[] = [-2.2, 6, 0.3, 0.35, 0, 0];

export interface TopSetting {
  /** 0-1: share of the affected that the first explains; 1 when nobody is known to be affected. */
  readonly explains: number;
  /** 0-1: how much of its own trouble its callees explain. */
  readonly explained: number;
}

export function featuresOf(ranked: readonly ScoredCandidate[], { explains, explained }: TopSetting): readonly number[] {
  const [first, second] = ranked;
  if (!first || first.score <= 0) return [1, 0, 0, 0, 0, 0];
  const margin = first.score / (first.score + (second?.score ?? 0)) - 0.5;
  const kinds = new Set(first.items.filter(({ weight }) => weight > SMALLEST_WEIGHT).map(({ signal }) => signal)).size;
  return [1, margin, Math.min(first.score, LARGEST_SCORE), Math.max(0, kinds - 1), explains, explained];
}

/** `ranked` best first. What the first leaves is shared by score; nobody gets more than the first. */
export function confidences(ranked: readonly ScoredCandidate[], setting: TopSetting): number[] {
  const [first] = ranked;
  if (!first || first.score <= 0) return ranked.map(() => 0);
  const x = featuresOf(ranked, setting).reduce((sum, value, i) => sum + value * COEFFICIENTS[i]!, 0);
  const best = Math.min(LARGEST, 1 / (1 + Math.exp(-x)));
  const others = ranked.slice(1).reduce((sum, { score }) => sum + score, 0);
  const rest = (1 - UNSEEN_SHARE) * (1 - best);
  return ranked.map(({ score }, index) =>
    index === 0 ? best : others === 0 ? 0 : Math.min(best, rest * (score / others)),
  );
}
