/** Evaluates rules step by step the way Prometheus and Alertmanager do, and compares runs to tell whose alert is whose. */
import { hashSeed } from '../base/random.ts';
import { STEP_SECONDS } from './model-state.ts';
import { ruleTargets } from './alert-rules.ts';
import type { RuleTarget } from './alert-rule.ts';
import type { ModelState } from './model-state.ts';
import type { PodTable } from './pods.ts';
import type { System } from './system.ts';

export interface FiredAlert {
  /** 16 hexadecimal digits over all labels, as Alertmanager does it. */
  readonly fingerprint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
  readonly expression: string;
  readonly startSecond: number;
  /** Infinite while it fires. */
  readonly endSecond: number;
}

const EVALUATION_STEPS = 3;

export function fingerprintOf(labels: Readonly<Record<string, string>>): string {
  const text = Object.keys(labels)
    .sort()
    .map((key) => `${key}\u00ff${labels[key] ?? ''}`)
    .join('\u00ff');
  return (
    hashSeed(text).toString(16).padStart(8, '0') + hashSeed(`${text}\u00fe${text.length}`).toString(16).padStart(8, '0')
  );
}

/** Every alert that fired in the run, the first time of each label set with its last end. */
export function evaluateAlerts(system: System, state: ModelState, pods: PodTable): FiredAlert[] {
  const fired: FiredAlert[] = [];
  for (const rule of ruleTargets({ system, state, pods })) {
    const span = firingSpan(rule, state.steps);
    if (!span) continue;
    const labels = { alertname: rule.rule, severity: rule.severity, cluster: system.clusterName, ...rule.labels };
    fired.push({
      fingerprint: fingerprintOf(labels),
      labels,
      summary: rule.summary,
      description: rule.description
        .replace('{ratio}', `${(span.value * 100).toFixed(1)} %`)
        .replace('{value}', span.value < 10 ? String(Number(span.value.toFixed(1))) : span.value.toFixed(0)),
      expression: rule.expression,
      startSecond: span.start,
      endSecond: span.end,
    });
  }
  return fired;
}

function firingSpan(rule: RuleTarget, steps: number): { start: number; end: number; value: number } | undefined {
  const means = windowMeans(rule, steps);
  let pendingSince = -1;
  let start = -1;
  let end = Number.POSITIVE_INFINITY;
  let value = 0;
  for (let step = EVALUATION_STEPS; step < steps; step += EVALUATION_STEPS) {
    const now = means[step] ?? Number.NaN;
    const isTrue = rule.isBelow ? now < rule.threshold : now > rule.threshold;
    const second = step * STEP_SECONDS;
    if (!isTrue) {
      pendingSince = -1;
      if (start >= 0 && end === Number.POSITIVE_INFINITY) end = second;
      continue;
    }
    if (pendingSince < 0) pendingSince = second;
    if (second - pendingSince < rule.holdSeconds) continue;
    if (start < 0) start = second;
    end = Number.POSITIVE_INFINITY;
    value = now;
  }
  return start < 0 ? undefined : { start, end, value };
}

/** Mean over the window that ends at each step, gaps left out; NaN where the step itself has no value. */
function windowMeans(rule: RuleTarget, steps: number): Float64Array {
  const sums = new Float64Array(steps + 1);
  const counts = new Int32Array(steps + 1);
  const means = new Float64Array(steps);
  for (let step = 0; step < steps; step += 1) {
    const value = rule.value(step);
    const isGap = Number.isNaN(value);
    sums[step + 1] = (sums[step] ?? 0) + (isGap ? 0 : value);
    counts[step + 1] = (counts[step] ?? 0) + (isGap ? 0 : 1);
    const from = Math.max(0, step - rule.windowSteps + 1);
    const count = (counts[step + 1] ?? 0) - (counts[from] ?? 0);
    means[step] = isGap ? Number.NaN : ((sums[step + 1] ?? 0) - (sums[from] ?? 0)) / count;
  }
  return means;
}
