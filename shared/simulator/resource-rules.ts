/** Rules about nodes, databases, caches, connection pools and queues. */
import { roundThreshold, target } from './alert-rule.ts';
import type { RuleSource, RuleTarget } from './alert-rule.ts';

export function nodeRules(source: RuleSource, index: number): RuleTarget[] {
  const { system, state } = source;
  const node = system.nodes[index];
  const name = node?.name ?? '';
  return [
    target({
      rule: 'NodeCPUSaturated',
      severity: 'warning',
      labels: { node: name, instance: `${name}:9100`, job: 'node-exporter' },
      summary: `CPU of ${name} is used up`,
      description: `CPU utilisation of ${name} is {ratio}.`,
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

export function storeRules(source: RuleSource, index: number): RuleTarget[] {
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
        description: `Hit ratio of ${store.name} is {ratio}.`,
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
      description: `CPU of ${store.name} is {ratio}.`,
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
        description: `The volume behind ${volume.persistentvolumeclaim} is {ratio} full.`,
        expression: `1 - kubelet_volume_stats_available_bytes{persistentvolumeclaim="${volume.persistentvolumeclaim}"} / kubelet_volume_stats_capacity_bytes > ${limit}`,
        holdSeconds: 30,
        threshold: limit,
        windowSteps: 3,
        value: at(state.storeDiskRatio),
      }),
    ),
  ];
}

export function poolRules(source: RuleSource): RuleTarget[] {
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
        description: `${service.name} uses {ratio} of its connections to ${store.name}.`,
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

export function queueRules(source: RuleSource, index: number): RuleTarget[] {
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
