/** Where a key leads from a node: left to a caller, right to a callee, up and down to neighbours on the same layer. */
import type { Placement } from '../layout/placement.ts';
import { calleesOf, callersOf } from '../model/words.ts';
import type { Scene } from '../model/scene.ts';

export type WalkDirection = 'caller' | 'callee' | 'up' | 'down';

export function walkDirection(key: string): WalkDirection | null {
  switch (key) {
    case 'h':
    case 'ArrowLeft':
      return 'caller';
    case 'l':
    case 'ArrowRight':
      return 'callee';
    case 'k':
    case 'ArrowUp':
      return 'up';
    case 'j':
    case 'ArrowDown':
      return 'down';
    default:
      return null;
  }
}

/** The node to go to, or -1 when there is none. Without a start: the cause, else the worst, else the first. */
export function walk(scene: Scene, place: Placement, from: number, direction: WalkDirection): number {
  if (from < 0) return firstStop(scene);
  switch (direction) {
    case 'caller':
      return best(scene, place, from, callersOf(scene, from));
    case 'callee':
      return best(scene, place, from, calleesOf(scene, from));
    case 'up':
      return nearestInColumn(scene, place, from, -1);
    case 'down':
      return nearestInColumn(scene, place, from, 1);
  }
}

export function firstStop(scene: Scene): number {
  const cause = scene.path[0];
  if (cause !== undefined) return cause;
  for (const state of ['failing', 'degraded', 'atRisk']) {
    const index = scene.nodes.findIndex((node) => node.isMatch && node.state === state);
    if (index >= 0) return index;
  }
  return scene.nodes.findIndex((node) => node.isMatch);
}

/** Along the cause path first, then the worst, then the nearest. */
function best(scene: Scene, place: Placement, from: number, among: readonly number[]): number {
  const rank = { failing: 1, degraded: 2, atRisk: 3, unknown: 4, healthy: 4 };
  let found = -1;
  let score = Infinity;
  for (const index of among) {
    const node = scene.nodes[index];
    if (!node?.isMatch) continue;
    const away = Math.hypot(place.x[index]! - place.x[from]!, place.y[index]! - place.y[from]!);
    const here = (node.step > 0 && scene.nodes[from]!.step > 0 ? 0 : rank[node.state]) * 1e7 + away;
    if (here < score) {
      score = here;
      found = index;
    }
  }
  return found;
}

function nearestInColumn(scene: Scene, place: Placement, from: number, direction: 1 | -1): number {
  let found = -1;
  let score = Infinity;
  scene.nodes.forEach((node, index) => {
    if (index === from || !node.isMatch) return;
    const down = (place.y[index]! - place.y[from]!) * direction;
    if (down <= 1) return;
    // Sideways counts more: the next one in this column comes before a nearer one beside it.
    const here = down + 3 * Math.abs(place.x[index]! - place.x[from]!);
    if (here < score) {
      score = here;
      found = index;
    }
  });
  return found;
}
