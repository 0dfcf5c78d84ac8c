/**
 * The system that is simulated: services with operations that call each other, stores, queues and third parties, and
 * the pods and nodes they run on. Built once per seed and never changed; what happens in it over time is `ModelState`.
 * Services are in call order: a service only calls services with a larger index, so the graph has no cycle.
 */
export type Runtime = 'java' | 'go' | 'nodejs' | 'python' | 'dotnet';
export type Protocol = 'http' | 'grpc';
export type CallKind = 'service' | 'store' | 'queue' | 'external';

export interface Call {
  /** Position in `System.calls`. */
  readonly index: number;
  readonly kind: CallKind;
  /** Index into services, stores, queues or externals. */
  readonly target: number;
  /** Index into `System.operations` of the called operation; -1 where the target has none. */
  readonly operation: number;
  /** Index into `System.pools`; -1 where no connection pool is used. */
  readonly pool: number;
  /** Chance that the caller makes the call at all, and how many times in a row it then does. */
  readonly probability: number;
  readonly count: number;
  readonly timeoutMs: number;
  /** Attempts after the first that failed. */
  readonly retries: number;
  /** The caller goes on without the answer. */
  readonly isOptional: boolean;
  /** Position in the target's statements or endpoints, for text. */
  readonly statement: number;
  /** What is called when a cache does not have the value. */
  readonly onMiss: Call | undefined;
}
export interface Operation {
  /** Position in `System.operations`. */
  readonly index: number;
  readonly service: number;
  /** Span name on the server side. */
  readonly name: string;
  readonly method: string;
  /** Route template for HTTP, full method for gRPC. */
  readonly route: string;
  /** What it is about, for log lines: `order`, `price`. */
  readonly noun: string;
  /** Time spent in the service itself, without waiting for others, and the processor time in it. */
  readonly ownMs: number;
  readonly cpuMs: number;
  readonly calls: readonly Call[];
  readonly isParallel: boolean;
  /** Requests per second from outside at the daily mean, 0 for none. */
  readonly entryRate: number;
  /** Index of the queue whose messages it processes, -1 for none. */
  readonly queue: number;
}
export interface Service {
  readonly index: number;
  readonly name: string;
  readonly namespace: string;
  readonly team: string;
  readonly runtime: Runtime;
  readonly protocol: Protocol;
  readonly isEntry: boolean;
  /** Host name that its callers use. */
  readonly address: string;
  readonly port: number;
  readonly version: string;
  readonly operations: readonly Operation[];
  /** Indexes into `System.slots`. */
  readonly slots: readonly number[];
  /** Requests one pod works on at a time. */
  readonly workers: number;
  readonly cpuLimitCores: number;
  readonly memoryLimitBytes: number;
  /** Share of the limit in use when nothing is wrong. */
  readonly memoryRatio: number;
  readonly podTemplateHash: string;
}
/** A place for a pod; which pod is in it changes with restarts and deployments. */
export interface Slot {
  readonly index: number;
  readonly service: number;
  readonly node: number;
  /** Seconds after the start when an autoscaler added it; -1 = it was there before. */
  readonly addedAtSecond: number;
}
export interface Store {
  readonly index: number;
  readonly name: string;
  /** `db.system.name` */
  readonly system: 'postgresql' | 'mysql' | 'mongodb' | 'redis';
  readonly isCache: boolean;
  readonly port: number;
  readonly database: string;
  readonly table: string;
  readonly baseMs: number;
  /** Queries per second at which it is fully used. */
  readonly capacity: number;
  readonly servers: number;
  readonly maxConnections: number;
  readonly volumeBytes: number;
  readonly diskRatio: number;
  readonly hitRatio: number;
  readonly workload: string;
  readonly podName: string;
  readonly node: number;
  readonly namespace: string;
}
/** Connections of one service to one store; `size` is per pod. */
export interface Pool {
  readonly index: number;
  readonly service: number;
  readonly store: number;
  readonly size: number;
  readonly acquireTimeoutMs: number;
}
export interface Queue {
  readonly index: number;
  /** Destination name. */
  readonly name: string;
  readonly system: 'kafka' | 'rabbitmq';
  readonly broker: string;
  readonly port: number;
  readonly consumer: number;
  readonly consumerOperation: number;
  readonly group: string;
  readonly publishMs: number;
}
export interface External {
  readonly index: number;
  readonly name: string;
  readonly path: string;
  readonly baseMs: number;
}
export interface Node {
  readonly index: number;
  readonly name: string;
  readonly zone: string;
  readonly cores: number;
  readonly memoryBytes: number;
}
export interface System {
  readonly clusterName: string;
  readonly environment: string;
  readonly organisation: string;
  readonly cloudRegion: string;
  readonly services: readonly Service[];
  readonly operations: readonly Operation[];
  readonly calls: readonly Call[];
  readonly slots: readonly Slot[];
  readonly stores: readonly Store[];
  readonly pools: readonly Pool[];
  readonly queues: readonly Queue[];
  readonly externals: readonly External[];
  readonly nodes: readonly Node[];
  /** Requests per second per operation when nothing is wrong, at the daily mean. */
  readonly usualRate: Float64Array;
  /** Mean latency per operation when nothing is wrong. */
  readonly usualLatencyMs: Float64Array;
}
