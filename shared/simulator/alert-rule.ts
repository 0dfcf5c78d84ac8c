/** What an alerting rule watches, and how: one series, a threshold, a time it has to hold. */
import type { ModelState } from './model-state.ts';
import type { PodTable } from './pods.ts';
import type { System } from './system.ts';

/** One series a rule watches. */
export interface RuleTarget {
  readonly rule: string;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  /** `{ratio}` and `{value}` stand for the last value, as percentage and as number. */
  readonly description: string;
  readonly expression: string;
  readonly holdSeconds: number;
  readonly threshold: number;
  /** Fires when the value is below the threshold instead of above. */
  readonly isBelow: boolean;
  /** Steps averaged before the comparison. */
  readonly windowSteps: number;
  /** NaN = no such series at that step. */
  value(step: number): number;
}

export interface RuleSource {
  readonly system: System;
  readonly state: ModelState;
  readonly pods: PodTable;
}
/** Standard normal quantile of the 95th percentile. */
export const Z_95 = 1.645;
type Fields = Omit<RuleTarget, 'isBelow' | 'windowSteps'> & Partial<Pick<RuleTarget, 'isBelow' | 'windowSteps'>>;

export function target(fields: Fields): RuleTarget {
  return { isBelow: false, windowSteps: 12, ...fields };
}

/** 0.25, 0.5, 1, 2.5 …: the next round number of seconds above. */
export function roundThreshold(ms: number): number {
  return (
    [50, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 2500, 3000, 5000].find((limit) => limit >= ms) ??
    10_000
  );
}
