/**
 * Alerting rules as a platform team writes them, evaluated on the state of the model: an expression over the last
 * minutes, a threshold fixed from ordinary days, and a time it has to hold. Nothing here knows about faults.
 */
import { STEP_SECONDS } from './model-state.ts';
import type { ModelState } from './model-state.ts';
import type { Pod, PodTable } from './pods.ts';
import { quantileOf } from './queueing.ts';
import type { Service, System } from './system.ts';

/** One series a rule watches. */
export interface RuleTarget {
  readonly rule: string;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly labels: Readonly<Record<string, string>>;
  /** Whose alert it is for the counterfactual comparison: `type:name` of what it watches. */
  readonly summary: string;
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

interface RuleSource {
  readonly system: System;
  readonly state: ModelState;
  readonly pods: PodTable;
}
const Z_95 = 1.645;
type Fields = Omit<RuleTarget, 'isBelow' | 'windowSteps'> & Partial<Pick<RuleTarget, 'isBelow' | 'windowSteps'>>;

function target(fields: Fields): RuleTarget {
  return { isBelow: false, windowSteps: 12, ...fields };
}

export function ruleTargets(source: RuleSource): RuleTarget[] {
  return [
    ...source.system.services.flatMap((service) => serviceRules(source, service)),
    ...podRules(source),
    ...source.system.nodes.flatMap((_, index) => nodeRules(source, index)),
    ...source.system.stores.flatMap((_, index) => storeRules(source, index)),
    ...poolRules(source),
    ...source.system.queues.flatMap((_, index) => queueRules(source, index)),
    ...source.system.externals.flatMap((_, index) => externalRules(source, index)),
  ];
}

/** 0.25, 0.5, 1, 2.5 …: the next round number of seconds above. */
function roundThreshold(ms: number): number {
  return (
    [50, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 2500, 3000, 5000].find((limit) => limit >= ms) ??
    10_000
  );
}

function serviceRules(source: RuleSource, service: Service): RuleTarget[] {
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
  const limitMs = roundThreshold(2.2 * quantileOf(usual / usualRate, Z_95));
  const labels = { service: service.name, namespace: service.namespace, team: service.team };
  const metric = service.protocol === 'grpc' ? 'rpc_server_duration_seconds' : 'http_server_request_duration_seconds';
  const rules = [
    target({
      rule: 'HighErrorRate',
      severity: 'critical',
      labels,
      summary: `Error ratio of ${service.name} is above 5 %`,
      description: `${service.name} in ${service.namespace} answers {value} of its requests with an error.`,
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
        ? `sum(rate(${metric}_count{service="${service.name}"}[2m])) > ${(1.9 * usualRate).toFixed(0)}`
        : `sum(rate(${metric}_count{service="${service.name}"}[2m])) < ${(0.25 * usualRate).toFixed(2)}`,
      holdSeconds: 120,
      threshold: service.isEntry ? 1.9 * usualRate : 0.25 * usualRate,
      isBelow: !service.isEntry,
      value: rateOf,
    }),
  );
  return rules;
}

function podRules(source: RuleSource): RuleTarget[] {
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
    return [
      target({
        rule: 'ContainerCPUNearLimit',
        severity: 'warning',
        labels: { ...labels, node: node?.name ?? '' },
        summary: `${pod.name} uses more than 90 % of its CPU limit`,
        description: `Container ${service.name} of ${pod.name} on ${node?.name ?? ''} uses {value} of its CPU limit.`,
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
        description: `Container ${service.name} of ${pod.name} uses {value} of its memory limit.`,
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
        value: (step) => at(state.slotRestarts, step) - (at(state.slotRestarts, Math.max(0, step - 60)) || 0),
      }),
      target({
        rule: 'PodSlowRequests',
        severity: 'warning',
        labels: { ...labels, service: service.name },
        summary: `Requests wait for a worker in ${pod.name}`,
        description: `${pod.name} keeps {value} of its workers busy.`,
        expression: `worker_busy_ratio{pod="${pod.name}"} > 0.85`,
        holdSeconds: 60,
        threshold: 0.85,
        value: (step) => at(state.slotBusyRatio, step),
      }),
      podErrors(source, pod, service, labels),
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
    description: `Error ratio of ${pod.name} is {value}.`,
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

function nodeRules(source: RuleSource, index: number): RuleTarget[] {
  const { system, state } = source;
  const node = system.nodes[index];
  const name = node?.name ?? '';
  return [
    target({
      rule: 'NodeCPUSaturated',
      severity: 'warning',
      labels: { node: name, instance: `${name}:9100`, job: 'node-exporter' },
      summary: `CPU of ${name} is used up`,
      description: `CPU utilisation of ${name} is {value}.`,
      expression: `1 - avg(rate(node_cpu_seconds_total{mode="idle",instance="${name}:9100"}[2m])) > 0.92`,
      holdSeconds: 120,
      threshold: 0.92,
      value: (step) => Math.min(1, state.nodeCpuRatio[step * system.nodes.length + index] ?? 0),
    }),
    target({
      rule: 'NodeLoadHigh',
      severity: 'warning',
      labels: { node: name, instance: `${name}:9100`, job: 'node-exporter' },
      summary: `More runnable threads than cores on ${name}`,
      description: `Load per core of ${name} is {value}.`,
      expression: `node_load1{instance="${name}:9100"} / count without (cpu) (node_cpu_seconds_total{mode="idle"}) > 1.2`,
      holdSeconds: 180,
      threshold: 1.2,
      value: (step) => state.nodeCpuRatio[step * system.nodes.length + index] ?? 0,
    }),
  ];
}

function storeRules(source: RuleSource, index: number): RuleTarget[] {
  const { system, state } = source;
  const store = system.stores[index];
  if (!store) return [];
  const at = (matrix: Float32Array) => (step: number) => matrix[step * system.stores.length + index] ?? Number.NaN;
  const common = {
    instance: `${store.name}:${store.port}`,
    job: `${store.system}-exporter`,
    namespace: store.namespace,
  };
  if (store.isCache) {
    return [
      target({
        rule: 'RedisHitRatioLow',
        severity: 'warning',
        labels: common,
        summary: `Hit ratio of ${store.name} is below 70 %`,
        description: `Hit ratio of ${store.name} is {value}.`,
        expression: `redis_keyspace_hit_ratio{instance="${common.instance}"} < 0.7`,
        holdSeconds: 120,
        threshold: 0.7,
        isBelow: true,
        value: at(state.storeHitRatio),
      }),
    ];
  }
  const limitMs = roundThreshold(8 * store.baseMs);
  const volume = { ...common, persistentvolumeclaim: `data-${store.podName}` };
  return [
    target({
      rule: 'DatabaseQueriesSlow',
      severity: 'warning',
      labels: common,
      summary: `Queries of ${store.name} take more than ${limitMs} ms on average`,
      description: `Mean query duration of ${store.name} is {value} ms.`,
      expression: `${store.system}_query_duration_mean_ms{instance="${common.instance}"} > ${limitMs}`,
      holdSeconds: 120,
      threshold: limitMs,
      value: at(state.storeLatencyMs),
    }),
    target({
      rule: 'DatabaseCPUHigh',
      severity: 'warning',
      labels: common,
      summary: `${store.name} uses more than 85 % of its CPU`,
      description: `CPU of ${store.name} is {value}.`,
      expression: `container_cpu_utilization_ratio{instance="${common.instance}"} > 0.85`,
      holdSeconds: 120,
      threshold: 0.85,
      value: at(state.storeCpuRatio),
    }),
    ...(
      [
        [0.85, 'warning', 'PersistentVolumeFillingUp'],
        [0.97, 'critical', 'PersistentVolumeAlmostFull'],
      ] as const
    ).map(([limit, severity, rule]) =>
      target({
        rule,
        severity,
        labels: volume,
        summary: `Volume of ${store.name} is more than ${limit * 100} % full`,
        description: `The volume behind ${volume.persistentvolumeclaim} is {value} full.`,
        expression: `1 - kubelet_volume_stats_available_bytes{persistentvolumeclaim="${volume.persistentvolumeclaim}"} / kubelet_volume_stats_capacity_bytes > ${limit}`,
        holdSeconds: 30,
        threshold: limit,
        windowSteps: 3,
        value: at(state.storeDiskRatio),
      }),
    ),
  ];
}

function poolRules(source: RuleSource): RuleTarget[] {
  const { system, state } = source;
  return system.pools.flatMap((pool) => {
    const service = system.services[pool.service];
    const store = system.stores[pool.store];
    if (!service || !store || store.isCache) return [];
    return [
      target({
        rule: 'ConnectionPoolExhausted',
        severity: 'critical',
        labels: {
          service: service.name,
          namespace: service.namespace,
          pool: `${store.name}:${store.port}/${store.database}`,
        },
        summary: `${service.name} has no free connection to ${store.name}`,
        description: `${service.name} uses {value} of its connections to ${store.name}.`,
        expression: `sum(db_client_connection_count{service="${service.name}",state="used"}) / sum(db_client_connection_max{service="${service.name}"}) > 0.9`,
        holdSeconds: 60,
        threshold: 0.9,
        windowSteps: 6,
        value: (step) => {
          const at = step * system.pools.length + pool.index;
          return (state.poolUsed[at] ?? 0) / (state.poolSize[at] ?? 1);
        },
      }),
    ];
  });
}

function queueRules(source: RuleSource, index: number): RuleTarget[] {
  const { system, state } = source;
  const queue = system.queues[index];
  if (!queue) return [];
  const usual = system.usualRate[queue.consumerOperation] ?? 1;
  const limit = Math.max(100, Math.round((usual * 60) / 50) * 50);
  return [
    target({
      rule: queue.system === 'kafka' ? 'KafkaConsumerLagHigh' : 'RabbitMQQueueGrowing',
      severity: 'critical',
      labels:
        queue.system === 'kafka'
          ? { topic: queue.name, consumergroup: queue.group, job: 'kafka-exporter' }
          : { queue: queue.name, vhost: '/', job: 'rabbitmq' },
      summary: `${queue.group} is more than ${limit} messages behind on ${queue.name}`,
      description: `{value} messages of ${queue.name} wait for ${queue.group}.`,
      expression:
        queue.system === 'kafka'
          ? `sum by (topic, consumergroup) (kafka_consumergroup_lag) > ${limit}`
          : `rabbitmq_queue_messages_ready > ${limit}`,
      holdSeconds: 120,
      threshold: limit,
      windowSteps: 3,
      value: (step) => state.queueDepth[step * system.queues.length + index] ?? 0,
    }),
  ];
}

function externalRules(source: RuleSource, index: number): RuleTarget[] {
  const { system, state } = source;
  const external = system.externals[index];
  if (!external) return [];
  const callers = system.operations.filter((operation) =>
    operation.calls.some((call) => call.kind === 'external' && call.target === index),
  );
  return [...new Set(callers.map((operation) => operation.service))].map((caller) => {
    const service = system.services[caller] as Service;
    const calls = service.operations.flatMap((operation) =>
      operation.calls.filter((call) => call.kind === 'external' && call.target === index),
    );
    return target({
      rule: 'OutboundCallsFailing',
      severity: 'warning',
      labels: { service: service.name, namespace: service.namespace, server_address: external.name },
      summary: `Calls of ${service.name} to ${external.name} fail`,
      description: `{value} of the calls of ${service.name} to ${external.name} fail or time out.`,
      expression: `sum(rate(http_client_request_duration_seconds_count{service="${service.name}",server_address="${external.name}",error_type!=""}[2m])) / sum(rate(http_client_request_duration_seconds_count{service="${service.name}",server_address="${external.name}"}[2m])) > 0.15`,
      holdSeconds: 60,
      threshold: 0.15,
      value: (step) =>
        Math.max(...calls.map((call) => state.callFailRatio[step * system.calls.length + call.index] ?? 0)),
    });
  });
}
