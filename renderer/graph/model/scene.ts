/**
 * Everything that is drawn: nodes with state, step on the cause path and text, edges, groups. Built from the graph of one
 * level, an incident's leading (or chosen) cause and a filter. Two forms: `flat` shows what the filter keeps and folds
 * the rest per namespace; `grouped` shows everything in boxes and quietens what the filter drops, so nothing moves.
 * Invariant: node and edge order depend only on the input, never on what was shown before.
 */
import type { Hypothesis } from '../../../shared/model/analysis-result.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { findAtRisk, hopsFrom, isUnwell } from './blast-radius.ts';
import { findCausePath } from './cause-path.ts';
import type { ShapeKind } from './entity-shape.ts';
import { parseFilter } from './filter-expression.ts';
import type { FilterResult, FilterSubject } from './filter-expression.ts';
import type { DataEdge, GraphData, NodeStats } from './graph-data.ts';
import { foldRest } from './fold-rest.ts';
import { NO_SIGNS } from './signs.ts';
import type { Signs } from './signs.ts';

export type NodeState = 'failing' | 'degraded' | 'healthy' | 'atRisk' | 'unknown';
export type SceneForm = 'flat' | 'grouped';

export interface SceneNode {
  readonly key: string;
  /** null for a folded group. */
  readonly entity: EntityRef | null;
  readonly name: string;
  readonly shape: ShapeKind;
  readonly group: string;
  readonly state: NodeState;
  readonly stats: NodeStats;
  /** What detectors found wrong with it in the incident, in a few words; '' = nothing, or another time is shown. */
  readonly sign: string;
  readonly isInstrumented: boolean;
  /** Place on the cause path from 1 at the cause; 0 = not on it. */
  readonly step: number;
  /** Members of a folded group; 0 for an entity. */
  readonly foldedCount: number;
  readonly degree: number;
  readonly isChanged: boolean;
  /** Kept by the filter. In the grouped form what is dropped stays in place, quiet. */
  readonly isMatch: boolean;
  /** Deserves a name before others: unwell, at risk, on the path, a possible cause. Decided once, not per time range. */
  readonly isNotable: boolean;
}
export interface SceneEdge {
  readonly from: number;
  readonly to: number;
  /** `runs`: from a service to an instance of it. */
  readonly kind: 'calls' | 'runs';
  readonly calls: number;
  readonly callsPerSecond: number;
  readonly errorRatio: number | null;
  readonly latencyP95Ms: number | null;
  readonly provenance: readonly string[];
  readonly isInferred: boolean;
  readonly state: 'plain' | 'degraded' | 'failing';
  /** Step of the callee when the edge is on the cause path, else 0. */
  readonly pathStep: number;
  /** What detectors found wrong with the calls; '' as for nodes. */
  readonly sign: string;
}
export interface SceneGroup {
  readonly key: string;
  readonly name: string;
  readonly members: readonly number[];
  readonly failingCount: number;
  readonly degradedCount: number;
}
export interface ChangeTag {
  readonly node: number;
  readonly text: string;
}
export interface Scene {
  readonly form: SceneForm;
  readonly data: GraphData;
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly SceneEdge[];
  readonly groups: readonly SceneGroup[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Edge indices that touch a node. */
  readonly edgesOf: readonly (readonly number[])[];
  /** Node indices from cause to symptom. */
  readonly path: readonly number[];
  /** Indices of the edges on it, the cause's own first. */
  readonly pathEdges: readonly number[];
  readonly change: ChangeTag | null;
  readonly hitCount: number;
  readonly atRiskCount: number;
  readonly filter: FilterResult;
  readonly matchCount: number;
  /** Entities of the level, whether shown or folded. */
  readonly totalCount: number;
}
export interface SceneRequest {
  readonly data: GraphData;
  /** The cause whose path is drawn. */
  readonly cause: Pick<Hypothesis, 'entity' | 'explains'> | null;
  /** Ranked causes; they keep their names on the picture. */
  readonly causes: readonly Pick<Hypothesis, 'entity' | 'explains'>[];
  readonly hitEntities: readonly EntityRef[];
  readonly changedEntities: readonly EntityRef[];
  readonly changeText: string | null;
  readonly selectedKey: string | null;
  readonly filterText: string;
  readonly form: SceneForm;
  /** Of the window the calls were counted in, to turn counts into rates; null = not known. */
  readonly windowSeconds: number | null;
  readonly nameOf: (entity: EntityRef) => string;
  readonly signs?: Signs;
}

export const FAILING_CALLS = 0.05;
export const DEGRADED_CALLS = 0.01;

export function buildScene(request: SceneRequest): Scene {
  const { data } = request;
  const marks = markNodes(request);
  const filter = parseFilter(request.filterText);
  const subjects = data.nodes.map((_, index) => subjectOf(request, marks, index));
  const matches = subjects.map((subject) => !filter.isValid || filter.test(subject));
  const all = data.nodes.map((_, index) => sceneNode(request, marks, index, matches[index] ?? true));
  const kept =
    request.form === 'flat'
      ? foldRest(data, all, marks.path, request.nameOf)
      : { nodes: all, edges: data.edges, path: marks.path };
  const pathStep = new Map(kept.path.slice(1).map((caller, i) => [`${caller} ${kept.path[i] ?? -1}`, i + 1]));
  const edges = kept.edges
    .filter((edge) => edge.from !== edge.to)
    .map((edge) =>
      sceneEdge(
        edge,
        pathStep.get(`${edge.from} ${edge.to}`) ?? 0,
        request.windowSeconds,
        (request.signs ?? NO_SIGNS).ofCall.get(`${kept.nodes[edge.from]?.key} ${kept.nodes[edge.to]?.key}`) ?? '',
      ),
    );
  const changeNode = kept.path[0];
  return {
    form: request.form,
    data,
    nodes: kept.nodes,
    edges,
    groups: request.form === 'grouped' ? groupsOf(kept.nodes) : [],
    indexOf: new Map(kept.nodes.map((node, index) => [node.key, index])),
    edgesOf: edgesOfNodes(kept.nodes.length, edges),
    path: kept.path,
    pathEdges: edges
      .flatMap((edge, index) => (edge.pathStep > 0 ? [index] : []))
      .sort((a, b) => edges[a]!.pathStep - edges[b]!.pathStep),
    change:
      request.changeText !== null && changeNode !== undefined ? { node: changeNode, text: request.changeText } : null,
    hitCount: marks.hit.size,
    atRiskCount: marks.atRisk.size,
    filter,
    matchCount: matches.filter(Boolean).length,
    totalCount: data.nodes.length,
  };
}

interface Marks {
  readonly path: readonly number[];
  readonly stepOf: ReadonlyMap<number, number>;
  readonly hit: ReadonlySet<number>;
  readonly atRisk: ReadonlySet<number>;
  readonly changed: ReadonlySet<number>;
  readonly candidates: ReadonlySet<number>;
  readonly hopsOf: (target: string) => Int32Array;
}

function markNodes(request: SceneRequest): Marks {
  const { data } = request;
  const path = findCausePath(data, request.cause);
  const indexOf = (entity: EntityRef): number => data.nodeOfEntity.get(entityKey(entity)) ?? -1;
  const setOf = (entities: readonly EntityRef[]): Set<number> =>
    new Set(entities.map(indexOf).filter((index) => index >= 0));
  const unwell = data.nodes.flatMap(({ health }, index) => (isUnwell(health) ? [index] : []));
  const named = [...setOf(request.hitEntities)].filter((index) => isUnwell(data.nodes[index]?.health ?? ''));
  const hit = new Set([...unwell, ...named, ...path]);
  const atRisk = findAtRisk(data, path.length > 0 || named.length > 0 ? new Set([...named, ...path]) : hit);
  const known = new Map<string, Int32Array>();
  const hopsOf = (target: string): Int32Array => {
    const before = known.get(target);
    if (before) return before;
    const hops = hopsFrom(data, startsOf(request, target, path), 'both');
    known.set(target, hops);
    return hops;
  };
  return {
    path,
    stepOf: new Map(path.map((node, i) => [node, i + 1])),
    hit,
    atRisk,
    changed: setOf(request.changedEntities),
    candidates: setOf(request.causes.map(({ entity }) => entity)),
    hopsOf,
  };
}

function startsOf({ data, selectedKey }: SceneRequest, target: string, path: readonly number[]): readonly number[] {
  if (target === 'cause') return path;
  if (target === 'selected') {
    const index =
      selectedKey === null ? undefined : (data.indexOf.get(selectedKey) ?? data.nodeOfEntity.get(selectedKey));
    return index === undefined ? [] : [index];
  }
  const wanted = target.toLowerCase();
  return data.nodes.flatMap(({ entity }, index) => (entity.name.toLowerCase() === wanted ? [index] : []));
}

function stateOf(health: string, isAtRisk: boolean): NodeState {
  if (health === 'failing' || health === 'degraded' || health === 'unknown') return health;
  return isAtRisk ? 'atRisk' : 'healthy';
}

function subjectOf({ data, nameOf }: SceneRequest, marks: Marks, index: number): FilterSubject {
  const node = data.nodes[index]!;
  return {
    ...node.stats,
    name: nameOf(node.entity),
    type: node.shape === 'cache' || node.shape === 'gateway' ? node.shape : node.entity.type,
    namespace: node.group,
    health: stateOf(node.health, marks.atRisk.has(index)),
    degree: (data.callsFrom[index]?.length ?? 0) + (data.callsTo[index]?.length ?? 0),
    isChanged: marks.changed.has(index),
    isOnPath: marks.stepOf.has(index),
    hops: (target) => {
      const hops = marks.hopsOf(target)[index] ?? -1;
      return hops < 0 ? Infinity : hops;
    },
  };
}

function sceneNode(
  { data, nameOf, signs = NO_SIGNS }: SceneRequest,
  marks: Marks,
  index: number,
  isMatch: boolean,
): SceneNode {
  const node = data.nodes[index]!;
  const step = marks.stepOf.get(index) ?? 0;
  const state = stateOf(node.health, marks.atRisk.has(index));
  return {
    key: node.key,
    entity: node.entity,
    name: nameOf(node.entity),
    shape: node.shape,
    group: node.group,
    state,
    stats: node.stats,
    sign: signs.ofNode.get(node.key) ?? (failsVisibly(node.stats) ? '' : (signs.movedOf.get(node.key) ?? '')),
    isInstrumented: node.isInstrumented,
    step,
    foldedCount: data.level === 'namespace' ? node.memberKeys.length : 0,
    degree: (data.callsFrom[index]?.length ?? 0) + (data.callsTo[index]?.length ?? 0),
    isChanged: marks.changed.has(index),
    isMatch,
    isNotable: step > 0 || isUnwell(state) || state === 'atRisk' || marks.candidates.has(index),
  };
}

/** Errors of its own calls say more than a metric that moved. */
function failsVisibly({ errorRatio }: NodeStats): boolean {
  return (errorRatio ?? 0) >= DEGRADED_CALLS;
}

function sceneEdge(edge: DataEdge, pathStep: number, windowSeconds: number | null, sign: string): SceneEdge {
  const ratio = edge.errorRatio ?? 0;
  return {
    ...edge,
    callsPerSecond: windowSeconds === null || windowSeconds <= 0 ? edge.calls / 60 : edge.calls / windowSeconds,
    state: ratio >= FAILING_CALLS ? 'failing' : ratio >= DEGRADED_CALLS ? 'degraded' : 'plain',
    pathStep,
    sign,
  };
}

function groupsOf(nodes: readonly SceneNode[]): readonly SceneGroup[] {
  const members = new Map<string, number[]>();
  nodes.forEach((node, index) => {
    const list = members.get(node.group);
    if (list) list.push(index);
    else members.set(node.group, [index]);
  });
  return [...members.keys()].sort().map((name) => {
    const list = members.get(name) ?? [];
    const count = (state: NodeState): number => list.filter((index) => nodes[index]?.state === state).length;
    return { key: name, name, members: list, failingCount: count('failing'), degradedCount: count('degraded') };
  });
}

export function edgesOfNodes(
  nodeCount: number,
  edges: readonly { readonly from: number; readonly to: number }[],
): readonly (readonly number[])[] {
  const lists: number[][] = Array.from({ length: nodeCount }, () => []);
  edges.forEach((edge, index) => {
    lists[edge.from]?.push(index);
    if (edge.to !== edge.from) lists[edge.to]?.push(index);
  });
  return lists;
}
