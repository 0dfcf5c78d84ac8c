/**
 * What acts on the system from outside during one step: faults, harmless blips, batch jobs. Reset before every step,
 * then each influence adds its part. Everything else in the model follows from these numbers.
 */
import type { System } from './system.ts';

export class Environment {
  /** × requests from outside, per operation. */
  readonly entryFactor: Float64Array;
  /** × own time, and chance that the operation itself fails, per operation. */
  readonly ownFactor: Float64Array;
  readonly ownError: Float64Array;
  /** Added to every call towards the service, and chance that its certificate is refused, per service. */
  readonly networkMs: Float64Array;
  readonly serviceTls: Float64Array;
  /** Memory leaked per second as a share of the limit, per slot. */
  readonly leakPerSecond: Float64Array;
  /** × service time, chance to fail, used share of the volume (-1 = usual), × hit ratio, per store. */
  readonly storeFactor: Float64Array;
  readonly storeError: Float64Array;
  readonly diskRatio: Float64Array;
  readonly hitFactor: Float64Array;
  /** Share of the pool's connections that are gone, per pool. */
  readonly poolLost: Float64Array;
  /** × latency, chance to answer with an error, to time out, and to present a refused certificate, per third party. */
  readonly externalFactor: Float64Array;
  readonly externalError: Float64Array;
  readonly externalTls: Float64Array;
  /** × speed at which messages are handed out, × publish latency, per queue. */
  readonly consumeFactor: Float64Array;
  readonly publishFactor: Float64Array;
  /** Cores taken by something that is not part of the system, per node. */
  readonly hogCores: Float64Array;

  constructor(system: System) {
    const { operations, services, slots, stores, pools, externals, queues, nodes } = system;
    this.entryFactor = new Float64Array(operations.length);
    this.ownFactor = new Float64Array(operations.length);
    this.ownError = new Float64Array(operations.length);
    this.networkMs = new Float64Array(services.length);
    this.serviceTls = new Float64Array(services.length);
    this.leakPerSecond = new Float64Array(slots.length);
    this.storeFactor = new Float64Array(stores.length);
    this.storeError = new Float64Array(stores.length);
    this.diskRatio = new Float64Array(stores.length);
    this.hitFactor = new Float64Array(stores.length);
    this.poolLost = new Float64Array(pools.length);
    this.externalFactor = new Float64Array(externals.length);
    this.externalError = new Float64Array(externals.length);
    this.externalTls = new Float64Array(externals.length);
    this.consumeFactor = new Float64Array(queues.length);
    this.publishFactor = new Float64Array(queues.length);
    this.hogCores = new Float64Array(nodes.length);
  }

  reset(): void {
    for (const factor of [
      this.entryFactor,
      this.ownFactor,
      this.storeFactor,
      this.hitFactor,
      this.externalFactor,
      this.consumeFactor,
      this.publishFactor,
    ]) {
      factor.fill(1);
    }
    this.diskRatio.fill(-1);
    for (const amount of [
      this.ownError,
      this.networkMs,
      this.serviceTls,
      this.leakPerSecond,
      this.storeError,
      this.poolLost,
      this.externalError,
      this.externalTls,
      this.hogCores,
    ]) {
      amount.fill(0);
    }
  }
}

/** Something that acts on the system; `second` counts from the start of the recording. */
export interface Influence {
  apply(environment: Environment, second: number): void;
}

export function scale(values: Float64Array, index: number, factor: number): void {
  values[index] = (values[index] ?? 1) * factor;
}
export function add(values: Float64Array, index: number, amount: number): void {
  values[index] = (values[index] ?? 0) + amount;
}
/** 1 - (1-a)(1-b): two independent ways to fail. */
export function combine(values: Float64Array, index: number, probability: number): void {
  values[index] = 1 - (1 - (values[index] ?? 0)) * (1 - probability);
}
