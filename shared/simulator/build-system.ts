/**
 * Builds a system for a seed: names, layers, operations, who calls whom, stores, queues and third parties; then sizes
 * pods, limits, pools and capacities so that it runs at ordinary utilisation (20 to 50 %) when nothing is wrong.
 */
import type { Random } from '../base/random.ts';
import { createNames } from './names.ts';
import { placePods } from './place-pods.ts';
import { SystemDraft } from './system-draft.ts';
import type { OperationDraft, ServiceDraft } from './system-draft.ts';
import { measureUsual, sizeSystem } from './size-system.ts';
import type { System } from './system.ts';
import { NAMESPACES, ORGANISATIONS, REGIONS, TEAMS } from './vocabulary.ts';

/** Share of services per layer behind the entry layer, outermost first. */
const LAYER_SHARES = [0.32, 0.4, 0.28] as const;

export function buildSystem(random: Random, serviceCount: number): System {
  const names = createNames(random.fork('names'));
  const draft = new SystemDraft();
  createServices(draft, serviceCount, random.fork('services'), names);
  connectServices(draft, random.fork('calls'));
  attachStores(draft, random.fork('stores'), names);
  attachQueues(draft, random.fork('queues'), names);
  attachExternals(draft, random.fork('externals'), names);
  assignEntryRates(draft, serviceCount, random.fork('traffic'));
  const usual = measureUsual(draft);
  sizeSystem(draft, usual, random.fork('sizes'));
  placePods(draft, usual, random.fork('pods'), names);
  const finalUsual = measureUsual(draft);
  const identity = random.fork('identity');
  return draft.finish({
    clusterName: `${identity.choice(['prod', 'live', 'main'])}-${identity.choice(['a', 'b', '01', 'green'])}`,
    environment: 'production',
    organisation: identity.choice(ORGANISATIONS),
    cloudRegion: identity.choice(REGIONS),
    usualRate: finalUsual.rate,
    usualLatencyMs: finalUsual.latencyMs,
  });
}

function createServices(
  draft: SystemDraft,
  count: number,
  random: Random,
  names: ReturnType<typeof createNames>,
): void {
  const entryCount = Math.max(1, Math.min(12, Math.round(count / 35)));
  const hubCount = Math.max(1, Math.min(4, Math.round(count / 40)));
  const inner = count - entryCount - hubCount;
  const namespaces = random.shuffle(NAMESPACES).slice(0, Math.max(1, Math.min(10, Math.round(count / 25))));
  const layers = [entryCount, Math.round(inner * LAYER_SHARES[0]), Math.round(inner * LAYER_SHARES[1])];
  layers.push(inner - (layers[1] ?? 0) - (layers[2] ?? 0), hubCount);
  layers.forEach((size, layer) => {
    for (let i = 0; i < size; i += 1) {
      const isEntry = layer === 0;
      const isHub = layer === layers.length - 1;
      const runtime = isEntry
        ? random.choice(['go', 'nodejs', 'nodejs', 'java'] as const)
        : random.choice(['java', 'java', 'java', 'go', 'go', 'nodejs', 'python', 'dotnet'] as const);
      const name = isEntry ? names.entry() : isHub ? names.hub() : names.service();
      const service = draft.addService({
        name: name.name,
        word: name.word,
        layer,
        namespace: random.choice(namespaces),
        team: random.choice(TEAMS),
        runtime,
        protocol: isEntry || random.chance(0.6) ? 'http' : 'grpc',
        isEntry,
        isHub,
        version: `${random.integer(1, 4)}.${random.integer(0, 40)}.${random.integer(0, 9)}`,
        addressStyle: names.addressStyle,
      });
      const operations = isEntry ? random.integer(4, 6) : isHub ? 1 : random.integer(1, 3);
      for (let k = 0; k < operations; k += 1) addOperation(draft, service, random, names);
    }
  });
}

function addOperation(
  draft: SystemDraft,
  service: ServiceDraft,
  random: Random,
  names: ReturnType<typeof createNames>,
): void {
  const endpoint = names.endpoint(service);
  const ownMs = service.isEntry ? random.uniform(1.5, 5) : random.lognormal(8, 0.6);
  draft.addOperation(service, {
    ...endpoint,
    ownMs,
    cpuMs: ownMs * random.uniform(0.35, 0.8),
    isParallel: random.chance(service.isEntry ? 0.35 : 0.15),
  });
}

