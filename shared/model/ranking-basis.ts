/**
 * What shares of possible causes were computed from, kept with the answer, so that a person can strike evidence out or
 * reject a cause and have the same formula answer at once, without the telemetry. Points, not shares: 1 is hardly unusual,
 * 5 decisive alone.
 */
import type { SignalKind } from './finding.ts';

/** Evidence of one kind about one thing, taken together. */
export interface BasisPart {
  /** Index into the hypothesis' evidence; -1 = too small to be listed. */
  readonly evidence: number;
  readonly signal: SignalKind;
  /** Parts of one aspect say the same in different ways. */
  readonly aspect: string;
  /** Strongest weight, sum of the weights for it, sum of those against it. */
  readonly weights: readonly [best: number, sum: number, against: number];
  /** The same if nothing the entity calls explained its trouble; absent where that makes no difference. */
  readonly weightsAlone?: readonly [best: number, sum: number, against: number] | undefined;
  /** Number of the change it is about, for telling changes apart; absent = about none. */
  readonly change?: number | undefined;
}

export interface CandidateBasis {
  readonly kind: 'candidate';
  readonly parts: readonly BasisPart[];
  /** What its reach leaves of its points, 0-1. */
  readonly coverage: number;
  /** Share of the affected that it explains, 0-1. */
  readonly explains: number;
  /** Seen from outside only: steps back where something instrumented explains the symptom. */
  readonly isStandIn: boolean;
  /** Index of the evidence that says its callees explain its trouble; -1 = none does. */
  readonly explainedBy: number;
  /** Index of the evidence that says some affected do not depend on it; -1 = none does. */
  readonly uncoveredBy: number;
}
/** Another change of an entity that is a candidate itself: its share follows from that one's. */
export interface RivalBasis {
  readonly kind: 'rival';
  readonly change: number;
}
export type HypothesisBasis = CandidateBasis | RivalBasis;

/** What the basis of the listed hypotheses does not say. */
export interface IncidentBasis {
  /** Points of candidates that are not listed; they still take from the shares of those that are. */
  readonly unlisted: number;
  /** From this confidence of the first on a cause is named. */
  readonly namedFrom: number;
}
