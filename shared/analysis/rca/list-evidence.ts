/**
 * Which of a candidate's items stand in its ledger, and for which others each of them stands: what says the same again
 * joins the first of its aspect, so striking that line out strikes out all it stands for.
 */
import type { Evidence } from '../../model/analysis-result.ts';
import type { RowRef } from '../../model/ids.ts';
import type { ScoredCandidate, ScoredItem } from './score-candidates.ts';

/** Items of one aspect that are listed; the rows of further ones join the first. */
const PER_ASPECT = 2;
const REFS_PER_ITEM = 12;
/** Of the score; less is not worth a line. */
const SMALLEST_SHARE = 0.01;
const LEAST_SCORE = 1e-9;

export interface ListedEvidence {
  readonly evidence: readonly Evidence[];
  /** Per item the index of the line that stands for it; absent = none does. */
  readonly lineOf: ReadonlyMap<ScoredItem, number>;
}

/** The strongest items, at most two of one aspect. */
export function listEvidence(candidate: ScoredCandidate, limit: number): ListedEvidence {
  const total = Math.max(candidate.score, LEAST_SCORE);
  const sorted = candidate.items
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.onsetNs - b.onsetNs || (a.text < b.text ? -1 : 1));
  const groups = [
    ...Map.groupBy(sorted, ({ signal, aspect, change }) => `${signal} ${aspect} ${change ?? ''}`).values(),
  ];
  const chosen = groups.flatMap((group) => linesOf(group));
  const listed = chosen
    .sort((a, b) => b.item.weight - a.item.weight || (a.item.text < b.item.text ? -1 : 1))
    .filter(({ item }, index) => index === 0 || item.weight >= SMALLEST_SHARE * total)
    .slice(0, Math.max(1, limit));
  const lineOf = new Map(listed.map(({ item }, line) => [item, line]));
  for (const group of groups) {
    const first = lineOf.get(group[0]!);
    if (first === undefined) continue;
    for (const item of group) if (!lineOf.has(item)) lineOf.set(item, first);
  }
  const evidence = listed.map(({ item, refs }): Evidence => {
    return { stance: 'supports', signal: item.signal, text: item.text, weight: Math.min(1, item.weight / total), refs };
  });
  return { evidence, lineOf };
}

function linesOf(group: readonly ScoredItem[]): { readonly item: ScoredItem; readonly refs: readonly RowRef[] }[] {
  const listed = distinctTexts(group).slice(0, PER_ASPECT);
  const rest = group.filter((item) => !listed.includes(item)).flatMap(({ refs }) => refs);
  return listed.map((item, index) => {
    const refs = index === 0 ? [...new Set([...item.refs, ...rest])].slice(0, REFS_PER_ITEM) : item.refs;
    return { item, refs };
  });
}

/** Copies of one service say the same in the same words, but for their own name. */
function distinctTexts(items: readonly ScoredItem[]): ScoredItem[] {
  const seen = new Set<string>();
  return items.filter(({ text }) => {
    const words = text.replace(/\b\S*\d\S*/g, '#');
    if (seen.has(words)) return false;
    seen.add(words);
    return true;
  });
}
