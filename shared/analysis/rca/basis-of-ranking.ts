/** What a candidate's points came from, in the shape that is kept with the answer (`model/ranking-basis.ts`). */
import type { BasisPart, CandidateBasis } from '../../model/ranking-basis.ts';
import type { ListedEvidence } from './list-evidence.ts';
import { partOf } from './points.ts';
import type { ScoredCandidate, ScoredItem } from './score-candidates.ts';

export interface BasisInput {
  readonly candidate: ScoredCandidate;
  readonly listed: ListedEvidence;
  /** Share of the affected that it explains, 0-1. */
  readonly explains: number;
  /** Indexes into the hypothesis' evidence, -1 = not there. */
  readonly explainedBy: number;
  readonly uncoveredBy: number;
}

export function basisOf({ candidate, listed, explains, explainedBy, uncoveredBy }: BasisInput): CandidateBasis {
  const lineOf = (item: ScoredItem): number => listed.lineOf.get(item) ?? -1;
  const groups = Map.groupBy(
    candidate.items.filter(({ weight, weightAlone }) => weight !== 0 || weightAlone !== 0),
    (item) => JSON.stringify([lineOf(item), item.signal, item.aspect, item.change]),
  );
  const parts = [...groups.values()].map((items): BasisPart => {
    const { signal, aspect, change } = items[0]!;
    const weights = together(items.map(({ weight }) => weight));
    const weightsAlone = explainedBy < 0 ? undefined : together(items.map(({ weightAlone }) => weightAlone));
    return {
      evidence: lineOf(items[0]!),
      signal,
      aspect,
      weights,
      ...(weightsAlone && { weightsAlone }),
      ...(change !== undefined && { change }),
    };
  });
  const { coverage, isStandIn } = candidate;
  return { kind: 'candidate', parts, coverage, explains, isStandIn, explainedBy, uncoveredBy };
}

function together(weights: readonly number[]): readonly [number, number, number] {
  const parts = weights.map((weight) => partOf({ aspect: '', weight }));
  const sumOf = (of: 'sum' | 'against'): number => parts.reduce((sum, part) => sum + part[of], 0);
  return [Math.max(0, ...parts.map(({ best }) => best)), sumOf('sum'), sumOf('against')];
}
