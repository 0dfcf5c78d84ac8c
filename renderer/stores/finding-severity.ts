/** How a finding is drawn wherever it stands on an axis of time. Pure. */
import type { FindingSummary } from '../../shared/model/analysis-result.ts';

export type FindingSeverity = 'fail' | 'warn';

const SEVERE_SCORE = 0.9;

/** Errors and stops are failures; what is slower or fuller is degraded. */
export function severityOfFinding({ kind, score }: Pick<FindingSummary, 'kind' | 'score'>): FindingSeverity {
  const isFailure = kind === 'error_rate_increase' || kind === 'latency_increase' || kind === 'restart';
  return isFailure && score >= SEVERE_SCORE ? 'fail' : 'warn';
}
