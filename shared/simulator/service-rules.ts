/** Rules about what services answer: errors, latency and traffic, as a whole and per route; error budgets of entries. */
import { roundThreshold, target, Z_95 } from './alert-rule.ts';
import type { RuleSource, RuleTarget } from './alert-rule.ts';
import { quantileOf } from './queueing.ts';
import type { Operation, Service } from './system.ts';

export function serviceRules(source: RuleSource, service: Service): RuleTarget[] {
  const { system, state } = source;
  const width = system.operations.length;
  const served = service.operations.filter((operation) => operation.queue < 0);
  const weighted = (matrix: Float32Array, step: number): number => {
    let sum = 0;
    let rate = 0;
    for (const operation of served) {
      const r = state.opRate[step * width + operation.index] ?? 0;
      rate += r;
      sum += r * (matrix[step * width + operation.index] ?? 0);
    }
    return rate > 0.02 ? sum / rate : Number.NaN;
  };
  const rateOf = (step: number): number =>
    served.reduce((sum, operation) => sum + (state.opRate[step * width + operation.index] ?? 0), 0);
  let usualRate = 0;
  let usual = 0;
  for (const operation of served) {
    usualRate += system.usualRate[operation.index] ?? 0;
    usual += (system.usualRate[operation.index] ?? 0) * (system.usualLatencyMs[operation.index] ?? 0);
  }
  if (usualRate === 0) return [];
  const limitMs = roundThreshold(1.8 * quantileOf(usual / usualRate, Z_95));
  const labels = { service: service.name, namespace: service.namespace, team: service.team };
  const metric = service.protocol === 'grpc' ? 'rpc_server_duration_seconds' : 'http_server_request_duration_seconds';
  const rules = [
    target({
      rule: 'HighErrorRate',
      severity: 'critical',
      labels,
      summary: `Error ratio of ${service.name} is above 5 %`,
      description: `${service.name} in ${service.namespace} answers {ratio} of its requests with an error.`,
      expression: `sum(rate(${metric}_count{service="${service.name}",status=~"5.."}[2m])) / sum(rate(${metric}_count{service="${service.name}"}[2m])) > 0.05`,
      holdSeconds: 60,
      threshold: 0.05,
      value: (step) => weighted(state.opErrorRatio, step),
    }),
    target({
      rule: 'HighLatencyP95',
      severity: 'warning',
      labels,
      summary: `p95 latency of ${service.name} is above ${limitMs} ms`,
      description: `p95 of ${service.name} in ${service.namespace} is {value} ms.`,
      expression: `histogram_quantile(0.95, sum by (le) (rate(${metric}_bucket{service="${service.name}"}[2m]))) > ${limitMs / 1000}`,
      holdSeconds: 120,
      threshold: limitMs,
      value: (step) => quantileOf(weighted(state.opLatencyMs, step), Z_95),
    }),
  ];
  rules.push(
    target({
      rule: service.isEntry ? 'RequestRateAboveForecast' : 'TrafficDropped',
      severity: 'warning',
      labels,
      summary: service.isEntry
        ? `${service.name} receives far more requests than usual`
        : `${service.name} receives hardly any requests`,
      description: `${service.name} receives {value} requests per second.`,
      expression: service.isEntry
        ? `sum(rate(${metric}_count{service="${service.name}"}[2m])) > ${(1.8 * usualRate).toFixed(0)}`
        : `sum(rate(${metric}_count{service="${service.name}"}[2m])) < ${(0.25 * usualRate).toFixed(2)}`,
      holdSeconds: 120,
      threshold: service.isEntry ? 1.8 * usualRate : 0.25 * usualRate,
      isBelow: !service.isEntry,
      value: rateOf,
    }),
  );
  if (service.isEntry) rules.push(...budgetRules(service, labels, (step) => weighted(state.opErrorRatio, step)));
  if (served.length > 1) rules.push(...served.flatMap((operation) => routeRules(source, service, operation)));
  return rules;
}

/** Burn of an error budget of 0.5 % over a short and a longer window (Google SRE workbook, chapter 5, scaled down). */
function budgetRules(
  service: Service,
  labels: Readonly<Record<string, string>>,
  value: (step: number) => number,
): RuleTarget[] {
  return (
    [
      ['5m', 30, 0.02],
      ['15m', 90, 0.012],
    ] as const
  ).map(([window, windowSteps, threshold]) =>
    target({
      rule: 'ErrorBudgetBurn',
      severity: 'critical',
      labels: { ...labels, slo: `${service.name}-availability`, window },
      summary: `${service.name} burns its error budget too fast`,
      description: `Error ratio of ${service.name} over ${window} is {ratio}; the objective is 99.5 %.`,
      expression: `slo:sli_error:ratio_rate${window}{service="${service.name}"} > ${threshold}`,
      holdSeconds: 60,
      threshold,
      windowSteps,
      value,
    }),
  );
}

function routeRules(source: RuleSource, service: Service, operation: Operation): RuleTarget[] {
  const { system, state } = source;
  const width = system.operations.length;
  const isGrpc = service.protocol === 'grpc';
  const route = isGrpc
    ? { rpc_method: operation.route.split('/').at(-1) ?? '' }
    : { http_route: operation.route, http_request_method: operation.method };
  const labels = { service: service.name, namespace: service.namespace, team: service.team, ...route };
  const limitMs = roundThreshold(2 * quantileOf(system.usualLatencyMs[operation.index] ?? 1, Z_95));
  const metric = isGrpc ? 'rpc_server_duration_seconds' : 'http_server_request_duration_seconds';
  return [
    target({
      rule: 'RouteErrorsHigh',
      severity: 'warning',
      labels,
      summary: `${operation.name} of ${service.name} fails`,
      description: `{ratio} of the requests to ${operation.name} fail.`,
      expression: `route:${metric}:error_ratio_rate2m{service="${service.name}"} > 0.08`,
      holdSeconds: 60,
      threshold: 0.08,
      value: (step) => state.opErrorRatio[step * width + operation.index] ?? 0,
    }),
    target({
      rule: 'RouteLatencyHigh',
      severity: 'warning',
      labels,
      summary: `p95 of ${operation.name} of ${service.name} is above ${limitMs} ms`,
      description: `p95 of ${operation.name} is {value} ms.`,
      expression: `route:${metric}:p95_2m{service="${service.name}"} > ${limitMs / 1000}`,
      holdSeconds: 120,
      threshold: limitMs,
      value: (step) => quantileOf(state.opLatencyMs[step * width + operation.index] ?? 0, Z_95),
    }),
  ];
}
