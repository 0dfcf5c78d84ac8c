/** The system while it is being built: same shapes as `system.ts`, but open for change. */
import type { Random } from '../base/random.ts';
import type { AddressStyle, Endpoint, ServiceName, StoreName } from './names.ts';
import type { Call, External, Node, Operation, Pool, Queue, Service, Slot, Store, System } from './system.ts';

type Open<T> = { -readonly [K in keyof T]: T[K] };
export type CallDraft = Open<Omit<Call, 'onMiss'>> & { onMiss: CallDraft | undefined };
export interface OperationDraft extends Open<Omit<Operation, 'calls'>> {
  calls: CallDraft[];
}
export interface ServiceDraft extends Open<Omit<Service, 'operations' | 'slots'>> {
  operations: OperationDraft[];
  slots: number[];
  readonly word: string;
  readonly layer: number;
  readonly isHub: boolean;
}
export type StoreDraft = Open<Store>;
export type QueueDraft = Open<Queue>;
export interface NewService {
  readonly name: string;
  readonly word: string;
  readonly layer: number;
  readonly namespace: string;
  readonly team: string;
  readonly runtime: Service['runtime'];
  readonly protocol: Service['protocol'];
  readonly isEntry: boolean;
  readonly isHub: boolean;
  readonly version: string;
  readonly addressStyle: AddressStyle;
}
const STORE_PORTS = { postgresql: 5432, mysql: 3306, mongodb: 27017, redis: 6379 } as const;
const GIBIBYTE = 1024 ** 3;

export class SystemDraft {
  readonly services: ServiceDraft[] = [];
  readonly operations: OperationDraft[] = [];
  readonly calls: CallDraft[] = [];
  readonly slots: Slot[] = [];
  readonly stores: StoreDraft[] = [];
  readonly pools: Open<Pool>[] = [];
  readonly queues: QueueDraft[] = [];
  readonly externals: External[] = [];
  nodes: Node[] = [];

  get caches(): number {
    return this.stores.filter((store) => store.isCache).length;
  }
  serviceOf(operation: OperationDraft): ServiceDraft {
    return this.services[operation.service] as ServiceDraft;
  }

  addService(fresh: NewService): ServiceDraft {
    const { addressStyle, ...rest } = fresh;
    const service: ServiceDraft = {
      ...rest,
      index: this.services.length,
      address: addressStyle === 'short' ? rest.name : `${rest.name}.${rest.namespace}.svc.cluster.local`,
      port: rest.protocol === 'grpc' ? 9090 : 8080,
      operations: [],
      slots: [],
      workers: 16,
      cpuLimitCores: 1,
      memoryLimitBytes: GIBIBYTE / 2,
      memoryRatio: 0.5,
      podTemplateHash: '',
    };
    this.services.push(service);
    return service;
  }

  addOperation(
    service: ServiceDraft,
    shape: Endpoint & { readonly ownMs: number; readonly cpuMs: number; readonly isParallel: boolean },
  ): OperationDraft {
    const operation: OperationDraft = {
      ...shape,
      index: this.operations.length,
      service: service.index,
      calls: [],
      entryRate: 0,
      queue: -1,
    };
    this.operations.push(operation);
    service.operations.push(operation);
    return operation;
  }

