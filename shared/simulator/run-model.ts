/**
 * Runs the system through time. Each step goes once down the calls for the traffic (retries use what failed a step
 * ago; a call that fails keeps the calls after it from being made) and once up for latency and errors (a slow callee
 * occupies workers and connections of its callers, which makes those wait and finally refuse). Noise depends on entity
 * and step only, so a run without a fault differs from the run with it by nothing but the fault.
 * O(steps × (calls + slots)).
 */
import { noiseAt } from '../base/random.ts';
import { Environment } from './environment.ts';
import type { Influence } from './environment.ts';
import { ModelState, STEP_SECONDS } from './model-state.ts';
import { clamp, LATENCY_SIGMA, shareAbove } from './queueing.ts';
import { settleSlots, startSlots } from './slot-model.ts';
import { settleStores } from './store-model.ts';
import type { Call, Operation, Service, System } from './system.ts';
import type { TrafficShape } from './traffic-shape.ts';

/** Round trip inside the cluster. */
export const NETWORK_MS = 0.6;

export interface ModelRun {
  readonly system: System;
  readonly state: ModelState;
  readonly environment: Environment;
  readonly salt: number;
  /** First index of this step and of the one before in matrices over operations, calls, …: `step × width`. */
  readonly step: number;
}

export function runModel(
  system: System,
  influences: readonly Influence[],
  shape: TrafficShape,
  steps: number,
): ModelState {
  const state = new ModelState(system, steps);
  const environment = new Environment(system);
  for (let step = 0; step < steps; step += 1) {
    environment.reset();
    for (const influence of influences) influence.apply(environment, step * STEP_SECONDS);
    const run: ModelRun = { system, state, environment, salt: shape.salt, step };
    startSlots(run);
    sendTraffic(run, shape);
    settleStores(run);
    for (let i = system.services.length - 1; i >= 0; i -= 1) settleService(run, system.services[i] as Service);
  }
  return state;
}

/** Rates, from the entry down. */
function sendTraffic(run: ModelRun, shape: TrafficShape): void {
  const { system, state, environment, step } = run;
  const base = step * system.operations.length;
  const produced = new Float64Array(system.queues.length);
  for (const service of system.services) {
    for (const operation of service.operations) {
      const at = base + operation.index;
      let rate = state.opRate[at] ?? 0;
      if (operation.entryRate > 0) {
        rate +=
          operation.entryRate * shape.factor(operation.index, step) * (environment.entryFactor[operation.index] ?? 1);
      }
      if (operation.queue >= 0) rate += consume(run, operation, produced);
      state.opRate[at] = rate;
      state.opOwnError[at] = environment.ownError[operation.index] ?? 0;
      state.opOwnFactor[at] = environment.ownFactor[operation.index] ?? 1;
      let passing = rate * (1 - meanReject(run, service)) * (1 - (environment.ownError[operation.index] ?? 0));
      for (const call of operation.calls) passing = sendCalls(run, call, passing, produced);
    }
  }
}

/** Adds the traffic of one call; returns the rate at which its caller goes on to the next one. */
function sendCalls(run: ModelRun, call: Call, passing: number, produced: Float64Array): number {
  const { system, state, environment, step } = run;
  const width = system.calls.length;
  const failed = step > 0 ? (state.callFailRatio[(step - 1) * width + call.index] ?? 0) : 0;
  let made = passing * call.probability * call.count;
  for (let k = 1, share = failed; k <= call.retries; k += 1, share *= failed) {
    made += passing * call.probability * call.count * share;
  }
  state.callRate[step * width + call.index] = made;
  if (call.kind === 'service') {
    const at = step * system.operations.length + call.operation;
    const refused = state.serviceRefused[step * system.services.length + call.target] ?? 0;
    const arriving = made * (1 - refused) * (1 - (environment.serviceTls[call.target] ?? 0));
    state.opRate[at] = (state.opRate[at] ?? 0) + arriving;
  } else if (call.kind === 'queue') {
    const at = (step - 1) * system.queues.length + call.target;
    produced[call.target] =
      (produced[call.target] ?? 0) + made * (1 - (step > 0 ? (state.queuePublishError[at] ?? 0) : 0));
  } else if (call.kind === 'store') {
    const at = step * system.stores.length + call.target;
    state.storeRate[at] = (state.storeRate[at] ?? 0) + made;
    if (call.onMiss) sendCalls(run, call.onMiss, made * (1 - hitRatio(run, call.target)), produced);
  }
  if (call.isOptional) return passing;
  const final = failed ** (1 + 0.7 * call.retries);
  return passing * (1 - call.probability * (1 - (1 - final) ** call.count));
}

