/**
 * What a set of evidence is worth, in points. Things of one aspect say the same in different ways: the strongest counts
 * fully and the others little. Ranking and re-ranking after a person struck something out share this one formula.
 */

/** Items of one aspect taken together; one item is a part of its own. */
export interface WeighedPart {
  readonly aspect: string;
  /** The strongest weight, in points; 0 without one that speaks for. */
  readonly best: number;
  /** Of all weights that speak for it. */
  readonly sum: number;
  /** Of all weights that speak against it, 0 or less. */
  readonly against: number;
  /** Index into `telemetry.changes` where it is about a change. */
  readonly change?: number | undefined;
}
export interface ScoredChange {
  /** Index into `telemetry.changes`. */
  readonly change: number;
  /** Points it adds to its entity. */
  readonly score: number;
}
export interface Points {
  /** What speaks for the entity itself. */
  readonly evidence: number;
  /** Its changes, the most plausible first. */
  readonly changes: readonly ScoredChange[];
  readonly total: number;
}

/** What further items of one aspect add to the strongest. */
const REPEAT_SHARE = 0.1;
const MOST_REPEATED = 0.5;
/** Aspects of a change that hold without it having done anything. */
export const CIRCUMSTANTIAL: ReadonlySet<string> = new Set(['change-prior', 'change-text']);
/** Points of other evidence with which circumstances count fully. */
const PROVEN_BY = 3;

interface WeighedItem {
  readonly aspect: string;
  /** Negative = speaks against. */
  readonly weight: number;
  readonly change?: number | undefined;
}

export function partOf({ aspect, weight, change }: WeighedItem): WeighedPart {
  const forIt = Math.max(0, weight);
  return { aspect, best: forIt, sum: forIt, against: Math.min(0, weight), change };
}

/** The strongest of each aspect and a little for the others. */
export function sumByAspect(parts: readonly WeighedPart[]): number {
  const best = new Map<string, number>();
  const sum = new Map<string, number>();
  let against = 0;
  for (const part of parts) {
    against += part.against;
    best.set(part.aspect, Math.max(best.get(part.aspect) ?? 0, part.best));
    sum.set(part.aspect, (sum.get(part.aspect) ?? 0) + part.sum);
  }
  let total = 0;
  for (const [aspect, strongest] of best) {
    const repeated = REPEAT_SHARE * ((sum.get(aspect) ?? 0) - strongest);
    total += strongest + Math.min(MOST_REPEATED * strongest, repeated);
  }
  return Math.max(0, total + against);
}

export function pointsOf(parts: readonly WeighedPart[]): Points {
  const evidence = sumByAspect(parts.filter(({ change }) => change === undefined));
  const changes = scoreChanges(parts, evidence);
  return { evidence, changes, total: evidence + (changes[0]?.score ?? 0) };
}

/**
 * Evidence of its own (copies of the new version behave differently) counts fully; that it happened shortly before and
 * speaks of what is failing counts in proportion to what else points at the entity, and proves nothing alone.
 */
function scoreChanges(parts: readonly WeighedPart[], evidence: number): ScoredChange[] {
  const byChange = Map.groupBy(
    parts.filter((part) => part.change !== undefined),
    (part) => part.change!,
  );
  return [...byChange]
    .map(([change, own]) => {
      const seen = sumByAspect(own.filter(({ aspect }) => !CIRCUMSTANTIAL.has(aspect)));
      const circumstance = sumByAspect(own.filter(({ aspect }) => CIRCUMSTANTIAL.has(aspect)));
      return { change, score: seen + circumstance * Math.min(1, (evidence + seen) / PROVEN_BY) };
    })
    .sort((a, b) => b.score - a.score || b.change - a.change);
}
