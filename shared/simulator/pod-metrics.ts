/** What the SDK in a pod exports: durations of requests and calls, runtime, connection pools, workers. */
import {
  doublePoint,
  DurationHistogram,
  EXPORT_SECONDS,
  gauge,
  histogram,
  intPoint,
  sumPoint,
  upDown,
} from './metric-text.ts';
import { STEP_SECONDS } from './model-state.ts';
import { attribute, intAttribute, plainAttribute } from './otlp-text.ts';
import type { Pod } from './pods.ts';
import { podAttributes } from './resources.ts';
import type { Simulation } from './simulation.ts';
import type { Call, Operation, Pool, Service } from './system.ts';

const STEPS_PER_EXPORT = EXPORT_SECONDS / STEP_SECONDS;

interface OperationSeries {
  readonly operation: Operation;
  readonly ok: DurationHistogram;
  readonly failed: DurationHistogram;
  readonly okAttributes: string;
  readonly failedAttributes: string;
}
interface CallSeries {
  readonly call: Call;
  readonly durations: DurationHistogram;
  readonly failures: DurationHistogram;
  readonly attributes: string;
  readonly failedAttributes: string;
}
interface PodSeries {
  readonly resource: string;
  readonly operations: readonly OperationSeries[];
  readonly externals: readonly CallSeries[];
  readonly stores: readonly CallSeries[];
  cpuSeconds: number;
}

