/**
 * The state of the system over time in steps of `STEP_SECONDS`: one row per step, one column per operation, slot, call,
 * store, … (`value = matrix[step × width + index]`). Rates are per second, times milliseconds, ratios 0–1.
 */
import type { System } from './system.ts';

export const STEP_SECONDS = 10;

export interface Restart {
  readonly slot: number;
  readonly step: number;
  readonly downSteps: number;
}

export class ModelState {
  readonly steps: number;
  readonly system: System;
  /** Per operation. */
  readonly opRate: Float32Array;
  readonly opLatencyMs: Float32Array;
  readonly opErrorRatio: Float32Array;
  readonly opOwnError: Float32Array;
  readonly opOwnFactor: Float32Array;
  /** Per slot. `slotFactor` multiplies own time; `slotUp` is 0 while it restarts or before it was added. */
  readonly slotFactor: Float32Array;
  readonly slotWaitMs: Float32Array;
  readonly slotReject: Float32Array;
  readonly slotBusyRatio: Float32Array;
  readonly slotCpuRatio: Float32Array;
  readonly slotMemoryRatio: Float32Array;
  readonly slotUp: Uint8Array;
  readonly slotRestarts: Uint16Array;
  /** Per service: chance that a call to it meets a pod that is gone; delay added to calls; refused certificates. */
  readonly serviceRefused: Float32Array;
  readonly serviceNetworkMs: Float32Array;
  readonly serviceTls: Float32Array;
  /** Per call, one attempt as its caller sees it. */
  readonly callRate: Float32Array;
  readonly callLatencyMs: Float32Array;
  readonly callFailRatio: Float32Array;
  /** Per store. */
  readonly storeRate: Float32Array;
  readonly storeLatencyMs: Float32Array;
  readonly storeErrorRatio: Float32Array;
  readonly storeCpuRatio: Float32Array;
  readonly storeDiskRatio: Float32Array;
  readonly storeHitRatio: Float32Array;
  readonly storeConnections: Float32Array;
  /** Per pool; connections of one pod in use. */
  readonly poolUsed: Float32Array;
  readonly poolSize: Float32Array;
  readonly poolWaitMs: Float32Array;
  readonly poolTimeoutRatio: Float32Array;
  readonly poolPending: Float32Array;
  /** Per queue. */
  readonly queueDepth: Float32Array;
  readonly queueDelayMs: Float32Array;
  readonly queuePublishMs: Float32Array;
  readonly queuePublishError: Float32Array;
  readonly queueInRate: Float32Array;
  readonly queueOutRate: Float32Array;
  /** Per third party. */
  readonly externalLatencyMs: Float32Array;
  readonly externalError: Float32Array;
  readonly externalTls: Float32Array;
  /** Per node, 0–1 and the part of it that belongs to nothing in the system. */
  readonly nodeCpuRatio: Float32Array;
  readonly nodeHogCores: Float32Array;
  readonly restarts: Restart[] = [];

  constructor(system: System, steps: number) {
    this.system = system;
    this.steps = steps;
    const { operations, slots, services, calls, stores, pools, queues, externals, nodes } = system;
    const matrix = (list: readonly unknown[]): Float32Array => new Float32Array(steps * list.length);
    this.opRate = matrix(operations);
    this.opLatencyMs = matrix(operations);
    this.opErrorRatio = matrix(operations);
    this.opOwnError = matrix(operations);
    this.opOwnFactor = matrix(operations);
    this.slotFactor = matrix(slots);
    this.slotWaitMs = matrix(slots);
    this.slotReject = matrix(slots);
    this.slotBusyRatio = matrix(slots);
    this.slotCpuRatio = matrix(slots);
    this.slotMemoryRatio = matrix(slots);
    this.slotUp = new Uint8Array(steps * slots.length);
    this.slotRestarts = new Uint16Array(steps * slots.length);
    this.serviceRefused = matrix(services);
    this.serviceNetworkMs = matrix(services);
    this.serviceTls = matrix(services);
    this.callRate = matrix(calls);
    this.callLatencyMs = matrix(calls);
    this.callFailRatio = matrix(calls);
    this.storeRate = matrix(stores);
    this.storeLatencyMs = matrix(stores);
    this.storeErrorRatio = matrix(stores);
    this.storeCpuRatio = matrix(stores);
    this.storeDiskRatio = matrix(stores);
    this.storeHitRatio = matrix(stores);
    this.storeConnections = matrix(stores);
    this.poolUsed = matrix(pools);
    this.poolSize = matrix(pools);
    this.poolWaitMs = matrix(pools);
    this.poolTimeoutRatio = matrix(pools);
    this.poolPending = matrix(pools);
    this.queueDepth = matrix(queues);
    this.queueDelayMs = matrix(queues);
    this.queuePublishMs = matrix(queues);
    this.queuePublishError = matrix(queues);
    this.queueInRate = matrix(queues);
    this.queueOutRate = matrix(queues);
    this.externalLatencyMs = matrix(externals);
    this.externalError = matrix(externals);
    this.externalTls = matrix(externals);
    this.nodeCpuRatio = matrix(nodes);
    this.nodeHogCores = matrix(nodes);
  }
}
