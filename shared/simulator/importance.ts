/**
 * How much of the traffic from outside depends on each part of the system: requests per second whose answer needs it,
 * counted along calls that are not optional. A fault is placed where somebody would notice.
 */
import type { Call, System } from './system.ts';

export interface Importance {
  /** Per service, store, third party and queue: requests from outside per second that need it. */
  readonly services: Float64Array;
  readonly stores: Float64Array;
  readonly externals: Float64Array;
  readonly queues: Float64Array;
  /** All requests from outside per second. */
  readonly total: number;
}

/** One pass down the calls, O(calls). Caches count although they are optional: a cold one is felt behind it. */
export function measureImportance(system: System): Importance {
  const operations = Float64Array.from(system.operations, (operation) => operation.entryRate);
  const services = new Float64Array(system.services.length);
  const stores = new Float64Array(system.stores.length);
  const externals = new Float64Array(system.externals.length);
  const queues = new Float64Array(system.queues.length);
  const add = (values: Float64Array, index: number, rate: number): void => {
    values[index] = (values[index] ?? 0) + rate;
  };
  const follow = (call: Call, rate: number): void => {
    const needed = rate * call.probability;
    if (call.kind === 'store') {
      add(stores, call.target, needed);
      if (call.onMiss) follow(call.onMiss, needed * (1 - (system.stores[call.target]?.hitRatio ?? 1)));
    }
    if (call.isOptional) return;
    if (call.kind === 'service') add(operations, call.operation, needed);
    if (call.kind === 'external') add(externals, call.target, needed);
    if (call.kind === 'queue') add(queues, call.target, needed);
  };
  for (const service of system.services) {
    for (const operation of service.operations) {
      const rate = operations[operation.index] ?? 0;
      add(services, service.index, rate);
      for (const call of operation.calls) follow(call, rate);
    }
  }
  return { services, stores, externals, queues, total: system.operations.reduce((sum, o) => sum + o.entryRate, 0) };
}