/** Every operation behind the entry layer gets at least one caller in the layer before it; hubs get many. */
function connectServices(draft: SystemDraft, random: Random): void {
  const byLayer: OperationDraft[][] = [];
  for (const operation of draft.operations) {
    const { layer } = draft.serviceOf(operation);
    (byLayer[layer] ??= []).push(operation);
  }
  const hubLayer = byLayer.length - 1;
  for (let layer = 1; layer < hubLayer; layer += 1) {
    const callers = byLayer[layer - 1] ?? [];
    for (const callee of byLayer[layer] ?? []) {
      const caller = leastBusy(random, callers);
      draft.addServiceCall(caller, callee, random, { probability: random.uniform(0.4, 0.95), optionalShare: 0.08 });
      if (random.chance(0.25)) {
        const earlier = byLayer[random.integer(Math.max(0, layer - 2), layer - 1)] ?? callers;
        draft.addServiceCall(random.choice(earlier), callee, random, {
          probability: random.uniform(0.2, 0.5),
          optionalShare: 0.35,
        });
      }
    }
  }
  for (const hub of byLayer[hubLayer] ?? []) {
    const callers = draft.operations.filter((operation) => draft.serviceOf(operation).layer < hubLayer);
    const share = Math.min(0.3, 40 / callers.length);
    const chosen = callers.filter(() => random.chance(share));
    for (const caller of chosen.length > 0 ? chosen : callers.slice(0, 1)) {
      draft.addServiceCall(caller, hub, random, { probability: random.uniform(0.3, 0.8), optionalShare: 0.25 });
    }
  }
}

/** Of a few random callers the one with the fewest calls, so that no operation fans out absurdly. */
function leastBusy(random: Random, callers: readonly OperationDraft[]): OperationDraft {
  let best = random.choice(callers);
  for (let i = 0; i < 2; i += 1) {
    const other = random.choice(callers);
    if (other.calls.length < best.calls.length) best = other;
  }
  return best;
}

function attachStores(draft: SystemDraft, random: Random, names: ReturnType<typeof createNames>): void {
  const inner = draft.services.filter((service) => !service.isEntry);
  let shared: { store: number; uses: number } | undefined;
  inner.forEach((service, position) => {
    const mustHave = position === inner.length - 1 && draft.stores.every((store) => store.isCache);
    if (!mustHave && !random.chance(service.layer >= 2 ? 0.7 : 0.45)) return;
    if (!shared || shared.uses >= 2 || random.chance(0.75)) {
      shared = { store: draft.addStore(names.database(service), random).index, uses: 0 };
    }
    shared.uses += 1;
    const store = shared.store;
    const isCached = random.chance(0.3) || (draft.caches === 0 && position > inner.length / 2);
    const cache = isCached ? draft.addStore(names.cache(service), random).index : -1;
    for (const operation of service.operations) {
      const isRead = operation.method === 'GET' || operation === service.operations[0] || random.chance(0.3);
      if (cache >= 0 && isRead) draft.addCachedCall(operation, cache, store, random);
      else draft.addStoreCall(operation, store, random);
    }
  });
}

function attachQueues(draft: SystemDraft, random: Random, names: ReturnType<typeof createNames>): void {
  const wanted = Math.max(1, Math.round(draft.services.length / 14));
  const consumers = random.shuffle(draft.services.filter((service) => service.layer === 3));
  for (let i = 0; i < wanted; i += 1) {
    const consumer = consumers[i % Math.max(1, consumers.length)];
    if (!consumer) return;
    const producers = draft.operations.filter((operation) => {
      const { layer } = draft.serviceOf(operation);
      return layer > 0 && layer < 3 && operation.queue < 0;
    });
    const producer = random.choice(producers);
    const queue = draft.addQueue(names.queue(draft.serviceOf(producer)), consumer, random);
    draft.addPublishCall(producer, queue.index, random, 0);
    if (random.chance(0.4)) draft.addPublishCall(random.choice(producers), queue.index, random, 0.3);
    const operation = draft.addOperation(consumer, {
      name: `process ${queue.name}`,
      method: 'POST',
      route: queue.name,
      noun: consumer.word,
      ownMs: random.lognormal(14, 0.5),
      cpuMs: random.uniform(4, 8),
      isParallel: false,
    });
    operation.queue = queue.index;
    queue.consumerOperation = operation.index;
    const store = draft.stores.find((candidate) => !candidate.isCache);
    const own = consumer.operations.flatMap((other) => other.calls).find((call) => call.kind === 'store');
    if (own ?? store) draft.addStoreCall(operation, own ? own.target : (store?.index ?? 0), random);
  }
}

function attachExternals(draft: SystemDraft, random: Random, names: ReturnType<typeof createNames>): void {
  const wanted = Math.max(1, Math.round(draft.services.length / 12));
  for (let i = 0; i < wanted; i += 1) {
    const callers = draft.operations.filter((operation) => [1, 2].includes(draft.serviceOf(operation).layer));
    const external = draft.addExternal(names.external(), random);
    draft.addExternalCall(random.choice(callers), external.index, random, 0);
    if (random.chance(0.35)) draft.addExternalCall(random.choice(callers), external.index, random, 0.3);
  }
}

/** Zipf-like over the entry operations, in random order. */
function assignEntryRates(draft: SystemDraft, count: number, random: Random): void {
  const entries = random.shuffle(draft.operations.filter((operation) => draft.serviceOf(operation).isEntry));
  const total = random.uniform(25, 60) * Math.sqrt(count);
  const weights = entries.map((_, i) => 1 / (i + 2) ** 0.7);
  const sum = weights.reduce((a, b) => a + b, 0);
  entries.forEach((operation, i) => {
    operation.entryRate = (total * (weights[i] ?? 0)) / sum;
  });
}