function hitRatio(run: ModelRun, store: number): number {
  const { system, environment, step, salt } = run;
  const usual = system.stores[store]?.hitRatio ?? 1;
  const value = clamp(
    usual * (environment.hitFactor[store] ?? 1) + 0.008 * noiseAt(salt + 3, store, step),
    0.01,
    0.995,
  );
  run.state.storeHitRatio[step * system.stores.length + store] = value;
  return value;
}

/** Messages leave a queue as fast as the broker hands them out and the consumer's workers take them. */
function consume(run: ModelRun, operation: Operation, produced: Float64Array): number {
  const { system, state, environment, step } = run;
  const queue = system.queues[operation.queue];
  if (!queue) return 0;
  const at = step * system.queues.length + queue.index;
  const before = step > 0 ? (state.queueDepth[at - system.queues.length] ?? 0) : 0;
  const service = system.services[operation.service] as Service;
  const previous = (step - 1) * system.operations.length + operation.index;
  const latency = step > 0 ? (state.opLatencyMs[previous] ?? 20) : (system.usualLatencyMs[operation.index] ?? 20);
  const workers = Math.min(service.workers * service.slots.length, 4 * usualNeed(run, operation));
  const arriving = produced[queue.index] ?? 0;
  const handedOut = (3 * (system.usualRate[operation.index] ?? 1) + 2) * (environment.consumeFactor[queue.index] ?? 1);
  const capacity = Math.min((workers * 1000) / Math.max(1, latency), handedOut);
  const out = Math.min(before / STEP_SECONDS + arriving, capacity);
  const depth = Math.max(0, before + (arriving - out) * STEP_SECONDS);
  state.queueInRate[at] = arriving;
  state.queueOutRate[at] = out;
  state.queueDepth[at] = depth;
  state.queueDelayMs[at] = 4 + (depth / Math.max(0.05, out)) * 1000;
  // A broker that cannot keep up also takes new messages slowly, and full buffers turn them away.
  const publishMs = queue.publishMs * (environment.publishFactor[queue.index] ?? 1);
  state.queuePublishMs[at] = publishMs * (1 + 0.15 * noiseAt(run.salt + 4, queue.index, step));
  state.queuePublishError[at] = shareAbove(publishMs, 3000, 0.8);
  return out;
}

/** Workers that the consumer of a queue keeps busy when nothing is wrong, at least one per pod. */
function usualNeed(run: ModelRun, operation: Operation): number {
  const { system } = run;
  const busy = ((system.usualRate[operation.index] ?? 0) * (system.usualLatencyMs[operation.index] ?? 0)) / 1000;
  return Math.max(system.services[operation.service]?.slots.length ?? 1, busy);
}

function meanReject(run: ModelRun, service: Service): number {
  const { state, step, system } = run;
  if (step === 0) return 0;
  let sum = 0;
  for (const slot of service.slots) sum += state.slotReject[(step - 1) * system.slots.length + slot] ?? 0;
  return sum / service.slots.length;
}

