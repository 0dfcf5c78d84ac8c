/** Templates by how much they tell: what is new or bursting and bad first, then what changed, then the frequent ones. Pure. */
import type { TemplateTrend } from '../../ui/log-parts.tsx';

const TREND_RANK: Readonly<Record<TemplateTrend, number>> = { new: 3, burst: 2, gone: 1, steady: 0 };

export function rankedTemplates<
  Template extends { readonly trend: TemplateTrend; readonly severityNumber: number; readonly count: number },
>(templates: readonly Template[]): readonly Template[] {
  return templates.toSorted((left, right) => rank(right) - rank(left) || right.count - left.count);
}

/** Level first: an error that is steady still says more than an info that is new. */
function rank({ trend, severityNumber }: { readonly trend: TemplateTrend; readonly severityNumber: number }): number {
  const level = severityNumber >= 17 ? 2 : severityNumber >= 13 ? 1 : 0;
  return level * 4 + TREND_RANK[trend];
}
