/** Rules that look at every pod by itself: limits, restarts, workers, errors and latency. */
import { roundThreshold, target, Z_95 } from './alert-rule.ts';
import type { RuleSource, RuleTarget } from './alert-rule.ts';
import { STEP_SECONDS } from './model-state.ts';
import { restartsOf } from './pods.ts';
import type { Pod } from './pods.ts';
import { quantileOf } from './queueing.ts';
import type { Service } from './system.ts';

export function podRules(source: RuleSource): RuleTarget[] {
  const { system, state, pods } = source;
  return pods.pods.flatMap((pod) => {
    const service = system.services[pod.service] as Service;
    const node = system.nodes[system.slots[pod.slot]?.node ?? 0];
    const labels = { namespace: service.namespace, pod: pod.name, container: service.name };
    const at = (matrix: ArrayLike<number>, step: number): number => {
      const second = step * STEP_SECONDS;
      if (second < pod.fromSecond || second >= pod.toSecond) return Number.NaN;
      return matrix[step * system.slots.length + pod.slot] ?? Number.NaN;
    };
    const restarted = (step: number, steps: number): number => {
      const second = step * STEP_SECONDS;
      if (second < pod.fromSecond || second >= pod.toSecond) return Number.NaN;
      return restartsOf(state, pod, step) - restartsOf(state, pod, Math.max(0, step - steps));
    };
    return [
      target({
        rule: 'ContainerCPUNearLimit',
        severity: 'warning',
        labels: { ...labels, node: node?.name ?? '' },
        summary: `${pod.name} uses more than 90 % of its CPU limit`,
        description: `Container ${service.name} of ${pod.name} on ${node?.name ?? ''} uses {ratio} of its CPU limit.`,
        expression: `k8s_pod_cpu_limit_utilization_ratio{pod="${pod.name}"} > 0.9`,
        holdSeconds: 120,
        threshold: 0.9,
        value: (step) => at(state.slotCpuRatio, step),
      }),
      target({
        rule: 'ContainerMemoryNearLimit',
        severity: 'warning',
        labels,
        summary: `${pod.name} uses more than 90 % of its memory limit`,
        description: `Container ${service.name} of ${pod.name} uses {ratio} of its memory limit.`,
        expression: `k8s_pod_memory_limit_utilization_ratio{pod="${pod.name}"} > 0.9`,
        holdSeconds: 30,
        threshold: 0.9,
        windowSteps: 3,
        value: (step) => at(state.slotMemoryRatio, step),
      }),
      target({
        rule: 'KubePodRestarted',
        severity: 'warning',
        labels,
        summary: `${pod.name} was restarted`,
        description: `Container ${service.name} of ${pod.name} was restarted {value} times in the last 10 minutes.`,
        expression: `increase(kube_pod_container_status_restarts_total{pod="${pod.name}"}[10m]) > 0`,
        holdSeconds: 0,
        threshold: 0.5,
        windowSteps: 1,
        value: (step) => restarted(step, 60),
      }),
      target({
        rule: 'PodSlowRequests',
        severity: 'warning',
        labels: { ...labels, service: service.name },
        summary: `Requests wait for a worker in ${pod.name}`,
        description: `${pod.name} keeps {ratio} of its workers busy.`,
        expression: `worker_busy_ratio{pod="${pod.name}"} > 0.85`,
        holdSeconds: 60,
        threshold: 0.85,
        value: (step) => at(state.slotBusyRatio, step),
      }),
      target({
        rule: 'ContainerOOMKilled',
        severity: 'critical',
        labels: { ...labels, reason: 'OOMKilled' },
        summary: `${service.name} in ${pod.name} was killed for lack of memory`,
        description: `Container ${service.name} of ${pod.name} was OOMKilled.`,
        expression: `increase(kube_pod_container_status_restarts_total{pod="${pod.name}"}[2m]) > 0 and on (pod) kube_pod_container_status_last_terminated_reason{reason="OOMKilled"} == 1`,
        holdSeconds: 0,
        threshold: 0.5,
        windowSteps: 1,
        value: (step) => restarted(step, 12),
      }),
      podErrors(source, pod, service, labels),
      podLatency(source, pod, service, labels),
    ];
  });
}

