/** Faults whose cause is a database, cache, queue, third party or node. */
import { add, combine, scale } from './environment.ts';
import { pickNeeded, rampAt } from './fault.ts';
import type { Fault, FaultPlan } from './fault.ts';
import type { Call, External, Store } from './system.ts';

type Planned = Omit<Fault, 'scenario' | 'faultKind' | 'startSecond' | 'endSecond' | 'severity'>;

function chooseDatabase(plan: FaultPlan): Store {
  const free = plan.system.stores.filter((store) => !store.isCache && !plan.taken.has(`database:${store.name}`));
  const chosen = pickNeeded(plan, free, (store) => plan.importance.stores[store.index] ?? 0);
  if (!chosen) throw new RangeError(`no database is left for ${plan.scenario}`);
  return chosen;
}

/** Statements that used to hit an index scan the table: the statistics went stale, or a lock is held. */
export function slowQuery(plan: FaultPlan): Planned {
  const store = chooseDatabase(plan);
  const factor = (150 + 650 * plan.severity) / store.baseMs;
  return {
    entity: { type: 'database', name: store.name },
    target: store.index,
    text: null,
    change: null,
    influence: {
      apply(environment, second) {
        scale(environment.storeFactor, store.index, 1 + factor * rampAt(plan, second, 60));
      },
    },
  };
}

/** A volume fills up; when it is full, writes fail. */
export function diskFull(plan: FaultPlan): Planned {
  const store = chooseDatabase(plan);
  const secondsToFull = plan.random.uniform(180, 420);
  return {
    entity: { type: 'database', name: store.name },
    target: store.index,
    text: null,
    change: null,
    influence: {
      apply(environment, second) {
        const share = rampAt(plan, second, secondsToFull);
        if (share === 0) return;
        const used = Math.min(1, store.diskRatio + (1 - store.diskRatio) * share);
        environment.diskRatio[store.index] = used;
        if (used > 0.97) scale(environment.storeFactor, store.index, 1 + 3 * plan.severity);
        if (used >= 0.999) combine(environment.storeError, store.index, Math.min(0.95, 0.3 + 0.5 * plan.severity));
      },
    },
  };
}

/** Keys that were written together expire together; every read goes through to the database behind. */
export function cacheStampede(plan: FaultPlan): Planned {
  const { system, random, severity } = plan;
  const caches = system.stores.filter((store) => store.isCache && !plan.taken.has(`database:${store.name}`));
  const cache = pickNeeded(plan, caches, (store) => floodOf(plan, store));
  if (!cache) throw new RangeError('no cache is left for a cache stampede');
  const owner = ownerOf(plan, cache);
  const isSetting = owner >= 0 && random.chance(0.4);
  const kept = Math.max(0.02, 0.3 - 0.27 * severity);
  return {
    entity: { type: 'database', name: cache.name },
    target: cache.index,
    text: null,
    change: isSetting
      ? { kind: 'configuration', service: owner, key: 'cache.ttl-jitter-seconds', before: '120', after: '0' }
      : null,
    influence: {
      apply(environment, second) {
        const share = rampAt(plan, second, 20);
        if (share === 0) return;
        environment.hitFactor[cache.index] = 1 - (1 - kept) * share;
        // Evicting and rewriting every key keeps the single-threaded cache busy as well.
        scale(environment.storeFactor, cache.index, 1 + 1.5 * severity * share);
        for (const call of callsTo(plan, cache)) {
          // Concurrent misses of one key all compute it; each such query is also a heavy one.
          if (call.onMiss) environment.storeFactor[call.onMiss.target] = 1 + (1 + 3 * severity) * share;
        }
      },
    },
  };
}

function callsTo(plan: FaultPlan, store: Store): Call[] {
  return plan.system.operations.flatMap((operation) =>
    operation.calls.filter((call) => call.kind === 'store' && call.target === store.index),
  );
}
/** Traffic that feels a cold cache: what reads it, less where the database behind could take all the reads. */
function floodOf(plan: FaultPlan, cache: Store): number {
  const behind = callsTo(plan, cache).find((call) => call.onMiss)?.onMiss;
  const capacity = behind ? (plan.system.stores[behind.target]?.capacity ?? 1) : Number.POSITIVE_INFINITY;
  const rate = plan.importance.stores[cache.index] ?? 0;
  return rate * Math.min(1, (2 * rate) / capacity);
}
function ownerOf(plan: FaultPlan, store: Store): number {
  const owner = plan.system.operations.find((operation) =>
    operation.calls.some((call) => call.kind === 'store' && call.target === store.index),
  );
  return owner?.service ?? -1;
}

