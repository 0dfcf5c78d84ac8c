/** A dependency graph as large systems have it: namespaces, layers, hubs that everybody calls, cycles, one incident. */
import { createRandom } from '../../shared/base/random.ts';
import type { GraphEdge, GraphNode } from '../../shared/model/analysis-result.ts';
import type { EntityRef } from '../../shared/model/entity.ts';
import { ATTR_K8S_NAMESPACE_NAME } from '../../shared/semconv/attribute-keys.ts';

export interface GeneratedGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly entities: readonly (EntityRef & { readonly attributes: Readonly<Record<string, string>> })[];
  readonly cause: string;
  readonly symptoms: readonly string[];
}

const LAYERS = 8;
const PER_NAMESPACE = 50;
const HUB_SHARE = 0.004;
const BACKWARD_SHARE = 0.03;

/** `extra` adds nodes to an otherwise equal graph, as further telemetry would. */
export function generateGraph(nodeCount: number, edgeCount: number, extra = 0): GeneratedGraph {
  const random = createRandom('graph-bench');
  const namespaces = Math.max(2, Math.round(nodeCount / PER_NAMESPACE));
  const names: string[] = [];
  const layerOf: number[] = [];
  const entities: GeneratedGraph['entities'][number][] = [];
  for (let i = 0; i < nodeCount + extra; i++) {
    const own = i < nodeCount ? random : random.fork(`extra ${i}`);
    const namespace = own.integer(0, namespaces - 1);
    const name = `${i < nodeCount ? 'service' : 'added'}-${i}`;
    names.push(name);
    layerOf.push((namespace + own.integer(0, 1)) % LAYERS);
    entities.push({ type: 'service', name, attributes: { [ATTR_K8S_NAMESPACE_NAME]: `namespace-${namespace}` } });
  }
  const edges: GraphEdge[] = [];
  const connect = (from: number, to: number, calls: number, errorRatio = 0): void => {
    edges.push({
      from: { type: 'service', name: names[from]! },
      to: { type: 'service', name: names[to]! },
      edgeKind: 'calls',
      provenance: ['spans'],
      calls,
      errorRatio,
      latencyP95Ms: 20 + (calls % 200),
    });
  };
  const hubs = Array.from({ length: Math.max(1, Math.round(nodeCount * HUB_SHARE)) }, (_, i) => (i * 211) % nodeCount);
  while (edges.length < edgeCount) {
    const from = random.integer(0, nodeCount - 1);
    const to = random.chance(0.15) ? random.choice(hubs) : random.integer(0, nodeCount - 1);
    const isForward = layerOf[from]! < layerOf[to]!;
    if (from === to || (!isForward && !random.chance(BACKWARD_SHARE))) continue;
    connect(from, to, random.integer(1, 4000));
  }
  for (let i = nodeCount; i < names.length; i++) connect(random.fork(`caller ${i}`).integer(0, nodeCount - 1), i, 10);
  const path = [nodeCount - 1, Math.floor(nodeCount / 2), 3, 1];
  for (let i = 0; i + 1 < path.length; i++) connect(path[i + 1]!, path[i]!, 900, 0.2);
  const unwell = new Set(path);
  const nodes = names.map((name, i): GraphNode => ({
    entity: { type: 'service', name },
    isInstrumented: true,
    health: unwell.has(i) ? 'failing' : i % 97 === 0 ? 'degraded' : 'healthy',
    requestsPerSecond: 5,
    errorRatio: unwell.has(i) ? 0.2 : 0,
    latencyP50Ms: 10,
    latencyP95Ms: 90,
  }));
  return { nodes, edges, entities, cause: names[path[0]!]!, symptoms: path.slice(1).map((index) => names[index]!) };
}
