/** Metrics of what services run on: pods and containers, nodes, databases, caches, brokers. */
import { counter, doublePoint, gauge, intPoint, sumPoint } from './metric-text.ts';
import { STEP_SECONDS } from './model-state.ts';
import { attribute, plainAttribute } from './otlp-text.ts';
import { restartsOf } from './pods.ts';
import type { Pod } from './pods.ts';
import { kubeletAttributes, nodeAttributes, storeAttributes } from './resources.ts';
import type { Simulation } from './simulation.ts';
import type { Service, Store } from './system.ts';

function stepAt(simulation: Simulation, second: number): number {
  return Math.min(simulation.state.steps - 1, Math.floor((second - 1) / STEP_SECONDS));
}
function wrap(resource: string, scope: string, metrics: readonly string[]): string {
  return `{"resource":{"attributes":[${resource}]},"scopeMetrics":[{"scope":{"name":"${scope}"},"metrics":[${metrics.join(',')}]}]}`;
}
const RECEIVERS = 'github.com/open-telemetry/opentelemetry-collector-contrib/receiver';

/** With a trailing comma; '' when the pod does not exist at that time. */
export function kubeletMetrics(simulation: Simulation, pod: Pod, second: number): string {
  const { system, state, clock } = simulation;
  if (pod.toSecond <= second - 1 || pod.fromSecond >= second) return '';
  const service = system.services[pod.service] as Service;
  const at = stepAt(simulation, second) * system.slots.length + pod.slot;
  const time = clock.nanoText(second);
  const isUp = state.slotUp[at] === 1;
  const cpu = isUp ? (state.slotCpuRatio[at] ?? 0) : 0;
  const memory = isUp ? (state.slotMemoryRatio[at] ?? 0) : 0;
  const metrics = [
    gauge('k8s.pod.cpu_limit_utilization', '1', doublePoint(cpu, time)),
    gauge('k8s.pod.memory.working_set', 'By', intPoint(memory * service.memoryLimitBytes, time)),
    gauge('k8s.pod.memory_limit_utilization', '1', doublePoint(memory, time)),
    gauge('k8s.container.restarts', '{restart}', intPoint(restartsOf(state, pod, stepAt(simulation, second)), time)),
  ];
  return `${wrap(kubeletAttributes(system, pod), `${RECEIVERS}/kubeletstatsreceiver`, metrics)},`;
}

export function metricsOfNodes(simulation: Simulation, second: number): string[] {
  const { system, state, clock } = simulation;
  const step = stepAt(simulation, second);
  const time = clock.nanoText(second);
  return system.nodes.map((node) => {
    const demand = state.nodeCpuRatio[step * system.nodes.length + node.index] ?? 0;
    const used = Math.min(0.995, demand);
    const memory = 0.42 + 0.2 * ((node.index * 37) % 10) * 0.1;
    return wrap(nodeAttributes(system, node), `${RECEIVERS}/hostmetricsreceiver`, [
      gauge('k8s.node.cpu.usage', '{cpu}', doublePoint(used * node.cores, time)),
      gauge('system.cpu.utilization', '1', doublePoint(used, time)),
      gauge('system.cpu.load_average.1m', '{thread}', doublePoint(demand * node.cores * 1.05, time)),
      gauge('system.memory.utilization', '1', doublePoint(memory, time)),
      gauge(
        'system.filesystem.utilization',
        '1',
        doublePoint(0.38 + 0.03 * (node.index % 7), time, plainAttribute('system.filesystem.mountpoint', '/')),
      ),
    ]);
  });
}

