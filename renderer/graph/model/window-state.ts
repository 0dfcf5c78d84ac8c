/**
 * The scene at another time: same nodes, same places, other health and values. What was not seen in that window is drawn
 * as no data; scope, path and names stay those of the incident, so scrubbing moves nothing.
 */
import { entityKey } from '../../../shared/model/entity.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import type { Health, NodeStats } from './graph-data.ts';
import { addedStats } from './graph-data.ts';
import { DEGRADED_CALLS, FAILING_CALLS } from './scene.ts';
import type { Scene, SceneEdge, SceneNode } from './scene.ts';

export interface WindowNode extends Omit<NodeStats, 'alertCount'> {
  readonly entity: EntityRef;
  readonly health: Health;
  readonly alertCount: number;
}
export interface WindowEdge {
  readonly from: EntityRef;
  readonly to: EntityRef;
  readonly calls: number;
  readonly errorRatio: number | null;
  readonly latencyP95Ms: number | null;
}
export interface WindowStats {
  readonly nodes: readonly WindowNode[];
  readonly edges: readonly WindowEdge[];
  readonly seconds: number;
}

const RANK: Readonly<Record<Health, number>> = { failing: 3, degraded: 2, healthy: 1, unknown: 0 };

export function sceneAtWindow(scene: Scene, stats: WindowStats): Scene {
  const byNode = new Map<number, WindowNode[]>();
  for (const node of stats.nodes) {
    const index = sceneIndex(scene, node.entity);
    if (index < 0) continue;
    const list = byNode.get(index);
    if (list) list.push(node);
    else byNode.set(index, [node]);
  }
  const byEdge = new Map<string, WindowEdge[]>();
  for (const edge of stats.edges) {
    const key = `${sceneIndex(scene, edge.from)} ${sceneIndex(scene, edge.to)}`;
    const list = byEdge.get(key);
    if (list) list.push(edge);
    else byEdge.set(key, [edge]);
  }
  const edges = scene.edges.map((edge) => edgeAt(edge, byEdge.get(`${edge.from} ${edge.to}`), stats.seconds));
  const nodes = scene.nodes.map((node, index) => {
    const found = byNode.get(index);
    return found ? nodeAt(node, found) : calledNode(node, callsTo(scene, edges, index));
  });
  const groups = scene.groups.map((group) => {
    const count = (state: string): number => group.members.filter((index) => nodes[index]?.state === state).length;
    return { ...group, failingCount: count('failing'), degradedCount: count('degraded') };
  });
  return { ...scene, nodes, edges, groups };
}

function sceneIndex(scene: Scene, entity: EntityRef): number {
  const key = entityKey(entity);
  const own = scene.indexOf.get(key);
  if (own !== undefined) return own;
  const lifted = scene.data.nodeOfEntity.get(key);
  const liftedKey = lifted === undefined ? undefined : scene.data.nodes[lifted]?.key;
  const shown = liftedKey === undefined ? undefined : scene.indexOf.get(liftedKey);
  if (shown !== undefined) return shown;
  const group = lifted === undefined ? undefined : scene.data.nodes[lifted]?.group;
  return group === undefined ? -1 : (scene.indexOf.get(`group:${group}`) ?? -1);
}

function callsTo(scene: Scene, edges: readonly SceneEdge[], index: number): readonly SceneEdge[] {
  return (scene.edgesOf[index] ?? []).flatMap((edge) => {
    const call = edges[edge];
    return call && call.to === index && call.calls > 0 ? [call] : [];
  });
}

/** What speaks through its callers only, such as a database, is as well as its calls are. */
function calledNode(node: SceneNode, calls: readonly SceneEdge[]): SceneNode {
  if (calls.length === 0) return { ...node, state: 'unknown', stats: EMPTY, sign: '' };
  const stats = addedStats(
    calls.map(({ callsPerSecond, errorRatio, latencyP95Ms }) => ({
      requestsPerSecond: callsPerSecond,
      errorRatio,
      latencyP50Ms: null,
      latencyP95Ms,
    })),
  );
  const ratio = stats.errorRatio ?? 0;
  const health = ratio >= FAILING_CALLS ? 'failing' : ratio >= DEGRADED_CALLS ? 'degraded' : 'healthy';
  return { ...node, state: health === 'healthy' && node.state === 'atRisk' ? 'atRisk' : health, stats, sign: '' };
}

function nodeAt(node: SceneNode, found: readonly WindowNode[]): SceneNode {
  const own = found.find(({ entity }) => entityKey(entity) === node.key);
  const parts = own ? [own] : found;
  const worst = parts.reduce<Health>(
    (health, part) => (RANK[part.health] > RANK[health] ? part.health : health),
    'unknown',
  );
  const health = node.entity === null && worst !== 'unknown' ? 'healthy' : worst;
  return {
    ...node,
    state: health === 'healthy' && node.state === 'atRisk' ? 'atRisk' : health,
    sign: '',
    stats: { ...addedStats(parts), alertCount: parts.reduce((sum, part) => sum + part.alertCount, 0) },
  };
}

const EMPTY: NodeStats = {
  requestsPerSecond: null,
  errorRatio: null,
  latencyP50Ms: null,
  latencyP95Ms: null,
  alertCount: 0,
};

function edgeAt(edge: SceneEdge, found: readonly WindowEdge[] | undefined, seconds: number): SceneEdge {
  if (!found)
    return { ...edge, sign: '', calls: 0, callsPerSecond: 0, errorRatio: null, latencyP95Ms: null, state: 'plain' };
  let calls = 0;
  let failed = 0;
  let latency: number | null = null;
  for (const part of found) {
    calls += part.calls;
    failed += part.calls * (part.errorRatio ?? 0);
    if (part.latencyP95Ms !== null) latency = Math.max(latency ?? 0, part.latencyP95Ms);
  }
  const ratio = calls > 0 ? failed / calls : null;
  const state = (ratio ?? 0) >= FAILING_CALLS ? 'failing' : (ratio ?? 0) >= DEGRADED_CALLS ? 'degraded' : 'plain';
  return {
    ...edge,
    sign: '',
    calls,
    callsPerSecond: calls / Math.max(1, seconds),
    errorRatio: ratio,
    latencyP95Ms: latency,
    state,
  };
}
