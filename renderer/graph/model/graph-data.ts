/**
 * The dependency graph at one level (namespaces, services, instances), as index-based lists that walks are cheap on.
 * What the level does not show is lifted to what it belongs to; calls between the same two ends are added up.
 * Invariant: nodes are sorted by key, so that equal input gives equal indices.
 */
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { ATTR_SERVICE_NAME } from '../../../shared/semconv/attribute-keys.ts';
import type { GraphEdge, GraphNode } from '../../../shared/model/analysis-result.ts';
import { shapeOf } from './entity-shape.ts';
import type { ShapeKind } from './entity-shape.ts';
import type { Membership } from './membership.ts';

export type Health = GraphNode['health'];
export type GraphLevel = 'namespace' | 'service' | 'instance';

export interface GraphInput {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}
export interface NodeStats {
  readonly requestsPerSecond: number | null;
  readonly errorRatio: number | null;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly alertCount: number;
}
export interface DataNode {
  readonly key: string;
  readonly entity: EntityRef;
  readonly shape: ShapeKind;
  /** Namespace, service (at instance level) or the group that stands in for one. */
  readonly group: string;
  readonly isInstrumented: boolean;
  readonly health: Health;
  readonly stats: NodeStats;
  /** Entities of the answered graph that this node stands for, itself included. */
  readonly memberKeys: readonly string[];
}
export interface DataEdge {
  readonly from: number;
  readonly to: number;
  /** `runs`: no call, but from a service to an instance that runs it; at the level of instances only. */
  readonly kind: 'calls' | 'runs';
  readonly calls: number;
  readonly errorRatio: number | null;
  readonly latencyP95Ms: number | null;
  readonly provenance: readonly string[];
  /** No call was seen: the edge follows from configuration, alerts or text. */
  readonly isInferred: boolean;
}
export interface GraphData {
  readonly level: GraphLevel;
  readonly nodes: readonly DataNode[];
  readonly edges: readonly DataEdge[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Index of the node that shows an entity at this level. */
  readonly nodeOfEntity: ReadonlyMap<string, number>;
  /** Edge indices by caller and by callee, self-calls left out. */
  readonly callsFrom: readonly (readonly number[])[];
  readonly callsTo: readonly (readonly number[])[];
}

const HEALTH_RANK: Readonly<Record<Health, number>> = { failing: 3, degraded: 2, healthy: 1, unknown: 0 };

export function buildGraphData(input: GraphInput, membership: Membership, level: GraphLevel): GraphData {
  const called = new Set<string>();
  for (const edge of input.edges) called.add(entityKey(edge.from)).add(entityKey(edge.to));
  const known = new Set(input.nodes.map((node) => entityKey(node.entity)));
  const membersOf = new Map<string, { readonly entity: EntityRef; readonly nodes: GraphNode[] }>();
  for (const node of input.nodes) {
    const shown = liftEntity(node, membership, level, called, known);
    if (!shown) continue;
    const key = entityKey(shown);
    const entry = membersOf.get(key);
    if (entry) entry.nodes.push(node);
    else membersOf.set(key, { entity: shown, nodes: [node] });
  }
  const keys = [...membersOf.keys()].sort();
  const indexOf = new Map(keys.map((key, index) => [key, index]));
  const nodeOfEntity = new Map<string, number>();
  const nodes = keys.map((key, index) => {
    const { entity, nodes: members } = membersOf.get(key) as { entity: EntityRef; nodes: GraphNode[] };
    for (const member of members) nodeOfEntity.set(entityKey(member.entity), index);
    return dataNode(entity, members, membership, level);
  });
  const edges = liftEdges(input.edges, nodeOfEntity);
  if (level === 'instance') edges.push(...instanceEdges(nodes, membership, indexOf));
  const callsFrom: number[][] = nodes.map(() => []);
  const callsTo: number[][] = nodes.map(() => []);
  edges.forEach((edge, index) => {
    if (edge.from === edge.to || edge.kind !== 'calls') return;
    callsFrom[edge.from]?.push(index);
    callsTo[edge.to]?.push(index);
  });
  return { level, nodes, edges, indexOf, nodeOfEntity, callsFrom, callsTo };
}

/** The entity that shows `node` at a level; undefined = not drawn there. */
function liftEntity(
  node: GraphNode,
  membership: Membership,
  level: GraphLevel,
  called: ReadonlySet<string>,
  known: ReadonlySet<string>,
): EntityRef | undefined {
  const { entity } = node;
  const service = membership.serviceOf(entity);
  if (level === 'namespace') return { type: 'namespace', name: membership.groupOf(service ?? entity) };
  if (level === 'instance') return entity;
  if (entity.type === 'instance') {
    if (service && known.has(entityKey(service))) return service;
    return called.has(entityKey(entity)) ? entity : undefined;
  }
  // Hosts and workloads nobody calls would be loose dots; those with something to say stay.
  const isQuiet = node.health === 'healthy' || node.health === 'unknown';
  const isLoose = entity.type === 'node' || entity.type === 'workload' || entity.type === 'namespace';
  return isLoose && isQuiet && !called.has(entityKey(entity)) ? undefined : entity;
}

function dataNode(
  entity: EntityRef,
  members: readonly GraphNode[],
  membership: Membership,
  level: GraphLevel,
): DataNode {
  const key = entityKey(entity);
  const own = members.find((member) => entityKey(member.entity) === key);
  const service =
    level === 'instance'
      ? (membership.serviceOf(entity) ?? (entity.type === 'service' ? entity : undefined))
      : undefined;
  const worst = members.reduce<Health>(
    (health, member) => (HEALTH_RANK[member.health] > HEALTH_RANK[health] ? member.health : health),
    'unknown',
  );
  return {
    key,
    entity,
    shape: shapeOf(entity),
    group: service?.name ?? (level === 'namespace' ? '' : membership.groupOf(entity)),
    isInstrumented: members.some((member) => member.isInstrumented),
    // A service is as well as it says itself: one failing copy of many does not make it fail.
    health: own?.health ?? worst,
    stats: own ? statsOf(own) : addedStats(members),
    memberKeys: members.map((member) => entityKey(member.entity)),
  };
}

function statsOf(node: GraphNode): NodeStats {
  const { requestsPerSecond, errorRatio, latencyP50Ms, latencyP95Ms } = node;
  return { requestsPerSecond, errorRatio, latencyP50Ms, latencyP95Ms, alertCount: 0 };
}

/** Rates add up, ratios are weighed by rate; of latencies the worst is kept, since quantiles do not add. */
export function addedStats(parts: readonly Omit<NodeStats, 'alertCount'>[]): NodeStats {
  let rate = 0;
  let failed = 0;
  let hasRate = false;
  let p50: number | null = null;
  let p95: number | null = null;
  for (const part of parts) {
    if (part.requestsPerSecond !== null) {
      hasRate = true;
      rate += part.requestsPerSecond;
      failed += part.requestsPerSecond * (part.errorRatio ?? 0);
    }
    if (part.latencyP50Ms !== null) p50 = Math.max(p50 ?? 0, part.latencyP50Ms);
    if (part.latencyP95Ms !== null) p95 = Math.max(p95 ?? 0, part.latencyP95Ms);
  }
  return {
    requestsPerSecond: hasRate ? rate : null,
    errorRatio: hasRate && rate > 0 ? failed / rate : null,
    latencyP50Ms: p50,
    latencyP95Ms: p95,
    alertCount: 0,
  };
}

/** From each service to its instances: calls name services, so instances would otherwise stand beside everything. */
function instanceEdges(
  nodes: readonly DataNode[],
  membership: Membership,
  indexOf: ReadonlyMap<string, number>,
): readonly DataEdge[] {
  return nodes.flatMap(({ entity }, to): readonly DataEdge[] => {
    const service = membership.serviceOf(entity);
    const from = service && indexOf.get(entityKey(service));
    if (from === undefined || from === to) return [];
    const provenance = [ATTR_SERVICE_NAME];
    return [{ from, to, kind: 'runs', calls: 0, errorRatio: null, latencyP95Ms: null, provenance, isInferred: false }];
  });
}

function liftEdges(edges: readonly GraphEdge[], nodeOfEntity: ReadonlyMap<string, number>): DataEdge[] {
  const parts = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const from = nodeOfEntity.get(entityKey(edge.from));
    const to = nodeOfEntity.get(entityKey(edge.to));
    if (from === undefined || to === undefined || edge.edgeKind !== 'calls') continue;
    const key = `${from} ${to}`;
    const list = parts.get(key);
    if (list) list.push(edge);
    else parts.set(key, [edge]);
  }
  return [...parts].map(([key, list]) => {
    const [from = 0, to = 0] = key.split(' ').map(Number);
    return { from, to, kind: 'calls', ...addedCalls(list) };
  });
}

function addedCalls(list: readonly GraphEdge[]): Omit<DataEdge, 'from' | 'to' | 'kind'> {
  let calls = 0;
  let failed = 0;
  let isMeasured = false;
  let latency: number | null = null;
  const provenance = new Set<string>();
  for (const edge of list) {
    calls += edge.calls;
    if (edge.errorRatio !== null) {
      isMeasured = true;
      failed += edge.calls * edge.errorRatio;
    }
    if (edge.latencyP95Ms !== null) latency = Math.max(latency ?? 0, edge.latencyP95Ms);
    for (const source of edge.provenance) provenance.add(source);
  }
  return {
    calls,
    errorRatio: isMeasured ? failed / Math.max(1, calls) : null,
    latencyP95Ms: latency,
    provenance: [...provenance].sort(),
    isInferred: calls === 0,
  };
}
