/** The findings that stand in the lane: one per entity, the worst first, three of them; the rest is a number. Pure. */
import type { FindingSummary } from '../../../shared/model/analysis-result.ts';
import { entityKey } from '../../../shared/model/entity.ts';

const SHOWN = 3;
/** What people feel outranks what machines show. */
const FELT: ReadonlySet<FindingSummary['kind']> = new Set([
  'error_rate_increase',
  'latency_increase',
  'throughput_drop',
  'edge_error_increase',
  'edge_latency_increase',
]);

export interface ChosenFindings {
  readonly shown: readonly FindingSummary[];
  readonly foldedCount: number;
}

/** Of those that touch the stretch. Alerts have a lane of their own. */
export function chooseFindings(
  findings: readonly FindingSummary[],
  { from, to }: { readonly from: bigint; readonly to: bigint },
): ChosenFindings {
  const inside = findings.filter(({ start, end, kind }) => kind !== 'alert' && end >= from && start <= to);
  const ranked = [...inside].sort((left, right) => rankOf(right) - rankOf(left) || Number(left.start - right.start));
  const shown: FindingSummary[] = [];
  const seen = new Set<string>();
  for (const finding of ranked) {
    const key = finding.entity ? entityKey(finding.entity) : finding.id;
    if (seen.has(key)) continue;
    seen.add(key);
    shown.push(finding);
    if (shown.length === SHOWN) break;
  }
  return { shown, foldedCount: inside.length - shown.length };
}

function rankOf({ kind, score, effectSize }: FindingSummary): number {
  const size = Number.isFinite(effectSize) ? Math.min(1, Math.log10(1 + Math.abs(effectSize)) / 4) : 1;
  return (FELT.has(kind) ? 1 : 0) + (Number.isFinite(score) ? score : 0) + size;
}
