/** Nodes of the cluster and which of them each pod and each store runs on. */
import type { Random } from '../base/random.ts';
import { safeSuffix } from './names.ts';
import type { NameSource } from './names.ts';
import type { UsualLoad } from './size-system.ts';
import type { SystemDraft } from './system-draft.ts';
import { REGIONS } from './vocabulary.ts';

const PODS_PER_NODE = 9;

/** Fills `slots` and `nodes`; pods of one service go to different nodes where there are enough. */
export function placePods(draft: SystemDraft, usual: UsualLoad, random: Random, names: NameSource): void {
  const wanted = draft.services.reduce((sum, service) => sum + service.slots.length, 0) + draft.stores.length;
  const nodeCount = Math.max(4, Math.ceil(wanted / PODS_PER_NODE));
  const demand = new Float64Array(nodeCount);
  for (const service of draft.services) {
    const pods = service.slots.length;
    const scaledAt = -1;
    const cores = (usual.cpuMs[service.index] ?? 0) / 1000 / pods;
    const used = new Set<number>();
    service.podTemplateHash = safeSuffix(random, 10);
    service.slots = service.slots.map(() => {
      const node = leastLoaded(demand, used, random);
      used.add(node);
      demand[node] = (demand[node] ?? 0) + cores;
      const index = draft.slots.length;
      draft.slots.push({ index, service: service.index, node, addedAtSecond: scaledAt });
      return index;
    });
  }
  for (const store of draft.stores) {
    store.node = random.integer(0, nodeCount - 1);
    demand[store.node] = (demand[store.node] ?? 0) + 0.3;
  }
  const region = random.choice(REGIONS);
  const busiest = Math.max(...demand);
  const cores = [4, 8, 16, 32, 48, 64, 96].find((size) => busiest / size < 0.5) ?? 128;
  draft.nodes = Array.from({ length: nodeCount }, (_, index) => ({
    index,
    name: `${names.nodeName(region)}.compute.internal`,
    zone: `${region}${['a', 'b', 'c'][index % 3] ?? 'a'}`,
    cores,
    memoryBytes: cores * 4 * 1024 ** 3,
  }));
}

/** The emptiest of a few nodes that do not hold a sibling yet. */
function leastLoaded(demand: Float64Array, used: ReadonlySet<number>, random: Random): number {
  let best = -1;
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const node = random.integer(0, demand.length - 1);
    if (used.has(node) && used.size < demand.length) continue;
    if (best < 0 || (demand[node] ?? 0) < (demand[best] ?? 0)) best = node;
  }
  return best < 0 ? random.integer(0, demand.length - 1) : best;
}
