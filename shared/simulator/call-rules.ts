/** Rules that callers have about what they call: failures and latency per callee. */
import { roundThreshold, target, Z_95 } from './alert-rule.ts';
import type { RuleSource, RuleTarget } from './alert-rule.ts';
import { quantileOf } from './queueing.ts';
import type { Call, Service, System } from './system.ts';

interface Callee {
  readonly address: string;
  readonly usualMs: number;
}

/** Per service and callee: calls that fail or time out, and calls that take long. */
export function callRules(source: RuleSource, service: Service): RuleTarget[] {
  const byCallee = new Map<string, Call[]>();
  for (const operation of service.operations) {
    for (const call of operation.calls) {
      if (call.kind !== 'service' && call.kind !== 'external') continue;
      const key = `${call.kind} ${call.target}`;
      byCallee.set(key, [...(byCallee.get(key) ?? []), call]);
    }
  }
  return [...byCallee.values()].flatMap((calls) => calleeRules(source, service, calls));
}

function calleeOf(system: System, calls: readonly Call[]): Callee {
  const [first] = calls;
  if (first?.kind === 'external') {
    const external = system.externals[first.target];
    return { address: external?.name ?? '', usualMs: external?.baseMs ?? 100 };
  }
  const usual = calls.map((call) => system.usualLatencyMs[call.operation] ?? 1);
  return { address: system.services[first?.target ?? 0]?.name ?? '', usualMs: Math.max(...usual) };
}

function calleeRules(source: RuleSource, service: Service, calls: readonly Call[]): RuleTarget[] {
  const { system, state } = source;
  const callee = calleeOf(system, calls);
  const at = (matrix: Float32Array, step: number): number =>
    Math.max(...calls.map((call) => matrix[step * system.calls.length + call.index] ?? 0));
  const labels = { service: service.name, namespace: service.namespace, server_address: callee.address };
  const selector = `service="${service.name}",server_address="${callee.address}"`;
  const limitMs = roundThreshold(2 * quantileOf(callee.usualMs, Z_95));
  return [
    target({
      rule: 'OutboundCallsFailing',
      severity: 'warning',
      labels,
      summary: `Calls of ${service.name} to ${callee.address} fail`,
      description: `{ratio} of the calls of ${service.name} to ${callee.address} fail or time out.`,
      expression: `sum(rate(http_client_request_duration_seconds_count{${selector},error_type!=""}[2m])) / sum(rate(http_client_request_duration_seconds_count{${selector}}[2m])) > 0.1`,
      holdSeconds: 60,
      threshold: 0.1,
      value: (step) => at(state.callFailRatio, step),
    }),
    target({
      rule: 'OutboundCallsSlow',
      severity: 'warning',
      labels,
      summary: `p95 of calls of ${service.name} to ${callee.address} is above ${limitMs} ms`,
      description: `p95 of calls of ${service.name} to ${callee.address} is {value} ms.`,
      expression: `histogram_quantile(0.95, sum by (le) (rate(http_client_request_duration_seconds_bucket{${selector}}[2m]))) > ${limitMs / 1000}`,
      holdSeconds: 120,
      threshold: limitMs,
      value: (step) => quantileOf(at(state.callLatencyMs, step), Z_95),
    }),
  ];
}
