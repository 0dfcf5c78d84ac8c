/**
 * How often a first hypothesis like this is right: logistic in the margin over the next and, where something measured
 * backs it, in the strength of its evidence and the share of the affected it explains. What is only reported (alerts,
 * changes) tells places apart badly, however much of it there is. The same for all data. All hypotheses of an incident and
 * "something this case does not show" share 1.
 *
 * The coefficients are fitted by `node test/accuracy/fit-confidence.ts SIMULATED_DIR RCA_DIR` on 748 cases (196 simulated,
 * 552 public): calibration error in ten bins 0.04 on all, 0.07 on data sets left out of the fit (hand-set ones before:
 * 0.18); 5 of 304 answers with 0.9 or more were wrong.
 */
import type { SignalKind } from '../../model/finding.ts';

/** Points from which more evidence adds nothing. */
const STRONG = 5;
/** Even the plainest cases were wrong now and then. */
const LARGEST = 0.97;
/** Of what the first leaves, kept for causes that this case does not show. */
const UNSEEN_SHARE = 0.2;

/** Offset, margin, strength and explains: in the order of `featuresOf`. */
export const COEFFICIENTS: readonly number[] = [-1.02, 2.32, 3.06, 0.28];
/** Signals that somebody measured; the others are what people and tools concluded. */
const MEASURED: ReadonlySet<SignalKind> = new Set(['trace', 'metric', 'log', 'event']);
/** A measured item counts from this share of the score. */
const BACKING_SHARE = 0.05;
/** With less evidence than this many points the answer is believed in proportion. */
const FULL_EVIDENCE = 1.5;

/** A candidate, as far as its share goes. */
export interface RankedPoints {
  readonly score: number;
  readonly items: readonly { readonly signal: SignalKind; readonly weight: number }[];
}

export function featuresOf(ranked: readonly RankedPoints[], explains: number): readonly number[] {
  const [first, second] = ranked;
  if (!first || first.score <= 0) return COEFFICIENTS.map((_, index) => Number(index === 0));
  const margin = first.score / (first.score + (second?.score ?? 0)) - 0.5;
  const isMeasured = first.items.some(
    ({ signal, weight }) => MEASURED.has(signal) && weight > BACKING_SHARE * first.score,
  );
  const strength = Math.min(first.score, STRONG) / STRONG;
  return [1, margin, isMeasured ? strength : 0, isMeasured ? explains : 0];
}
/** 0-1 for the first hypothesis. */
export function confidenceOf(
  features: readonly number[],
  score: number,
  coefficients: readonly number[] = COEFFICIENTS,
): number {
  const x = features.reduce((sum, value, index) => sum + value * coefficients[index]!, 0);
  return Math.min(LARGEST, Math.min(1, Math.max(0, score) / FULL_EVIDENCE) / (1 + Math.exp(-x)));
}

/**
 * `ranked` best first, `explains` = share of the affected that the first explains, `unlisted` = points of candidates not
 * in `ranked`. What the first leaves is shared by score; nobody gets more than the first.
 */
export function confidences(ranked: readonly RankedPoints[], explains: number, unlisted = 0): number[] {
  const [first] = ranked;
  if (!first || first.score <= 0) return ranked.map(() => 0);
  const best = confidenceOf(featuresOf(ranked, explains), first.score);
  const others = ranked.slice(1).reduce((sum, { score }) => sum + score, unlisted);
  const rest = (1 - UNSEEN_SHARE) * (1 - best);
  return ranked.map(({ score }, index) =>
    index === 0 ? best : others === 0 ? 0 : Math.min(best, rest * (score / others)),
  );
}

/** At most twelve rivals at half of this share stay within what is kept for the unseen. */
const RIVALS_SHARE = 0.03;
const MOST_OF_RIVAL = 0.5;

/** Part of its entity's score and share that another change of an entity gets, 0-0.5. */
export function rivalShare(changePoints: number, entityPoints: number): number {
  return entityPoints > 0 ? MOST_OF_RIVAL * (changePoints / entityPoints) : 0;
}
/** Confidence of another change, from the share above and the confidence of its entity's first hypothesis. */
export function rivalConfidence(share: number, ofEntity: number): number {
  return share * Math.min(ofEntity, 1 - ofEntity) * RIVALS_SHARE;
}