/** Latency and errors of one service whose callees are already settled. */
function settleService(run: ModelRun, service: Service): void {
  const { system, state, environment, step } = run;
  const base = step * system.operations.length;
  const waiting: number[] = [];
  const surviving: number[] = [];
  for (const operation of service.operations) {
    let total = 0;
    let survivors = 1;
    for (const call of operation.calls) {
      const time = settleCall(run, call) * call.probability * call.count;
      total = operation.isParallel ? Math.max(total, time) : total + survivors * time;
      if (call.isOptional) continue;
      const final = (state.callFailRatio[step * system.calls.length + call.index] ?? 0) ** (1 + 0.7 * call.retries);
      survivors *= 1 - call.probability * (1 - (1 - final) ** call.count);
    }
    waiting.push(total * (1 - (environment.ownError[operation.index] ?? 0)));
    surviving.push(survivors);
  }
  const pods = settleSlots(run, service, waiting);
  service.operations.forEach((operation, i) => {
    const at = base + operation.index;
    const own = operation.ownMs * (environment.ownFactor[operation.index] ?? 1) * pods.factor;
    state.opLatencyMs[at] = own + (waiting[i] ?? 0) + pods.waitMs;
    const ownError = environment.ownError[operation.index] ?? 0;
    const background = 0.0006 * (1 + 0.28 * noiseAt(run.salt + 5, operation.index, step));
    state.opErrorRatio[at] = 1 - (1 - background) * (1 - pods.reject) * (1 - ownError) * (surviving[i] ?? 1);
  });
}

/** Mean time a caller spends on one call including retries; writes the latency and failure of one attempt. */
function settleCall(run: ModelRun, call: Call): number {
  const { system, state, step } = run;
  const at = step * system.calls.length + call.index;
  const attempt = attemptOf(run, call);
  const slow = shareAbove(attempt.latencyMs, call.timeoutMs, LATENCY_SIGMA);
  const fail = 1 - (1 - attempt.fail) * (1 - slow);
  const latency = Math.min(attempt.latencyMs, call.timeoutMs);
  state.callLatencyMs[at] = latency;
  state.callFailRatio[at] = fail;
  let time = latency;
  for (let k = 1, share = fail; k <= call.retries; k += 1, share *= fail) time += share * (latency + 40);
  if (call.onMiss)
    time += (1 - (state.storeHitRatio[step * system.stores.length + call.target] ?? 1)) * settleCall(run, call.onMiss);
  return time;
}

function attemptOf(run: ModelRun, call: Call): { latencyMs: number; fail: number } {
  const { system, state, environment, step } = run;
  if (call.kind === 'service') {
    const op = step * system.operations.length + call.operation;
    const tls = environment.serviceTls[call.target] ?? 0;
    const refused = state.serviceRefused[step * system.services.length + call.target] ?? 0;
    const delay = environment.networkMs[call.target] ?? 0;
    const full = (state.opLatencyMs[op] ?? 0) + NETWORK_MS + delay;
    const reached = (1 - tls) * (1 - refused);
    return { latencyMs: full * reached + 8 * (1 - reached), fail: 1 - reached * (1 - (state.opErrorRatio[op] ?? 0)) };
  }
  if (call.kind === 'queue') {
    const q = step * system.queues.length + call.target;
    return { latencyMs: state.queuePublishMs[q] ?? 0, fail: state.queuePublishError[q] ?? 0 };
  }
  if (call.kind === 'external') {
    const x = step * system.externals.length + call.target;
    const tls = environment.externalTls[call.target] ?? 0;
    const latency = (state.externalLatencyMs[x] ?? 0) * (1 - tls) + 60 * tls;
    return { latencyMs: latency, fail: 1 - (1 - tls) * (1 - (state.externalError[x] ?? 0)) };
  }
  const s = step * system.stores.length + call.target;
  const p = step * system.pools.length + call.pool;
  const noConnection = state.poolTimeoutRatio[p] ?? 0;
  const latency = (state.storeLatencyMs[s] ?? 0) + (state.poolWaitMs[p] ?? 0);
  return { latencyMs: latency, fail: 1 - (1 - noConnection) * (1 - (state.storeErrorRatio[s] ?? 0)) };
}