/** Databases and caches, with counters that run from export to export; exports must be asked for in order. */
export class StoreMetrics {
  readonly #simulation: Simulation;
  /** Per store: queries, and of a cache those that hit, since the exporter started. */
  readonly #queries: Float64Array;
  readonly #hits: Float64Array;
  #nextStep = 0;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    const { stores } = simulation.system;
    this.#queries = Float64Array.from(stores, (store) => store.capacity * 40_000);
    this.#hits = Float64Array.from(stores, (store) => store.capacity * 40_000 * store.hitRatio);
  }

  export(second: number): string[] {
    const { system, clock } = this.#simulation;
    const step = stepAt(this.#simulation, second);
    this.#countUpTo(step);
    const start = clock.nanoText(-86_400);
    const time = clock.nanoText(second);
    return system.stores.map((store) => {
      const at = step * system.stores.length + store.index;
      const metrics = store.isCache ? this.#cache(store, at, start, time) : this.#database(store, at, start, time);
      return wrap(storeAttributes(system, store), `${RECEIVERS}/${store.system}receiver`, metrics);
    });
  }

  #countUpTo(step: number): void {
    const { system, state } = this.#simulation;
    for (; this.#nextStep <= step; this.#nextStep += 1) {
      for (let i = 0; i < system.stores.length; i += 1) {
        const at = this.#nextStep * system.stores.length + i;
        const count = (state.storeRate[at] ?? 0) * STEP_SECONDS;
        this.#queries[i] = (this.#queries[i] ?? 0) + count;
        this.#hits[i] = (this.#hits[i] ?? 0) + count * (state.storeHitRatio[at] ?? 0);
      }
    }
  }

  #database(store: Store, at: number, start: string, time: string): string[] {
    const { state } = this.#simulation;
    const prefix = store.system;
    const used = state.storeDiskRatio[at] ?? 0;
    const active = ((state.storeRate[at] ?? 0) * (state.storeLatencyMs[at] ?? 0)) / 1000;
    const connections = Math.min(store.maxConnections, (state.storeConnections[at] ?? 0) + 6);
    const mount = plainAttribute('system.filesystem.mountpoint', '/var/lib/data');
    return [
      gauge(`${prefix}.connection.count`, '{connection}', intPoint(connections, time)),
      gauge(`${prefix}.connection.max`, '{connection}', intPoint(store.maxConnections, time)),
      gauge(`${prefix}.query.active`, '{query}', doublePoint(active, time)),
      counter(`${prefix}.query.count`, '{query}', sumPoint(this.#queries[store.index] ?? 0, start, time)),
      gauge(`${prefix}.query.duration.mean`, 'ms', doublePoint(state.storeLatencyMs[at] ?? 0, time)),
      gauge('container.cpu.utilization', '1', doublePoint(state.storeCpuRatio[at] ?? 0, time)),
      gauge('k8s.volume.capacity', 'By', intPoint(store.volumeBytes, time)),
      gauge('k8s.volume.available', 'By', intPoint(store.volumeBytes * (1 - used), time)),
      gauge('system.filesystem.utilization', '1', doublePoint(used, time, mount)),
    ];
  }

  #cache(store: Store, at: number, start: string, time: string): string[] {
    const { state } = this.#simulation;
    const queries = this.#queries[store.index] ?? 0;
    const hits = this.#hits[store.index] ?? 0;
    return [
      gauge('redis.clients.connected', '{client}', intPoint((state.storeConnections[at] ?? 0) + 4, time)),
      counter('redis.keyspace.hits', '{hit}', sumPoint(hits, start, time)),
      counter('redis.keyspace.misses', '{miss}', sumPoint(queries - hits, start, time)),
      gauge('redis.commands', '{ops}/s', doublePoint(state.storeRate[at] ?? 0, time)),
      gauge('container.cpu.utilization', '1', doublePoint(state.storeCpuRatio[at] ?? 0, time)),
    ];
  }
}

export function metricsOfQueues(simulation: Simulation, second: number): string[] {
  const { system, state, clock } = simulation;
  const step = stepAt(simulation, second);
  const time = clock.nanoText(second);
  return system.queues.map((queue) => {
    const at = step * system.queues.length + queue.index;
    const topic = attribute('messaging.destination.name', queue.name);
    const resource = [
      attribute('messaging.system', queue.system),
      attribute('server.address', queue.broker),
      attribute('k8s.cluster.name', system.clusterName),
    ].join(',');
    const depth = state.queueDepth[at] ?? 0;
    const metrics =
      queue.system === 'kafka'
        ? [
            gauge(
              'kafka.consumer_group.lag',
              '{message}',
              intPoint(depth, time, `${topic},${attribute('messaging.consumer.group.name', queue.group)}`),
            ),
            gauge('kafka.topic.message.rate', '{message}/s', doublePoint(state.queueInRate[at] ?? 0, time, topic)),
            gauge(
              'kafka.consumer_group.consumed.rate',
              '{message}/s',
              doublePoint(state.queueOutRate[at] ?? 0, time, topic),
            ),
          ]
        : [
            gauge('rabbitmq.message.current', '{message}', intPoint(depth, time, topic)),
            gauge(
              'rabbitmq.message.published.rate',
              '{message}/s',
              doublePoint(state.queueInRate[at] ?? 0, time, topic),
            ),
            gauge(
              'rabbitmq.message.delivered.rate',
              '{message}/s',
              doublePoint(state.queueOutRate[at] ?? 0, time, topic),
            ),
          ];
    return wrap(
      resource,
      `${RECEIVERS}/${queue.system === 'kafka' ? 'kafkametricsreceiver' : 'rabbitmqreceiver'}`,
      metrics,
    );
  });
}
