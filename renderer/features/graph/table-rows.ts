/** Rows of the table twin: what the graph shows, the cause path first, then the worst, then by name. */
import type { Scene, SceneNode } from '../../graph/model/scene.ts';
import { calleesOf, callersOf } from '../../graph/model/words.ts';

const RANK = { failing: 0, degraded: 1, atRisk: 2, unknown: 3, healthy: 4 } as const;

/** Indices of shown nodes in reading order. */
export function tableOrder(scene: Scene): readonly number[] {
  const order = scene.nodes.flatMap((node, index) => (node.isMatch ? [index] : []));
  const at = (index: number): SceneNode => scene.nodes[index]!;
  return order.sort((a, b) => {
    const [left, right] = [at(a), at(b)];
    if (left.step !== right.step) return (left.step || Infinity) - (right.step || Infinity);
    if (left.state !== right.state) return RANK[left.state] - RANK[right.state];
    return left.name < right.name ? -1 : left.name > right.name ? 1 : a - b;
  });
}

/** `cart, checkout and 3 more`. */
export function namesText(scene: Scene, indices: readonly number[]): string {
  const names = indices.map((index) => scene.nodes[index]?.name ?? '');
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}
export function callersText(scene: Scene, index: number): string {
  return namesText(scene, callersOf(scene, index));
}
export function calleesText(scene: Scene, index: number): string {
  return namesText(scene, calleesOf(scene, index));
}

/** Where the entity's calls are known from. */
export function provenanceText(scene: Scene, index: number): string {
  const sources = new Set((scene.edgesOf[index] ?? []).flatMap((edge) => scene.edges[edge]?.provenance ?? []));
  return [...sources].sort().join(', ');
}
/** Calls seen on the edges that end or start here. */
export function callCount(scene: Scene, index: number): number {
  return (scene.edgesOf[index] ?? []).reduce((sum, edge) => sum + (scene.edges[edge]?.calls ?? 0), 0);
}
