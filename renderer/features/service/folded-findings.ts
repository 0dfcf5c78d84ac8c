/** Findings that say the same of several instances, told once. Pure. */
import type { FindingSummary } from '../../../shared/model/analysis-result.ts';

export interface FoldedFinding {
  /** The one with the greatest effect. */
  readonly finding: FindingSummary;
  /** Others of the same detector about the same subject. */
  readonly alikeCount: number;
}

/** In the order in which each kind first stands in `findings`. O(n). */
export function foldedFindings(findings: readonly FindingSummary[]): readonly FoldedFinding[] {
  const byKind = new Map<string, { finding: FindingSummary; alikeCount: number }>();
  for (const finding of findings) {
    const key = `${finding.detector}\n${finding.kind}\n${finding.subject}`;
    const known = byKind.get(key);
    if (!known) byKind.set(key, { finding, alikeCount: 0 });
    else {
      known.alikeCount++;
      if (finding.effectSize > known.finding.effectSize) known.finding = finding;
    }
  }
  return [...byKind.values()];
}
