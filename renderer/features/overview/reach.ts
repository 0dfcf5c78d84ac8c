/** How far an incident reaches: who shows symptoms, and who would be reached next. Pure; as the graph draws it. */
import type { GraphEdge, GraphNode } from '../../../shared/model/analysis-result.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';

export interface Reach {
  readonly hitCount: number;
  /** Still well, and one step from what is hit: callers, and queues that it feeds. */
  readonly atRiskCount: number;
}

/** O(nodes + edges). */
export function reachOf(
  hit: readonly EntityRef[],
  graph: {
    readonly nodes: readonly Pick<GraphNode, 'entity' | 'health'>[];
    readonly edges: readonly Pick<GraphEdge, 'from' | 'to' | 'edgeKind'>[];
  },
): Reach {
  const hitKeys = new Set(hit.map(entityKey));
  const well = new Set(graph.nodes.filter(({ health }) => health === 'healthy').map(({ entity }) => entityKey(entity)));
  const atRisk = new Set<string>();
  for (const { from, to, edgeKind } of graph.edges) {
    if (edgeKind !== 'calls') continue;
    const [caller, callee] = [entityKey(from), entityKey(to)];
    if (hitKeys.has(callee)) atRisk.add(caller);
    if (hitKeys.has(caller) && to.type === 'queue') atRisk.add(callee);
  }
  const atRiskCount = [...atRisk].filter((key) => well.has(key) && !hitKeys.has(key)).length;
  return { hitCount: hitKeys.size, atRiskCount };
}
