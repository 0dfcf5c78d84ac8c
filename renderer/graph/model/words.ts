/** What the graph says in text: values on nodes, facts in tooltips, the one-sentence summary. */
import { countText, durationText, percentText, shortNumber } from '../../stores/time-format.ts';
import { SHAPE_WORDS } from './entity-shape.ts';
import type { NodeState, Scene, SceneEdge, SceneNode } from './scene.ts';

export const STATE_WORDS: Readonly<Record<NodeState, string>> = {
  failing: 'failing',
  degraded: 'degraded',
  healthy: 'healthy',
  atRisk: 'at risk',
  unknown: 'no data',
};

/** Errors under this are not worth a place under a node. */
const WORTH_SAYING = 0.01;

/** The second line under a node: its worst value, or the word of its state; '' for a healthy one. */
export function worstValue({ state, stats, sign, isInstrumented, foldedCount, entity }: SceneNode): string {
  if (foldedCount > 0 && sign !== '') return sign;
  if (entity === null || foldedCount > 0) return state === 'failing' || state === 'degraded' ? STATE_WORDS[state] : '';
  if (state === 'atRisk') return STATE_WORDS.atRisk;
  if (state === 'unknown') return isInstrumented ? STATE_WORDS.unknown : 'no telemetry';
  if (state === 'healthy') return '';
  if (sign !== '') return sign;
  const latency = stats.latencyP95Ms === null ? '' : latencyText(stats.latencyP95Ms);
  const errors = (stats.errorRatio ?? 0) >= WORTH_SAYING ? `${percentText(stats.errorRatio ?? 0)} err` : '';
  if (errors && latency) return `${latency} · ${errors}`;
  if (latency) return `p95 ${latency}`;
  return errors || STATE_WORDS[state];
}

export function latencyText(milliseconds: number): string {
  return durationText(milliseconds * 1e6);
}

export function rateText(perSecond: number): string {
  return perSecond >= 1 ? `${shortNumber(perSecond)}/s` : `${shortNumber(perSecond * 60)}/min`;
}

/** Lines of a node's tooltip; the first is its name. */
export function nodeFacts(scene: Scene, index: number): readonly string[] {
  const node = scene.nodes[index];
  if (!node) return [];
  const { stats } = node;
  const callers = callersOf(scene, index).length;
  const callees = calleesOf(scene, index).length;
  const kind = node.foldedCount > 0 ? `${node.foldedCount} entities, folded` : SHAPE_WORDS[node.shape];
  const values = [
    stats.requestsPerSecond === null ? '' : rateText(stats.requestsPerSecond),
    stats.errorRatio === null ? '' : `${percentText(stats.errorRatio)} errors`,
    stats.latencyP50Ms === null ? '' : `p50 ${latencyText(stats.latencyP50Ms)}`,
    stats.latencyP95Ms === null ? '' : `p95 ${latencyText(stats.latencyP95Ms)}`,
    stats.alertCount > 0 ? `${countText(stats.alertCount)} alerts` : '',
  ].filter(Boolean);
  return [
    node.name,
    [kind, node.group === '' || node.entity === null ? '' : `in ${node.group}`, STATE_WORDS[node.state]]
      .filter(Boolean)
      .join(' · '),
    values.length > 0 ? values.join(' · ') : 'No calls seen in this window.',
    `${callers} ${callers === 1 ? 'caller' : 'callers'}, ${callees} ${callees === 1 ? 'callee' : 'callees'}`,
    node.sign === '' ? '' : `unusual: ${node.sign}`,
    node.step > 0 ? `step ${node.step} of ${scene.path.length} on the cause path` : '',
    node.isInstrumented ? '' : 'Sends no telemetry of its own; known from its callers.',
  ].filter(Boolean);
}

/** Lines of an edge's tooltip with provenance and row counts. */
export function edgeFacts(scene: Scene, edge: SceneEdge): readonly string[] {
  const nameAt = (index: number): string => scene.nodes[index]?.name ?? '';
  if (edge.kind === 'runs')
    return [`${nameAt(edge.from)} runs as ${nameAt(edge.to)}`, `known from ${edge.provenance.join(', ')}`];
  const values = [
    edge.calls > 0 ? `${countText(edge.calls)} calls` : 'no calls seen',
    edge.calls > 0 ? rateText(edge.callsPerSecond) : '',
    edge.errorRatio === null ? '' : `${percentText(edge.errorRatio)} errors`,
    edge.latencyP95Ms === null ? '' : `p95 ${latencyText(edge.latencyP95Ms)}`,
  ].filter(Boolean);
  const unusual = edge.sign === '' ? [] : [`unusual: ${edge.sign}`];
  return [
    `${nameAt(edge.from)} → ${nameAt(edge.to)}`,
    values.join(' · '),
    ...unusual,
    `${edge.isInferred ? 'inferred' : 'known'} from ${edge.provenance.join(', ')}`,
  ];
}

/** What stands beside a call on the cause path: what is wrong with it, else how long it takes. */
export function callValue(edge: SceneEdge): string {
  if (edge.sign !== '') return edge.sign;
  if ((edge.errorRatio ?? 0) >= WORTH_SAYING) return `${percentText(edge.errorRatio ?? 0)} err`;
  return edge.latencyP95Ms === null ? '' : `p95 ${latencyText(edge.latencyP95Ms)}`;
}

export function callersOf(scene: Scene, index: number): readonly number[] {
  return callsAt(scene, index).flatMap(({ from, to }) => (to === index ? [from] : []));
}
export function calleesOf(scene: Scene, index: number): readonly number[] {
  return callsAt(scene, index).flatMap(({ from, to }) => (from === index ? [to] : []));
}

function callsAt(scene: Scene, index: number): readonly SceneEdge[] {
  return (scene.edgesOf[index] ?? []).flatMap((edge) => {
    const call = scene.edges[edge];
    return call?.kind === 'calls' ? [call] : [];
  });
}

/** One sentence for screen readers and for the alternative text of an export. */
export function sceneSentence(scene: Scene): string {
  const count = (state: NodeState): number => scene.nodes.filter((node) => node.state === state).length;
  const parts = [
    `${scene.matchCount} of ${scene.totalCount} ${scene.totalCount === 1 ? 'entity' : 'entities'} shown`,
    `${count('failing')} failing`,
    `${count('degraded')} degraded`,
    `${count('atRisk')} at risk`,
  ];
  const names = scene.path.map((index) => scene.nodes[index]?.name ?? '');
  const path = names.length > 1 ? ` The fault travels from ${names.join(' to ')}.` : '';
  return `Dependency graph, ${parts.join(', ')}.${path}`;
}
