/** Databases, caches, the connection pools in front of them, and third parties. */
import { noiseAt } from '../base/random.ts';
import { clamp, waitFactor } from './queueing.ts';
import type { ModelRun } from './run-model.ts';
import type { Pool, Service, Store } from './system.ts';

export function settleStores(run: ModelRun): void {
  for (const store of run.system.stores) settleStore(run, store);
  for (const pool of run.system.pools) settlePool(run, pool);
  settleExternals(run);
}

function settleStore(run: ModelRun, store: Store): void {
  const { system, state, environment, step, salt } = run;
  const at = step * system.stores.length + store.index;
  const factor = environment.storeFactor[store.index] ?? 1;
  const rate = state.storeRate[at] ?? 0;
  // Slower statements also take processor time from the others; a part of what makes them slow is waiting for disk.
  const rho = (rate * (1 + 0.12 * (factor - 1))) / store.capacity;
  const noise = 1 + 0.05 * noiseAt(salt + 9, store.index, step);
  const overload = 1 + 14 * Math.max(0, rho - 0.95);
  const fresh = store.baseMs * factor * noise * (1 + waitFactor(rho, store.servers)) * overload;
  const before = step > 0 ? (state.storeLatencyMs[at - system.stores.length] ?? fresh) : fresh;
  state.storeLatencyMs[at] = Math.min(9000, 0.35 * before + 0.65 * fresh);
  state.storeErrorRatio[at] = environment.storeError[store.index] ?? 0;
  state.storeCpuRatio[at] = clamp(rho * 0.9 * noise + 0.04, 0.01, 1);
  const disk = environment.diskRatio[store.index] ?? -1;
  state.storeDiskRatio[at] = disk >= 0 ? disk : store.diskRatio + 0.00001 * step;
  if (!store.isCache) state.storeHitRatio[at] = 0.985 + 0.004 * noiseAt(salt + 10, store.index, step);
}

/** A pod's connections are held for as long as its queries take; who finds none free waits. */
function settlePool(run: ModelRun, pool: Pool): void {
  const { system, state, environment, step } = run;
  const at = step * system.pools.length + pool.index;
  const service = system.services[pool.service] as Service;
  const storeAt = step * system.stores.length + pool.store;
  const up = service.slots.filter((slot) => state.slotUp[step * system.slots.length + slot] === 1).length;
  const rate = poolRate(run, pool) / Math.max(1, up);
  const holdMs = (state.storeLatencyMs[storeAt] ?? 1) + 0.5;
  const lost = environment.poolLost[pool.index] ?? 0;
  const free = Math.max(0.0005, pool.size * (1 - lost));
  const rho = (rate * holdMs) / 1000 / free;
  const wait = rho < 1 ? Math.min(pool.acquireTimeoutMs, waitFactor(rho, free) * holdMs) : pool.acquireTimeoutMs;
  const timeouts = rho < 1 ? 0 : 1 - 1 / rho;
  const before = at - system.pools.length;
  state.poolWaitMs[at] = step > 0 ? 0.4 * (state.poolWaitMs[before] ?? 0) + 0.6 * wait : wait;
  state.poolTimeoutRatio[at] = step > 0 ? 0.4 * (state.poolTimeoutRatio[before] ?? 0) + 0.6 * timeouts : timeouts;
  state.poolSize[at] = pool.size;
  state.poolUsed[at] = Math.min(pool.size, pool.size * lost + Math.min(free, (rate * holdMs) / 1000));
  state.poolPending[at] = rate * ((state.poolWaitMs[at] ?? 0) / 1000);
  const connections = state.storeConnections[storeAt] ?? 0;
  state.storeConnections[storeAt] = connections + (state.poolUsed[at] ?? 0) * Math.max(1, up);
}

function poolRate(run: ModelRun, pool: Pool): number {
  const { system, state, step } = run;
  let rate = 0;
  for (const operation of system.services[pool.service]?.operations ?? []) {
    for (const call of operation.calls) {
      for (const part of [call, call.onMiss]) {
        if (part?.pool === pool.index) rate += state.callRate[step * system.calls.length + part.index] ?? 0;
      }
    }
  }
  return rate;
}

function settleExternals(run: ModelRun): void {
  const { system, state, environment, step, salt } = run;
  for (const external of system.externals) {
    const at = step * system.externals.length + external.index;
    const noise = 1 + 0.08 * noiseAt(salt + 11, external.index, step);
    state.externalLatencyMs[at] = external.baseMs * noise * (environment.externalFactor[external.index] ?? 1);
    state.externalError[at] = clamp(0.002 + (environment.externalError[external.index] ?? 0), 0, 1);
    state.externalTls[at] = environment.externalTls[external.index] ?? 0;
  }
}