function podErrors(source: RuleSource, pod: Pod, service: Service, labels: Record<string, string>): RuleTarget {
  const { system, state } = source;
  return target({
    rule: 'PodErrorsHigh',
    severity: 'warning',
    labels: { ...labels, service: service.name },
    summary: `${pod.name} answers more than one request in ten with an error`,
    description: `Error ratio of ${pod.name} is {ratio}.`,
    expression: `sum by (pod) (rate(http_server_request_duration_seconds_count{pod="${pod.name}",status=~"5.."}[2m])) / sum by (pod) (rate(http_server_request_duration_seconds_count{pod="${pod.name}"}[2m])) > 0.1`,
    holdSeconds: 60,
    threshold: 0.1,
    value: (step) => {
      const second = step * STEP_SECONDS;
      if (second < pod.fromSecond || second >= pod.toSecond) return Number.NaN;
      if (state.slotUp[step * system.slots.length + pod.slot] !== 1) return Number.NaN;
      let sum = 0;
      let rate = 0;
      for (const operation of service.operations) {
        const at = step * system.operations.length + operation.index;
        rate += state.opRate[at] ?? 0;
        sum += (state.opRate[at] ?? 0) * podErrorRatio(source, pod, service, at, step);
      }
      return rate > 0.02 ? sum / rate : Number.NaN;
    },
  });
}

/** p95 of one pod: that of its service, plus what it is slower than its siblings on its own account. */
function podLatency(source: RuleSource, pod: Pod, service: Service, labels: Record<string, string>): RuleTarget {
  const { system, state } = source;
  const served = service.operations.filter((operation) => operation.queue < 0);
  const width = system.operations.length;
  const slots = system.slots.length;
  let rate = 0;
  let usual = 0;
  for (const operation of served) {
    rate += system.usualRate[operation.index] ?? 0;
    usual += (system.usualRate[operation.index] ?? 0) * (system.usualLatencyMs[operation.index] ?? 0);
  }
  const limitMs = roundThreshold(2 * quantileOf(rate > 0 ? usual / rate : 1, Z_95));
  return target({
    rule: 'PodLatencyHigh',
    severity: 'warning',
    labels: { ...labels, service: service.name },
    summary: `p95 latency of ${pod.name} is above ${limitMs} ms`,
    description: `p95 of ${pod.name} is {value} ms.`,
    expression: `histogram_quantile(0.95, sum by (pod, le) (rate(http_server_request_duration_seconds_bucket{pod="${pod.name}"}[2m]))) > ${limitMs / 1000}`,
    holdSeconds: 120,
    threshold: limitMs,
    value: (step) => {
      const second = step * STEP_SECONDS;
      const isUp = state.slotUp[step * slots + pod.slot] === 1;
      if (second < pod.fromSecond || second >= pod.toSecond || !isUp) return Number.NaN;
      const up = service.slots.filter((slot) => state.slotUp[step * slots + slot] === 1);
      const mean = up.reduce((sum, slot) => sum + (state.slotFactor[step * slots + slot] ?? 1), 0) / up.length;
      const excess = (state.slotFactor[step * slots + pod.slot] ?? 1) - mean;
      let sum = 0;
      let requests = 0;
      for (const operation of served) {
        const at = step * width + operation.index;
        const own = operation.ownMs * (state.opOwnFactor[at] ?? 1) * excess;
        requests += state.opRate[at] ?? 0;
        sum += (state.opRate[at] ?? 0) * Math.max(0.3, (state.opLatencyMs[at] ?? 0) + own);
      }
      return requests > 0.02 ? quantileOf(sum / requests, Z_95) : Number.NaN;
    },
  });
}

/** While versions are mixed, the errors of the code belong to the new pods only. */
function podErrorRatio(source: RuleSource, pod: Pod, service: Service, at: number, step: number): number {
  const { state, pods } = source;
  const own = state.opOwnError[at] ?? 0;
  const all = state.opErrorRatio[at] ?? 0;
  if (own < 0.02) return all;
  const fresh = service.slots.filter((slot) => pods.at(slot, step * STEP_SECONDS).change !== undefined).length;
  if (fresh === 0 || fresh === service.slots.length) return all;
  return pod.change ? Math.min(1, (own * service.slots.length) / fresh) : Math.max(0, all - own);
}