export class PodMetrics {
  readonly #simulation: Simulation;
  readonly #series = new Map<number, PodSeries>();
  readonly #poolsOfService: readonly (readonly Pool[])[];

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    const { services, pools, stores } = simulation.system;
    this.#poolsOfService = services.map((service) =>
      pools.filter((pool) => pool.service === service.index && !stores[pool.store]?.isCache),
    );
  }

  /** The pod's part of the export at `second`, with a trailing comma; '' when it does not run. */
  export(pod: Pod, second: number): string {
    const { system, state, clock } = this.#simulation;
    const first = Math.floor((second - EXPORT_SECONDS) / STEP_SECONDS);
    const last = Math.min(state.steps, first + STEPS_PER_EXPORT) - 1;
    if (pod.toSecond <= second - 1 || pod.fromSecond >= second) {
      if (pod.toSecond <= second - 1) this.#series.delete(pod.index);
      return '';
    }
    const service = system.services[pod.service] as Service;
    const series = this.#seriesOf(pod, service);
    for (let step = first; step <= last; step += 1) this.#record(pod, service, series, step);
    if (state.slotUp[last * system.slots.length + pod.slot] !== 1) return '';
    const start = clock.nanoText(pod.fromSecond);
    const time = clock.nanoText(second);
    const metrics = [
      ...this.#durations(service, series, start, time),
      ...this.#runtime(pod, service, series, last, start, time),
      ...this.#pools(service, last, time),
    ];
    return (
      `{"resource":{"attributes":[${series.resource}]},"scopeMetrics":[{"scope":{"name":"` +
      `${service.name}"},"metrics":[${metrics.join(',')}]}]},`
    );
  }

  #seriesOf(pod: Pod, service: Service): PodSeries {
    const known = this.#series.get(pod.index);
    if (known) return known;
    const calls = service.operations.flatMap((operation) =>
      operation.calls.flatMap((call) => (call.onMiss ? [call, call.onMiss] : [call])),
    );
    const fresh: PodSeries = {
      resource: podAttributes(this.#simulation.system, pod),
      operations: service.operations
        .filter((operation) => operation.queue < 0)
        .map((operation) => operationSeries(service, operation)),
      externals: unique(calls.filter((call) => call.kind === 'external')).map((call) => this.#callSeries(call)),
      stores: unique(
        calls.filter((call) => call.kind === 'store' && !this.#simulation.system.stores[call.target]?.isCache),
      ).map((call) => this.#callSeries(call)),
      cpuSeconds: 0,
    };
    this.#series.set(pod.index, fresh);
    return fresh;
  }

  #callSeries(call: Call): CallSeries {
    const { system } = this.#simulation;
    const store = system.stores[call.target];
    const external = system.externals[call.target];
    const attributes =
      call.kind === 'store'
        ? [
            plainAttribute('db.system.name', store?.system ?? ''),
            attribute('server.address', store?.name ?? ''),
            intAttribute('server.port', store?.port ?? 0),
          ].join(',')
        : [
            plainAttribute('http.request.method', 'POST'),
            attribute('server.address', external?.name ?? ''),
            intAttribute('server.port', 443),
          ].join(',');
    const durations = new DurationHistogram();
    const failures = new DurationHistogram();
    return {
      call,
      durations,
      failures,
      attributes,
      failedAttributes: `${attributes},${attribute('error.type', call.kind === 'store' ? 'error' : '503')}`,
    };
  }

  #record(pod: Pod, service: Service, series: PodSeries, step: number): void {
    const { system, state } = this.#simulation;
    const slotAt = step * system.slots.length + pod.slot;
    if (state.slotUp[slotAt] !== 1) return;
    let up = 0;
    for (const slot of service.slots) up += state.slotUp[step * system.slots.length + slot] ?? 0;
    const meanFactor =
      service.slots.reduce((sum, slot) => sum + (state.slotFactor[step * system.slots.length + slot] ?? 0), 0) /
      Math.max(1, up);
    for (const entry of series.operations) {
      const at = step * system.operations.length + entry.operation.index;
      const count = ((state.opRate[at] ?? 0) * STEP_SECONDS) / Math.max(1, up);
      const failed = count * (state.opErrorRatio[at] ?? 0);
      // The pod's own slowness is its difference from the mean of its siblings.
      const ownMs =
        entry.operation.ownMs * (state.opOwnFactor[at] ?? 1) * ((state.slotFactor[slotAt] ?? 1) - meanFactor);
      const latencyMs = Math.max(0.3, (state.opLatencyMs[at] ?? 1) + ownMs);
      entry.ok.record(count - failed, latencyMs);
      entry.failed.record(failed, latencyMs);
    }
    for (const entry of [...series.externals, ...series.stores]) {
      const at = step * system.calls.length + entry.call.index;
      const count = ((state.callRate[at] ?? 0) * STEP_SECONDS) / Math.max(1, up);
      const fail = state.callFailRatio[at] ?? 0;
      entry.durations.record(count * (1 - fail), Math.max(0.05, state.callLatencyMs[at] ?? 1));
      entry.failures.record(count * fail, Math.max(0.05, state.callLatencyMs[at] ?? 1));
    }
    series.cpuSeconds += (state.slotCpuRatio[slotAt] ?? 0) * service.cpuLimitCores * STEP_SECONDS;
  }

  #durations(service: Service, series: PodSeries, start: string, time: string): string[] {
    const points: string[] = [];
    for (const entry of series.operations) {
      points.push(entry.ok.point(start, time, entry.okAttributes));
      if (entry.failed.count >= 2) points.push(entry.failed.point(start, time, entry.failedAttributes));
    }
    const metrics: string[] = [];
    const name = service.protocol === 'grpc' ? 'rpc.server.duration' : 'http.server.request.duration';
    if (points.length > 0) metrics.push(histogram(name, 's', points.join(',')));
    for (const [metric, calls] of [
      ['http.client.request.duration', series.externals],
      ['db.client.operation.duration', series.stores],
    ] as const) {
      const texts = calls.flatMap((entry) => [
        entry.durations.point(start, time, entry.attributes),
        ...(entry.failures.count >= 2 ? [entry.failures.point(start, time, entry.failedAttributes)] : []),
      ]);
      if (texts.length > 0) metrics.push(histogram(metric, 's', texts.join(',')));
    }
    return metrics;
  }

  #runtime(pod: Pod, service: Service, series: PodSeries, step: number, start: string, time: string): string[] {
    const { system, state } = this.#simulation;
    const at = step * system.slots.length + pod.slot;
    const memory = (state.slotMemoryRatio[at] ?? 0) * service.memoryLimitBytes;
    const busy = (state.slotBusyRatio[at] ?? 0) * service.workers;
    const metrics = [
      gauge('process.cpu.utilization', '1', doublePoint((state.slotCpuRatio[at] ?? 0) * service.cpuLimitCores, time)),
      upDown('process.memory.usage', 'By', sumPoint(memory, start, time)),
      upDown('http.server.active_requests', '{request}', sumPoint(busy, start, time)),
    ];
    if (service.runtime === 'java') {
      metrics.push(
        upDown(
          'jvm.memory.used',
          'By',
          sumPoint(memory * 0.72, start, time, plainAttribute('jvm.memory.type', 'heap')),
        ),
        gauge('executor.pool.utilization', '1', doublePoint(state.slotBusyRatio[at] ?? 0, time)),
      );
    } else if (service.runtime === 'go') {
      metrics.push(
        upDown('go.memory.used', 'By', sumPoint(memory * 0.8, start, time)),
        upDown('go.goroutine.count', '{goroutine}', sumPoint(14 + busy * 3, start, time)),
      );
    } else if (service.runtime === 'nodejs') {
      metrics.push(
        gauge(
          'nodejs.eventloop.utilization',
          '1',
          doublePoint(Math.min(1, 0.1 + 0.85 * (state.slotCpuRatio[at] ?? 0)), time),
        ),
      );
    }
    return metrics;
  }

  #pools(service: Service, step: number, time: string): string[] {
    const { system, state } = this.#simulation;
    const counts: string[] = [];
    const limits: string[] = [];
    const pending: string[] = [];
    for (const pool of this.#poolsOfService[service.index] ?? []) {
      const at = step * system.pools.length + pool.index;
      const store = system.stores[pool.store];
      const name = plainAttribute(
        'db.client.connection.pool.name',
        `${store?.name ?? ''}:${store?.port ?? 0}/${store?.database ?? ''}`,
      );
      const used = state.poolUsed[at] ?? 0;
      counts.push(
        intPoint(used, time, `${name},${plainAttribute('db.client.connection.state', 'used')}`),
        intPoint(
          Math.max(0, Math.min(pool.size, Math.max(2, used * 1.5)) - used),
          time,
          `${name},${plainAttribute('db.client.connection.state', 'idle')}`,
        ),
      );
      limits.push(intPoint(pool.size, time, name));
      pending.push(intPoint(state.poolPending[at] ?? 0, time, name));
    }
    if (counts.length === 0) return [];
    return [
      upDown('db.client.connection.count', '{connection}', counts.join(',')),
      upDown('db.client.connection.max', '{connection}', limits.join(',')),
      upDown('db.client.connection.pending_requests', '{request}', pending.join(',')),
    ];
  }
}

function unique(calls: readonly Call[]): Call[] {
  const seen = new Set<number>();
  return calls.filter((call) => !seen.has(call.target) && seen.add(call.target));
}

function operationSeries(service: Service, operation: Operation): OperationSeries {
  const isGrpc = service.protocol === 'grpc';
  const [rpcService = '', method = ''] = operation.route.split('/');
  const base = isGrpc
    ? [attribute('rpc.system', 'grpc'), attribute('rpc.service', rpcService), attribute('rpc.method', method)]
    : [attribute('http.request.method', operation.method), attribute('http.route', operation.route)];
  const status = (value: number): string =>
    intAttribute(isGrpc ? 'rpc.grpc.status_code' : 'http.response.status_code', value);
  return {
    operation,
    ok: new DurationHistogram(),
    failed: new DurationHistogram(),
    okAttributes: [...base, status(isGrpc ? 0 : operation.method === 'POST' ? 201 : 200)].join(','),
    failedAttributes: [...base, status(isGrpc ? 13 : 500), attribute('error.type', isGrpc ? '13' : '500')].join(','),
  };
}