/** The broker rebalances over and over: messages are handed out slowly and taken slowly. */
export function queueBacklog(plan: FaultPlan): Planned {
  const { system, severity } = plan;
  const queues = system.queues.filter((queue) => !plan.taken.has(`queue:${queue.name}`));
  const queue = pickNeeded(
    plan,
    queues,
    (candidate) =>
      (plan.importance.queues[candidate.index] ?? 0) + 0.01 * (system.usualRate[candidate.consumerOperation] ?? 0),
  );
  if (!queue) throw new RangeError('no queue is left for a backlog');
  const usual = system.usualRate[queue.consumerOperation] ?? 1;
  const handedOut = Math.max(0.05, 0.45 - 0.4 * severity);
  return {
    entity: { type: 'queue', name: queue.name },
    target: queue.index,
    text: null,
    change: null,
    influence: {
      apply(environment, second) {
        const share = rampAt(plan, second, 30);
        if (share === 0) return;
        const wanted = (handedOut * usual) / (3 * usual + 2);
        scale(environment.consumeFactor, queue.index, 1 - (1 - wanted) * share);
        scale(environment.publishFactor, queue.index, 1 + (60 + 300 * severity) * share);
      },
    },
  };
}

/** A third party answers with errors, or hardly answers at all. */
export function thirdPartyOutage(plan: FaultPlan): Planned {
  const external = chooseExternal(plan);
  const { random, severity } = plan;
  const isSlow = random.chance(0.4);
  return {
    entity: { type: 'external', name: external.name },
    target: external.index,
    text: null,
    change: null,
    influence: {
      apply(environment, second) {
        const share = rampAt(plan, second, 40);
        if (share === 0) return;
        if (isSlow)
          scale(environment.externalFactor, external.index, 1 + ((1500 + 5000 * severity) / external.baseMs) * share);
        add(environment.externalError, external.index, (isSlow ? 0.1 : 0.35 + 0.6 * severity) * share);
      },
    },
  };
}

export function expiredExternal(plan: FaultPlan): Planned {
  const external = chooseExternal(plan);
  return {
    entity: { type: 'external', name: external.name },
    target: external.index,
    text: null,
    change: null,
    influence: {
      apply(environment, second) {
        combine(
          environment.externalTls,
          external.index,
          Math.min(1, 0.8 + 0.2 * plan.severity) * rampAt(plan, second, 100),
        );
      },
    },
  };
}
function chooseExternal(plan: FaultPlan): External {
  const { system } = plan;
  const free = system.externals.filter((external) => !plan.taken.has(`external:${external.name}`));
  const chosen = pickNeeded(plan, free, (external) => plan.importance.externals[external.index] ?? 0);
  if (!chosen) throw new RangeError(`no third party is left for ${plan.scenario}`);
  return chosen;
}
/** A batch job without limits takes the processors of one node. */
export function noisyNeighbour(plan: FaultPlan): Planned {
  const { system, severity } = plan;
  const free = system.nodes.filter((node) => !plan.taken.has(`node:${node.name}`));
  const traffic = (index: number): number =>
    system.slots
      .filter((slot) => slot.node === index && slot.addedAtSecond < 0)
      .reduce(
        (sum, slot) =>
          sum + (plan.importance.services[slot.service] ?? 0) / (system.services[slot.service]?.slots.length ?? 1),
        0,
      );
  const node = pickNeeded(plan, free, (candidate) => traffic(candidate.index));
  if (!node) throw new RangeError('no node is left for a noisy neighbour');
  const cores = node.cores * (0.9 + 1.1 * severity);
  return {
    entity: { type: 'node', name: node.name },
    target: node.index,
    text: null,
    change: null,
    influence: {
      apply(environment, second) {
        add(environment.hogCores, node.index, cores * rampAt(plan, second, 40));
      },
    },
  };
}
