/**
 * Chooses what of the dependency graph a report draws for one incident: what is hit, the way from the leading cause to
 * its symptoms, and one hop around, up to a number a reader can take in. What is left out is counted, not hidden.
 */
import type { AnalysisResult, GraphEdge, GraphNode, Incident } from '../model/analysis-result.ts';
import { entityKey } from '../model/entity.ts';

const MOST_NODES = 36;

export interface IncidentGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Entity keys from the leading cause to the farthest symptom it explains, cause first; empty without a cause. */
  readonly causePath: readonly string[];
  readonly omittedNodes: number;
}

export function incidentGraph(graph: AnalysisResult['graph'], incident: Incident): IncidentGraph {
  const nodeByKey = new Map(graph.nodes.map((node) => [entityKey(node.entity), node]));
  const calls = graph.edges.filter((edge) => entityKey(edge.from) !== entityKey(edge.to));
  const around = neighbours(calls);
  const causePath = findCausePath(incident, calls);
  const wanted = new Set<string>();
  const want = (key: string): void => {
    if (wanted.size < MOST_NODES && nodeByKey.has(key)) wanted.add(key);
  };
  causePath.forEach(want);
  for (const hypothesis of incident.hypotheses.slice(0, 3)) want(entityKey(hypothesis.entity));
  const hit = incident.entities.map(entityKey);
  const rank = { failing: 0, degraded: 1, unknown: 2, healthy: 3 };
  hit.sort((a, b) => rank[nodeByKey.get(a)?.health ?? 'unknown'] - rank[nodeByKey.get(b)?.health ?? 'unknown']);
  hit.forEach(want);
  for (const key of [...wanted]) for (const next of around.get(key) ?? []) want(next);
  const nodes = graph.nodes.filter((node) => wanted.has(entityKey(node.entity)));
  const edges = calls.filter((edge) => wanted.has(entityKey(edge.from)) && wanted.has(entityKey(edge.to)));
  return { nodes, edges, causePath, omittedNodes: graph.nodes.length - nodes.length };
}

function neighbours(edges: readonly GraphEdge[]): ReadonlyMap<string, readonly string[]> {
  const around = new Map<string, string[]>();
  const add = (a: string, b: string): void => {
    const list = around.get(a);
    if (list) list.push(b);
    else around.set(a, [b]);
  };
  for (const edge of edges) {
    add(entityKey(edge.from), entityKey(edge.to));
    add(entityKey(edge.to), entityKey(edge.from));
  }
  return around;
}

/** Breadth-first against the calls (faults travel from callee to caller) to the farthest symptom that is reached. */
function findCausePath(incident: Incident, edges: readonly GraphEdge[]): readonly string[] {
  const cause = incident.hypotheses[0];
  if (!cause) return [];
  const callers = new Map<string, string[]>();
  for (const edge of edges) {
    const to = entityKey(edge.to);
    const list = callers.get(to);
    if (list) list.push(entityKey(edge.from));
    else callers.set(to, [entityKey(edge.from)]);
  }
  const symptoms = new Set(cause.explains.map(entityKey));
  const start = entityKey(cause.entity);
  const cameFrom = new Map<string, string | null>([[start, null]]);
  const queue = [start];
  let farthest = start;
  for (let i = 0; i < queue.length; i++) {
    const key = queue[i] as string;
    if (symptoms.has(key)) farthest = key;
    for (const caller of callers.get(key) ?? []) {
      if (cameFrom.has(caller) || !symptoms.has(caller)) continue;
      cameFrom.set(caller, key);
      queue.push(caller);
    }
  }
  const path: string[] = [];
  for (let key: string | null = farthest; key !== null; key = cameFrom.get(key) ?? null) path.unshift(key);
  return path;
}
