/** Pods: processor, memory, workers, restarts; and the nodes they share. */
import { noiseAt } from '../base/random.ts';
import { STEP_SECONDS } from './model-state.ts';
import { clamp, waitFactor } from './queueing.ts';
import type { ModelRun } from './run-model.ts';
import type { Service } from './system.ts';

/** Requests wait at most this long for a worker before they are turned away. */
const WAIT_LIMIT_MS = 2500;

/** Memory, restarts and the load on nodes, before the traffic of the step is sent. */
export function startSlots(run: ModelRun): void {
  const { system, state, environment, step } = run;
  const width = system.slots.length;
  const second = step * STEP_SECONDS;
  for (const slot of system.slots) {
    const at = step * width + slot.index;
    const service = system.services[slot.service] as Service;
    const before = at - width;
    const restarts = step > 0 ? (state.slotRestarts[before] ?? 0) : 0;
    state.slotRestarts[at] = restarts;
    state.slotUp[at] = second < slot.addedAtSecond ? 0 : 1;
    const usual = service.memoryRatio * (1 + 0.015 * noiseAt(run.salt + 6, slot.index, step));
    const leaked = step > 0 ? Math.max(0, (state.slotMemoryRatio[before] ?? 0) - service.memoryRatio * 1.02) : 0;
    const leak = (environment.leakPerSecond[slot.index] ?? 0) * STEP_SECONDS;
    state.slotMemoryRatio[at] =
      leak > 0 || leaked > 0.06 ? Math.max(usual, service.memoryRatio * 1.02 + leaked) + leak : usual;
    restartIfNeeded(run, slot.index, restarts);
  }
  for (const service of system.services) refuseCalls(run, service);
  shareNodes(run);
}

function restartIfNeeded(run: ModelRun, slot: number, restarts: number): void {
  const { system, state, step } = run;
  const width = system.slots.length;
  const at = step * width + slot;
  const last = state.restarts.findLast((restart) => restart.slot === slot);
  const service = system.services[system.slots[slot]?.service ?? 0] as Service;
  if (last && step < last.step + last.downSteps) {
    state.slotUp[at] = 0;
    state.slotMemoryRatio[at] = 0.05;
    return;
  }
  if (last && step === last.step + last.downSteps) state.slotMemoryRatio[at] = service.memoryRatio * 0.8;
  if ((state.slotMemoryRatio[at] ?? 0) < 1) return;
  state.slotMemoryRatio[at] = 1;
  state.restarts.push({ slot, step: step + 1, downSteps: Math.min(12, 3 + 2 * restarts) });
  for (let later = step + 1; later < Math.min(step + 2, state.steps); later += 1) {
    state.slotRestarts[later * width + slot] = restarts + 1;
  }
  state.slotRestarts[at] = restarts + 1;
}

/** Until endpoints are updated, calls still go to a pod that is gone. */
function refuseCalls(run: ModelRun, service: Service): void {
  const { system, state, step } = run;
  let refused = 0;
  for (const slot of service.slots) {
    const at = step * system.slots.length + slot;
    if (state.slotUp[at] || step * STEP_SECONDS < (system.slots[slot]?.addedAtSecond ?? -1)) continue;
    // Readiness probes and endpoint updates take about twenty seconds.
    const wasUp = step > 1 && state.slotUp[at - 2 * system.slots.length] === 1;
    refused += wasUp ? 0.85 : 0.06;
  }
  const at = step * system.services.length + service.index;
  state.serviceRefused[at] = refused / service.slots.length;
  state.serviceNetworkMs[at] = run.environment.networkMs[service.index] ?? 0;
  state.serviceTls[at] = run.environment.serviceTls[service.index] ?? 0;
}

/** Processor demand of a step ago plus what does not belong to the system. */
function shareNodes(run: ModelRun): void {
  const { system, state, environment, step } = run;
  const demand = new Float64Array(system.nodes.length);
  const before = (step - 1) * system.slots.length;
  for (const slot of system.slots) {
    const limit = system.services[slot.service]?.cpuLimitCores ?? 0;
    const used = step > 0 ? (state.slotCpuRatio[before + slot.index] ?? 0) * limit : 0.3 * limit;
    demand[slot.node] = (demand[slot.node] ?? 0) + used;
  }
  for (const store of system.stores) {
    const used = step > 0 ? (state.storeCpuRatio[(step - 1) * system.stores.length + store.index] ?? 0) : 0.3;
    demand[store.node] = (demand[store.node] ?? 0) + used * (store.isCache ? 0.5 : 1.2);
  }
  for (const node of system.nodes) {
    const at = step * system.nodes.length + node.index;
    const hog = environment.hogCores[node.index] ?? 0;
    const other = 0.07 * node.cores * (1 + 0.2 * noiseAt(run.salt + 7, node.index, step));
    // Above 1 the node is short of processor time; pods on it are slowed in proportion (`settleSlots`).
    state.nodeCpuRatio[at] = ((demand[node.index] ?? 0) + other + hog) / node.cores;
    state.nodeHogCores[at] = hog;
  }
}

