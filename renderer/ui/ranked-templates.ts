/** Templates by how much they tell: bad, changed and frequent all count, none of them alone. Pure. */
import type { TemplateTrend } from './log-parts.tsx';

interface Ranked {
  readonly trend: TemplateTrend;
  readonly severityNumber: number;
  readonly count: number;
}

const TREND_WEIGHT: Readonly<Record<TemplateTrend, number>> = { new: 4, burst: 3, gone: 2, steady: 1 };

export function rankedTemplates<Template extends Ranked>(templates: readonly Template[]): readonly Template[] {
  return templates.toSorted((left, right) => weight(right) - weight(left) || right.count - left.count);
}

/** Rows count by their logarithm: a thousand of a kind tell little more than a hundred. */
function weight({ trend, severityNumber, count }: Ranked): number {
  const level = severityNumber >= 17 ? 3 : severityNumber >= 13 ? 2 : 1;
  return level * TREND_WEIGHT[trend] * Math.log2(1 + count);
}