  addServiceCall(
    caller: OperationDraft,
    callee: OperationDraft,
    random: Random,
    shape: { readonly probability: number; readonly optionalShare: number },
  ): void {
    if (caller.calls.some((call) => call.kind === 'service' && call.operation === callee.index)) return;
    this.#addCall(caller, {
      kind: 'service',
      target: callee.service,
      operation: callee.index,
      probability: shape.probability,
      count: 1,
      timeoutMs: random.choice([1500, 2000, 3000, 5000]),
      retries: random.chance(0.35) ? random.integer(1, 2) : 0,
      isOptional: random.chance(shape.optionalShare),
    });
  }

  addStoreCall(caller: OperationDraft, store: number, random: Random): CallDraft {
    const call = this.#newCall({
      kind: 'store',
      target: store,
      pool: this.#poolOf(caller.service, store, random),
      probability: 1,
      count: random.choice([1, 1, 1, 2, 2, 3]),
      timeoutMs: random.choice([3000, 5000, 8000]),
      statement: random.integer(0, 3),
    });
    caller.calls.push(call);
    return call;
  }

  /** Looks in the cache first and asks the store on a miss. */
  addCachedCall(caller: OperationDraft, cache: number, store: number, random: Random): void {
    const onMiss = this.addStoreCall(caller, store, random);
    caller.calls.pop();
    const call = this.#newCall({
      kind: 'store',
      target: cache,
      pool: this.#poolOf(caller.service, cache, random),
      probability: 1,
      count: onMiss.count,
      timeoutMs: 500,
      isOptional: true,
    });
    onMiss.count = 1;
    call.onMiss = onMiss;
    caller.calls.push(call);
  }

  addPublishCall(caller: OperationDraft, queue: number, random: Random, optionalShare: number): void {
    if (caller.calls.some((call) => call.kind === 'queue' && call.target === queue)) return;
    this.#addCall(caller, {
      kind: 'queue',
      target: queue,
      probability: random.uniform(0.6, 1),
      count: 1,
      timeoutMs: 3000,
      isOptional: random.chance(optionalShare),
    });
  }

  addExternalCall(caller: OperationDraft, external: number, random: Random, optionalShare: number): void {
    if (caller.calls.some((call) => call.kind === 'external' && call.target === external)) return;
    this.#addCall(caller, {
      kind: 'external',
      target: external,
      probability: random.uniform(0.5, 1),
      count: 1,
      timeoutMs: random.choice([2000, 3000, 5000]),
      retries: random.chance(0.4) ? 1 : 0,
      isOptional: random.chance(optionalShare),
    });
  }

  addStore(name: StoreName, random: Random): StoreDraft {
    const isCache = name.system === 'redis';
    const store: StoreDraft = {
      ...name,
      index: this.stores.length,
      isCache,
      port: STORE_PORTS[name.system],
      baseMs: isCache ? random.uniform(0.3, 0.8) : random.uniform(1.5, 6),
      capacity: 1000,
      servers: isCache ? 1 : 8,
      maxConnections: random.choice([100, 200, 400]),
      volumeBytes: random.choice([20, 50, 100, 200]) * GIBIBYTE,
      diskRatio: random.uniform(0.35, 0.72),
      hitRatio: isCache ? random.uniform(0.88, 0.97) : 1,
      workload: name.name,
      podName: `${name.name}-0`,
      node: 0,
    };
    this.stores.push(store);
    return store;
  }

  addQueue(name: ServiceName, consumer: ServiceDraft, random: Random): QueueDraft {
    const system = this.queues[0]?.system ?? random.choice(['kafka', 'kafka', 'rabbitmq'] as const);
    const queue: QueueDraft = {
      index: this.queues.length,
      name: name.name,
      system,
      broker: system === 'kafka' ? 'kafka-0' : 'rabbitmq',
      port: system === 'kafka' ? 9092 : 5672,
      consumer: consumer.index,
      consumerOperation: -1,
      group: consumer.name,
      publishMs: random.uniform(1.5, 4),
    };
    this.queues.push(queue);
    return queue;
  }

  addExternal(name: string, random: Random): External {
    const path = random.choice(['/v1/charges', '/v2/lookup', '/v1/messages', '/v3/quotes', '/api/verify', '/v1/rates']);
    const external: External = { index: this.externals.length, name, path, baseMs: random.uniform(40, 220) };
    this.externals.push(external);
    return external;
  }

  finish(
    rest: Pick<System, 'clusterName' | 'environment' | 'organisation' | 'cloudRegion' | 'usualRate' | 'usualLatencyMs'>,
  ): System {
    const { services, operations, calls, slots, stores, pools, queues, externals, nodes } = this;
    return { ...rest, services, operations, calls, slots, stores, pools, queues, externals, nodes };
  }

  #addCall(caller: OperationDraft, shape: Partial<CallDraft> & Pick<CallDraft, 'kind' | 'target'>): void {
    caller.calls.push(this.#newCall(shape));
  }
  #newCall(shape: Partial<CallDraft> & Pick<CallDraft, 'kind' | 'target'>): CallDraft {
    const call: CallDraft = {
      operation: -1,
      pool: -1,
      probability: 1,
      count: 1,
      timeoutMs: 2000,
      retries: 0,
      isOptional: false,
      statement: 0,
      onMiss: undefined,
      ...shape,
      index: this.calls.length,
    };
    this.calls.push(call);
    return call;
  }
  #poolOf(service: number, store: number, random: Random): number {
    const known = this.pools.find((pool) => pool.service === service && pool.store === store);
    if (known) return known.index;
    const acquireTimeoutMs = random.choice([1500, 2000, 3000]);
    const pool = { index: this.pools.length, service, store, size: 10, acquireTimeoutMs };
    this.pools.push(pool);
    return pool.index;
  }
}
