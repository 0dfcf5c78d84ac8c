/** Findings that say the same of several instances, told once. Pure. */
import type { FindingSummary } from '../../../shared/model/analysis-result.ts';
import type { RowRef } from '../../../shared/model/ids.ts';

export interface FoldedFinding {
  /** The one with the greatest effect. */
  readonly finding: FindingSummary;
  /** Others of the same detector about the same subject. */
  readonly alikeCount: number;
  /** Rows of the finding, then those of the others. */
  readonly refs: readonly RowRef[];
}

/** In the order in which each kind first stands in `findings`. O(n). */
export function foldedFindings(findings: readonly FindingSummary[]): readonly FoldedFinding[] {
  const byKind = new Map<string, { finding: FindingSummary; others: FindingSummary[] }>();
  for (const finding of findings) {
    const key = `${finding.detector}\n${finding.kind}\n${finding.subject}`;
    const known = byKind.get(key);
    if (!known) byKind.set(key, { finding, others: [] });
    else if (finding.effectSize > known.finding.effectSize) {
      known.others.push(known.finding);
      known.finding = finding;
    } else known.others.push(finding);
  }
  return [...byKind.values()].map(({ finding, others }) => ({
    finding,
    alikeCount: others.length,
    refs: [...new Set([finding, ...others].flatMap(({ refs }) => refs))],
  }));
}
