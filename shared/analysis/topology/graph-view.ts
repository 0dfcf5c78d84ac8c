/**
 * Lookups over a finished graph: neighbours, membership, distance, blast radius. Neighbour lists are built once; every
 * list is in ascending index order, so that walks are the same on every run.
 */
import type { EntityIndex } from '../../model/telemetry.ts';
import type { AnalysisWindows, CallEdge, NodeTraffic, RelationEdge, ServiceGraph } from './service-graph.ts';

export interface GraphParts {
  readonly windows: AnalysisWindows;
  readonly foldedInto: Int32Array;
  readonly calls: readonly CallEdge[];
  readonly relations: readonly RelationEdge[];
  readonly traffic: readonly (NodeTraffic | null)[];
  readonly isInstrumented: Uint8Array;
}
const NONE: readonly number[] = [];

class ServiceGraphView implements ServiceGraph {
  readonly windows: AnalysisWindows;
  readonly size: number;
  readonly foldedInto: Int32Array;
  readonly calls: readonly CallEdge[];
  readonly relations: readonly RelationEdge[];
  readonly traffic: readonly (NodeTraffic | null)[];
  readonly isInstrumented: Uint8Array;
  readonly #from = new Map<number, number[]>();
  readonly #to = new Map<number, number[]>();
  readonly #service: Int32Array;
  readonly #node: Int32Array;
  readonly #instances = new Map<number, number[]>();
  readonly #residents = new Map<number, number[]>();

  constructor(parts: GraphParts) {
    this.windows = parts.windows;
    this.size = parts.foldedInto.length;
    this.foldedInto = parts.foldedInto;
    this.calls = parts.calls;
    this.relations = parts.relations;
    this.traffic = parts.traffic;
    this.isInstrumented = parts.isInstrumented;
    this.#service = Int32Array.from({ length: this.size }, (_, index) => parts.foldedInto[index]!);
    this.#node = new Int32Array(this.size).fill(-1);
    parts.calls.forEach((edge, index) => {
      push(this.#from, edge.from, index);
      push(this.#to, edge.to, index);
    });
    for (const relation of parts.relations) {
      if (relation.kind === 'partOf') this.#service[relation.from] = relation.to;
      if (relation.kind === 'runsOn') this.#node[relation.from] = relation.to;
    }
    for (let index = 0; index < this.size; index++) {
      if (this.#service[index] !== index && parts.foldedInto[index] === index)
        push(this.#instances, this.#service[index]!, index);
      if (this.#node[index]! >= 0) push(this.#residents, this.#node[index]!, index);
    }
  }
  callsFrom(entity: EntityIndex): readonly number[] {
    return this.#from.get(entity) ?? NONE;
  }
  callsTo(entity: EntityIndex): readonly number[] {
    return this.#to.get(entity) ?? NONE;
  }
  serviceOf(entity: EntityIndex): EntityIndex {
    return entity < 0 ? entity : this.#service[entity]!;
  }
  instancesOf(service: EntityIndex): readonly EntityIndex[] {
    return this.#instances.get(service) ?? NONE;
  }
  nodeOf(instance: EntityIndex): EntityIndex {
    return this.#node[instance] ?? -1;
  }
  residentsOf(node: EntityIndex): readonly EntityIndex[] {
    return this.#residents.get(node) ?? NONE;
  }
  distance(from: EntityIndex, to: EntityIndex, limit: number): number {
    const target = this.foldedInto[to] ?? to;
    const seen = new Set<number>([this.foldedInto[from] ?? from]);
    let front = [...seen];
    for (let steps = 0; steps <= limit; steps++) {
      if (seen.has(target)) return steps;
      const next: number[] = [];
      for (const at of front)
        for (const neighbour of this.#neighbours(at))
          if (!seen.has(neighbour)) {
            seen.add(neighbour);
            next.push(neighbour);
          }
      if (next.length === 0) break;
      front = next;
    }
    return Infinity;
  }
  blastRadius(entity: EntityIndex): ReadonlyMap<EntityIndex, number> {
    const reached = new Map<number, number>([[entity, 0]]);
    const queue = [entity];
    for (let head = 0; head < queue.length; head++) {
      const at = queue[head]!;
      const hops = reached.get(at)!;
      const visit = (next: number, cost: number): void => {
        if (next < 0 || reached.has(next)) return;
        reached.set(next, hops + cost);
        queue.push(next);
      };
      for (const edge of this.callsTo(at)) visit(this.calls[edge]!.from, 1);
      if (this.serviceOf(at) !== at) visit(this.serviceOf(at), 0);
      for (const resident of this.residentsOf(at)) visit(resident, 0);
    }
    return reached;
  }
  *#neighbours(entity: EntityIndex): Generator<EntityIndex> {
    for (const edge of this.callsFrom(entity)) yield this.calls[edge]!.to;
    for (const edge of this.callsTo(entity)) yield this.calls[edge]!.from;
    if (this.serviceOf(entity) !== entity) yield this.serviceOf(entity);
    yield* this.instancesOf(entity);
    if (this.nodeOf(entity) >= 0) yield this.nodeOf(entity);
    yield* this.residentsOf(entity);
  }
}
function push(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

export function viewGraph(parts: GraphParts): ServiceGraph {
  return new ServiceGraphView(parts);
}
