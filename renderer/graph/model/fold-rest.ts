/**
 * The default scope of the graph: what the filter keeps stays, the rest becomes one folded group per namespace. Only
 * groups that talk to what stays are drawn, the busiest first and few; the header counts the others.
 */
import type { EntityRef } from '../../../shared/model/entity.ts';
import type { DataEdge, GraphData } from './graph-data.ts';
import { isUnwell } from './blast-radius.ts';
import { addedStats } from './graph-data.ts';
import type { SceneNode } from './scene.ts';

const MOST_GROUPS = 4;
/** A namespace of which everything is shown, or only one thing is not, needs no box for the rest. */
const LEAST_MEMBERS = 2;

export interface FoldedGraph {
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly DataEdge[];
  readonly path: readonly number[];
}

export function foldRest(
  data: GraphData,
  all: readonly SceneNode[],
  path: readonly number[],
  nameOf: (entity: EntityRef) => string,
): FoldedGraph {
  const rest = new Map<string, number[]>();
  all.forEach((node, index) => {
    if (node.isMatch) return;
    const list = rest.get(node.group);
    if (list) list.push(index);
    else rest.set(node.group, [index]);
  });
  const groups = busiestGroups(data, all, rest);
  const nodes: SceneNode[] = [];
  const place = new Int32Array(all.length).fill(-1);
  all.forEach((node, index) => {
    if (!node.isMatch) return;
    place[index] = nodes.length;
    nodes.push(node);
  });
  for (const group of groups) {
    const members = rest.get(group) ?? [];
    for (const member of members) place[member] = nodes.length;
    nodes.push(groupNode(group, members, all, data, nameOf));
  }
  const edges = joinEdges(data.edges, place, nodes);
  return { nodes, edges, path: path.map((index) => place[index] ?? -1).filter((index) => index >= 0) };
}

function busiestGroups(
  data: GraphData,
  all: readonly SceneNode[],
  rest: ReadonlyMap<string, readonly number[]>,
): readonly string[] {
  const calls = new Map<string, number>();
  for (const edge of data.edges) {
    const from = all[edge.from]!;
    const to = all[edge.to]!;
    if (from.isMatch === to.isMatch) continue;
    const group = from.isMatch ? to.group : from.group;
    calls.set(group, (calls.get(group) ?? 0) + Math.max(1, edge.calls));
  }
  return [...calls]
    .filter(([group]) => (rest.get(group)?.length ?? 0) >= LEAST_MEMBERS)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_GROUPS)
    .map(([group]) => group)
    .sort();
}

function groupNode(
  group: string,
  members: readonly number[],
  all: readonly SceneNode[],
  data: GraphData,
  nameOf: (entity: EntityRef) => string,
): SceneNode {
  const unwell = members.filter((index) => isUnwell(all[index]?.state ?? '')).length;
  return {
    key: `group:${group}`,
    entity: null,
    name: nameOf({ type: 'namespace', name: group }),
    shape: 'group',
    group,
    state: 'healthy',
    stats: addedStats(members.map((index) => data.nodes[index]!.stats)),
    sign: unwell > 0 ? `${unwell} unwell` : '',
    isInstrumented: true,
    step: 0,
    foldedCount: members.length,
    degree: members.length,
    isChanged: false,
    isMatch: true,
    isNotable: false,
  };
}

function joinEdges(edges: readonly DataEdge[], place: Int32Array, nodes: readonly SceneNode[]): readonly DataEdge[] {
  const joined = new Map<string, DataEdge>();
  for (const edge of edges) {
    const from = place[edge.from]!;
    const to = place[edge.to]!;
    if (from < 0 || to < 0 || from === to) continue;
    const isFolded = nodes[from]!.entity === null || nodes[to]!.entity === null;
    // Between two folded groups nothing is said about what is shown.
    if (nodes[from]!.entity === null && nodes[to]!.entity === null) continue;
    const key = `${from} ${to}`;
    const before = joined.get(key);
    joined.set(
      key,
      before ? addEdge(before, edge) : { ...edge, from, to, errorRatio: isFolded ? null : edge.errorRatio },
    );
  }
  return [...joined.values()];
}

function addEdge(left: DataEdge, right: DataEdge): DataEdge {
  return {
    ...left,
    kind: left.kind === 'calls' ? 'calls' : right.kind,
    calls: left.calls + right.calls,
    latencyP95Ms: Math.max(left.latencyP95Ms ?? 0, right.latencyP95Ms ?? 0),
    provenance: [...new Set([...left.provenance, ...right.provenance])].sort(),
    isInferred: left.isInferred && right.isInferred,
  };
}
