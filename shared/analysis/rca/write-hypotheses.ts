/** The ledger: ranked candidates as hypotheses with evidence, a summary and what would prove them wrong. */
import type { Evidence, FaultKind, Hypothesis } from '../../model/analysis-result.ts';
import { confidences } from './confidence.ts';
import type { CauseItem } from './cause-item.ts';
import type { RankingState } from './ranking-state.ts';
import type { ScoredCandidate } from './score-candidates.ts';

const EVIDENCE_LIMIT = 12;

export function writeHypotheses(state: RankingState, scored: readonly ScoredCandidate[]): Hypothesis[] {
  const ranked = [...scored].sort((a, b) => b.score - a.score || a.entity - b.entity);
  const confidence = confidences(ranked);
  const total = ranked.reduce((sum, candidate) => sum + candidate.score, 0) || 1;
  return ranked.map((candidate, index) => {
    const { type, name } = state.input.telemetry.entities[candidate.entity]!;
    const faultKind = likeliestFault(candidate.items);
    return {
      rank: index + 1,
      entity: { type, name },
      faultKind,
      change: null,
      score: candidate.score / total,
      confidence: confidence[index]!,
      summary: `${name} is the likeliest origin.`,
      evidence: evidenceOf(candidate),
      explains: [],
      unexplained: [],
      disprovedBy: '',
    };
  });
}
function likeliestFault(items: readonly CauseItem[]): FaultKind {
  const votes = new Map<FaultKind, number>();
  for (const item of items)
    if (item.hint && item.weight > 0) votes.set(item.hint, Math.max(votes.get(item.hint) ?? 0, item.weight));
  return [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? 'unknown';
}
function evidenceOf(candidate: ScoredCandidate): Evidence[] {
  return [...candidate.items]
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || a.onsetNs - b.onsetNs)
    .slice(0, EVIDENCE_LIMIT)
    .map((item) => ({
      stance: item.weight < 0 ? 'contradicts' : 'supports',
      signal: item.signal,
      text: item.text,
      weight: item.weight / (candidate.score || 1),
      refs: item.refs,
    }));
}
