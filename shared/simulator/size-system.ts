/** Usual rates and latencies of a drafted system, and limits and capacities that fit them. */
import type { Random } from '../base/random.ts';
import type { CallDraft, SystemDraft } from './system-draft.ts';

export interface UsualLoad {
  /** Per operation. */
  readonly rate: Float64Array;
  readonly latencyMs: Float64Array;
  /** Per store and per pool, queries per second. */
  readonly storeRate: Float64Array;
  readonly poolRate: Float64Array;
  /** Per service, requests per second × processor milliseconds, and × latency in seconds (requests in progress). */
  readonly cpuMs: Float64Array;
  readonly inProgress: Float64Array;
}

/** One pass down for the rates and one up for the latencies; O(calls). */
export function measureUsual(draft: SystemDraft): UsualLoad {
  const rate = new Float64Array(draft.operations.length);
  const latencyMs = new Float64Array(draft.operations.length);
  const storeRate = new Float64Array(draft.stores.length);
  const poolRate = new Float64Array(draft.pools.length);
  const cpuMs = new Float64Array(draft.services.length);
  const inProgress = new Float64Array(draft.services.length);
  const spread = (call: CallDraft, callerRate: number): void => {
    const made = callerRate * call.probability * call.count;
    if (call.kind === 'service') rate[call.operation] = (rate[call.operation] ?? 0) + made;
    if (call.kind === 'queue') {
      const operation = draft.queues[call.target]?.consumerOperation ?? 0;
      rate[operation] = (rate[operation] ?? 0) + made;
    }
    if (call.kind !== 'store') return;
    storeRate[call.target] = (storeRate[call.target] ?? 0) + made;
    poolRate[call.pool] = (poolRate[call.pool] ?? 0) + made;
    if (call.onMiss) spread(call.onMiss, made * (1 - (draft.stores[call.target]?.hitRatio ?? 1)));
  };
  for (const service of draft.services) {
    for (const operation of service.operations) {
      const total = (rate[operation.index] ?? 0) + operation.entryRate;
      rate[operation.index] = total;
      cpuMs[service.index] = (cpuMs[service.index] ?? 0) + total * operation.cpuMs;
      for (const call of operation.calls) spread(call, total);
    }
  }
  for (const service of draft.services.toReversed()) {
    for (const operation of service.operations) {
      let waiting = 0;
      for (const call of operation.calls) {
        const time = call.probability * call.count * callLatencyMs(draft, call, latencyMs);
        waiting = operation.isParallel ? Math.max(waiting, time) : waiting + time;
      }
      const latency = operation.ownMs + waiting;
      latencyMs[operation.index] = latency;
      const busy = ((rate[operation.index] ?? 0) * latency) / 1000;
      inProgress[service.index] = (inProgress[service.index] ?? 0) + busy;
    }
  }
  return { rate, latencyMs, storeRate, poolRate, cpuMs, inProgress };
}

function callLatencyMs(draft: SystemDraft, call: CallDraft, latencyMs: Float64Array): number {
  if (call.kind === 'service') return (latencyMs[call.operation] ?? 0) + 0.6;
  if (call.kind === 'queue') return draft.queues[call.target]?.publishMs ?? 0;
  if (call.kind === 'external') return draft.externals[call.target]?.baseMs ?? 0;
  const store = draft.stores[call.target];
  const miss = call.onMiss ? (1 - (store?.hitRatio ?? 1)) * callLatencyMs(draft, call.onMiss, latencyMs) : 0;
  return (store?.baseMs ?? 0) + miss;
}

/** Smallest usual setting that is at least `needed`. */
function roundUp(needed: number, settings: readonly number[]): number {
  return settings.find((setting) => setting >= needed) ?? (settings.at(-1) as number);
}

export function sizeSystem(draft: SystemDraft, usual: UsualLoad, random: Random): void {
  const mebibyte = 1024 ** 2;
  for (const service of draft.services) {
    const pods = podCount(service.isEntry, usual.inProgress[service.index] ?? 0, random);
    service.slots = Array.from({ length: pods }, () => -1);
    const cores = (usual.cpuMs[service.index] ?? 0) / 1000 / pods / random.uniform(0.22, 0.48);
    service.cpuLimitCores = roundUp(cores, [0.1, 0.2, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 16]);
    const workers = (usual.inProgress[service.index] ?? 0) / pods / random.uniform(0.12, 0.3);
    const settings = service.isEntry ? [256, 512, 1024, 2048] : [8, 12, 16, 24, 32, 48, 64, 100, 200, 400, 800];
    service.workers = roundUp(workers, settings);
    service.memoryLimitBytes =
      random.choice(service.runtime === 'java' ? [768, 1024, 2048] : [256, 384, 512]) * mebibyte;
    service.memoryRatio = random.uniform(0.38, 0.68);
  }
  for (const store of draft.stores) {
    const rate = Math.max(5, usual.storeRate[store.index] ?? 0);
    store.capacity = rate / random.uniform(0.15, 0.38);
  }
  for (const pool of draft.pools) {
    const pods = draft.services[pool.service]?.slots.length ?? 1;
    const store = draft.stores[pool.store];
    const busy = ((usual.poolRate[pool.index] ?? 0) * (store?.baseMs ?? 1)) / 1000 / pods;
    pool.size = roundUp(busy / random.uniform(0.1, 0.3), [5, 8, 10, 12, 15, 20, 25, 30, 40, 50, 80, 100]);
  }
}

function podCount(isEntry: boolean, inProgress: number, random: Random): number {
  if (isEntry) return random.integer(2, 4);
  return Math.min(6, random.integer(2, 3) + (inProgress > 8 ? 1 : 0) + (inProgress > 25 ? 1 : 0));
}
