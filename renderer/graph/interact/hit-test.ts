/** What is under the pointer: a node, else a box, else an edge. Nodes by quadtree (d3), O(log n); edges only where few. */
import { quadtree } from 'd3';
import type { Quadtree } from 'd3';
import { distanceTo, edgeCurve } from '../draw/curves.ts';
import type { Frame } from '../draw/frame.ts';
import { nodeRadius, ringReach } from '../draw/frame.ts';
import { groupedPathCurve } from '../draw/paint-edges.ts';
import type { Placement } from '../layout/placement.ts';

export type Hit =
  | { readonly kind: 'node'; readonly index: number }
  | { readonly kind: 'edge'; readonly index: number }
  | { readonly kind: 'group'; readonly group: string };

/** Targets are at least 24 px across (WCAG 2.5.8). */
const LEAST_REACH = 12;
const EDGE_REACH = 6;
const MOST_TESTED_EDGES = 600;

export function indexNodes(place: Placement): Quadtree<number> {
  return quadtree<number>(
    Array.from(place.x, (_, index) => index),
    (index) => place.x[index]!,
    (index) => place.y[index]!,
  );
}

/** `x`, `y` in screen pixels of the frame's view. */
export function hitTest(frame: Frame, tree: Quadtree<number>, x: number, y: number): Hit | null {
  const { camera, scene, place } = frame;
  const worldX = camera.x + x / camera.zoom;
  const worldY = camera.y + y / camera.zoom;
  if (frame.detail !== 'boxes') {
    const found = tree.find(worldX, worldY, 40 / camera.zoom);
    if (found !== undefined) {
      const node = scene.nodes[found]!;
      const r = nodeRadius(scene.form, node, camera.zoom, frame.scale);
      const away = Math.hypot(place.x[found]! - worldX, place.y[found]! - worldY) * camera.zoom;
      if (node.isMatch && away <= Math.max(LEAST_REACH, r + ringReach(node, r))) return { kind: 'node', index: found };
    }
  } else {
    const step = scene.path.find(
      (index) => Math.hypot(place.x[index]! - worldX, place.y[index]! - worldY) * camera.zoom <= LEAST_REACH,
    );
    if (step !== undefined) return { kind: 'node', index: step };
  }
  const edge = nearestEdge(frame, x, y);
  if (edge >= 0) return { kind: 'edge', index: edge };
  const box = place.boxes.find(
    (one) => worldX >= one.x && worldX <= one.x + one.width && worldY >= one.y && worldY <= one.y + one.height,
  );
  return box ? { kind: 'group', group: box.group } : null;
}

function nearestEdge(frame: Frame, x: number, y: number): number {
  const { scene } = frame;
  let best = -1;
  let distance = EDGE_REACH;
  const isGrouped = scene.form === 'grouped';
  if (!isGrouped && scene.edges.length > MOST_TESTED_EDGES) return -1;
  // In a large picture single calls are inside bundles; only those of the cause path are lines of their own.
  for (const index of isGrouped ? scene.pathEdges : scene.edges.keys()) {
    const away = distanceTo(isGrouped ? groupedPathCurve(frame, scene.edges[index]!) : edgeCurve(frame, index), x, y);
    if (away < distance) {
      distance = away;
      best = index;
    }
  }
  return best;
}
