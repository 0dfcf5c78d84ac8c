/** Small graphs for tests of the dependency graph, written as `caller>callee` and `name:health`. */
import type { GraphEdge, GraphNode } from '../../../../shared/model/analysis-result.ts';
import type { EntityRef } from '../../../../shared/model/entity.ts';
import { buildGraphData } from '../../../../renderer/graph/model/graph-data.ts';
import type { GraphData, GraphLevel } from '../../../../renderer/graph/model/graph-data.ts';
import { buildMembership } from '../../../../renderer/graph/model/membership.ts';
import type { MemberEntity } from '../../../../renderer/graph/model/membership.ts';
import { buildScene } from '../../../../renderer/graph/model/scene.ts';
import type { Scene, SceneForm } from '../../../../renderer/graph/model/scene.ts';

export function service(name: string): EntityRef {
  return { type: 'service', name };
}

export function graphNode(name: string, health: GraphNode['health'] = 'healthy'): GraphNode {
  return {
    entity: service(name),
    isInstrumented: true,
    health,
    requestsPerSecond: 4,
    errorRatio: health === 'failing' ? 0.2 : 0,
    latencyP50Ms: 10,
    latencyP95Ms: 80,
  };
}

export function graphEdge(from: string, to: string, calls = 10): GraphEdge {
  return {
    from: service(from),
    to: service(to),
    edgeKind: 'calls',
    provenance: ['spans'],
    calls,
    errorRatio: 0,
    latencyP95Ms: 12,
  };
}

/** `edges` such as `'web>cart cart>db'`; `unwell` maps names to their health. */
export function sampleData(
  edges: string,
  unwell: Readonly<Record<string, GraphNode['health']>> = {},
  {
    namespaces = {},
    level = 'service',
  }: { readonly namespaces?: Readonly<Record<string, string>>; readonly level?: GraphLevel } = {},
): GraphData {
  const pairs = edges
    .split(/\s+/)
    .filter(Boolean)
    .map((pair) => pair.split('>') as [string, string]);
  const names = [...new Set([...pairs.flat(), ...Object.keys(unwell)])];
  const entities = names.map((name): MemberEntity => {
    const namespace = namespaces[name];
    return { ...service(name), attributes: namespace === undefined ? null : { 'k8s.namespace.name': namespace } };
  });
  const nodes = names.map((name) => graphNode(name, unwell[name]));
  return buildGraphData(
    { nodes, edges: pairs.map(([from, to]) => graphEdge(from, to)) },
    buildMembership(entities),
    level,
  );
}

export function sampleScene(
  data: GraphData,
  options: {
    readonly cause?: string;
    readonly explains?: readonly string[];
    readonly filterText?: string;
    readonly form?: SceneForm;
    readonly changeText?: string;
    readonly nameOf?: (entity: EntityRef) => string;
  } = {},
): Scene {
  const cause =
    options.cause === undefined
      ? null
      : { entity: service(options.cause), explains: (options.explains ?? []).map(service) };
  return buildScene({
    data,
    cause,
    causes: cause ? [cause] : [],
    hitEntities: [],
    changedEntities: [],
    changeText: options.changeText ?? null,
    selectedKey: null,
    filterText: options.filterText ?? '',
    form: options.form ?? 'flat',
    windowSeconds: 60,
    nameOf: options.nameOf ?? (({ name }) => name),
  });
}

export function indexOfName(scene: { readonly indexOf: ReadonlyMap<string, number> }, name: string): number {
  return scene.indexOf.get(`service:${name}`) ?? -1;
}