export interface PodsOfService {
  /** Means over the pods that are up. */
  readonly factor: number;
  readonly waitMs: number;
  readonly reject: number;
}

/** Slows the pods of a service down to what their processor, memory, node and workers allow. */
export function settleSlots(run: ModelRun, service: Service, waitingMs: readonly number[]): PodsOfService {
  const { system, state, step } = run;
  const width = system.slots.length;
  const up = service.slots.filter((slot) => state.slotUp[step * width + slot] === 1);
  const pods = Math.max(1, up.length);
  const load = loadOf(run, service, waitingMs, pods);
  let factorSum = 0;
  let waitSum = 0;
  let rejectSum = 0;
  for (const slot of service.slots) {
    const at = step * width + slot;
    if (state.slotUp[at] !== 1) continue;
    const node = state.nodeCpuRatio[step * system.nodes.length + (system.slots[slot]?.node ?? 0)] ?? 0;
    const contention = 1 + 5 * clamp(node - 0.85, 0, 2.2);
    const memory = state.slotMemoryRatio[at] ?? 0;
    const collecting = service.runtime === 'go' ? 2 : 5;
    const gc = 1 + collecting * clamp((memory - 0.82) / 0.18, 0, 1) ** 2;
    const cpu = load.cpuCores / service.cpuLimitCores + 0.03;
    const throttled = 1 + (0.5 * Math.min(cpu, 0.97) ** 5) / (1 - Math.min(cpu, 0.97)) + 3 * Math.max(0, cpu - 1);
    const factor = contention * gc * throttled;
    const busySeconds = load.ownSeconds * factor + load.waitSeconds;
    const rho = busySeconds / service.workers;
    const meanMs = load.rate > 0 ? (busySeconds / load.rate) * 1000 : 0;
    const wait = rho < 1 ? Math.min(WAIT_LIMIT_MS, waitFactor(rho, service.workers) * meanMs) : WAIT_LIMIT_MS;
    const reject = rho < 1 ? 0 : 1 - 1 / rho;
    const before = at - width;
    const known = step > 0 && state.slotUp[before] === 1;
    state.slotWaitMs[at] = known ? 0.5 * (state.slotWaitMs[before] ?? 0) + 0.5 * wait : wait;
    state.slotReject[at] = known ? 0.5 * (state.slotReject[before] ?? 0) + 0.5 * reject : reject;
    state.slotFactor[at] = factor;
    state.slotBusyRatio[at] = Math.min(1, rho);
    state.slotCpuRatio[at] = clamp(cpu * Math.min(gc, 1.8) * (1 + 0.06 * noiseAt(run.salt + 8, slot, step)), 0.005, 1);
    factorSum += factor;
    waitSum += state.slotWaitMs[at] ?? 0;
    rejectSum += state.slotReject[at] ?? 0;
  }
  if (up.length === 0) return { factor: 1, waitMs: 0, reject: 1 };
  return { factor: factorSum / pods, waitMs: waitSum / pods, reject: rejectSum / pods };
}

interface PodLoad {
  readonly rate: number;
  readonly cpuCores: number;
  /** Requests in progress on account of own time, and of waiting for others. */
  readonly ownSeconds: number;
  readonly waitSeconds: number;
}

function loadOf(run: ModelRun, service: Service, waitingMs: readonly number[], pods: number): PodLoad {
  const { system, state, environment, step } = run;
  let rate = 0;
  let cpuCores = 0;
  let ownSeconds = 0;
  let waitSeconds = 0;
  const before = (step - 1) * system.slots.length + (service.slots[0] ?? 0);
  const admitted = step > 0 ? 1 - (state.slotReject[before] ?? 0) : 1;
  service.operations.forEach((operation, i) => {
    const perPod = (state.opRate[step * system.operations.length + operation.index] ?? 0) / pods;
    const slowdown = environment.ownFactor[operation.index] ?? 1;
    rate += perPod;
    // Much of a slower path is waiting on locks and sockets, not computing.
    cpuCores += (perPod * admitted * operation.cpuMs * (1 + 0.3 * (slowdown - 1))) / 1000;
    ownSeconds += (perPod * operation.ownMs * slowdown) / 1000;
    waitSeconds += (perPod * (waitingMs[i] ?? 0)) / 1000;
  });
  return { rate, cpuCores, ownSeconds, waitSeconds };
}
