/**
 * How often a hypothesis like this is right: logistic in the margin over the next, the strength of its evidence, and how
 * many kinds of signal agree. The coefficients are set by hand and the same for all data.
 */
import type { ScoredCandidate } from './score-candidates.ts';

const MARGIN_SLOPE = 6;
const SCORE_SLOPE = 0.3;
const LARGEST_SCORE = 10;
const KIND_SLOPE = 0.35;
const OFFSET = -2.2;
const SMALLEST_WEIGHT = 0.3;

/** `ranked` best first. Each further rank is at most as likely as its score against the first. */
export function confidences(ranked: readonly ScoredCandidate[]): number[] {
  const [first, second] = ranked;
  if (!first || first.score <= 0) return ranked.map(() => 0);
  const margin = first.score / (first.score + (second?.score ?? 0)) - 0.5;
  const kinds = new Set(first.items.filter(({ weight }) => weight > SMALLEST_WEIGHT).map(({ signal }) => signal)).size;
  const x =
    OFFSET +
    MARGIN_SLOPE * margin +
    SCORE_SLOPE * Math.min(first.score, LARGEST_SCORE) +
    KIND_SLOPE * Math.max(0, kinds - 1);
  const best = 1 / (1 + Math.exp(-x));
  return ranked.map((candidate, index) =>
    index === 0 ? best : Math.min(best, 1 - best) * (candidate.score / first.score),
  );
}
