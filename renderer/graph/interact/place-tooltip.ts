/**
 * Where a tooltip hides least: never under the pointer, beside what it is about, off the cause path and off the names and
 * shapes of neighbours as far as there is room. Each place around it is tried, and the corners of the view; what is
 * covered costs by its share. O(places × obstacles).
 */
import { edgeCurve, pointOn } from '../draw/curves.ts';
import type { Frame } from '../draw/frame.ts';
import { isOnScreen, nodeRadius, ringReach, screenX, screenY } from '../draw/frame.ts';
import { changeTagRect } from '../draw/paint-nodes.ts';
import type { Rect } from '../draw/place-labels.ts';
import type { Hit } from './hit-test.ts';

export interface Obstacle extends Rect {
  /** Of being covered whole. */
  readonly cost: number;
}
interface Size {
  readonly width: number;
  readonly height: number;
}
interface Point {
  readonly x: number;
  readonly y: number;
}

/** A hand's width around the pointer stays free. */
const POINTER_PX = 18;
const GAP = 10;
const RIM = 6;
/** Of two places that hide as much the nearer one wins; a whole view away costs as much as one name. */
const FAR_COST = 1;
const COST = { path: 60, own: 40, neighbour: 12, other: 5, line: 0.5 };
const POINTS_ON_PATH = 14;
const POINTS_ON_EDGE = 8;

export function placeTooltip(
  size: Size,
  pointer: Point,
  /** What it is about; none for a long line. */
  about: Rect | null,
  obstacles: readonly Obstacle[],
  view: Size,
): Point {
  const hand = around(pointer, POINTER_PX);
  let best: Point = { x: RIM, y: RIM };
  let least = Infinity;
  for (const place of candidates(size, about ?? hand, view)) {
    const rect = { ...place, ...size };
    const away = Math.hypot(rect.x + rect.width / 2 - pointer.x, rect.y + rect.height / 2 - pointer.y);
    let cost = (FAR_COST * away) / Math.hypot(view.width, view.height);
    // Nothing weighs as much as the hand.
    if (covered(hand, rect) > 0) cost += 1e6;
    for (const obstacle of obstacles) cost += obstacle.cost * covered(obstacle, rect);
    if (cost < least) {
      least = cost;
      best = place;
    }
  }
  return best;
}

/** Around it, in three steps along each side, and in the corners and the middles of the rim; all inside the view. */
function candidates(size: Size, about: Rect, view: Size): readonly Point[] {
  const left = about.x - GAP - size.width;
  const right = about.x + about.width + GAP;
  const above = about.y - GAP - size.height;
  const below = about.y + about.height + GAP;
  const middleX = about.x + (about.width - size.width) / 2;
  const middleY = about.y + (about.height - size.height) / 2;
  const [farX, farY] = [view.width - size.width - RIM, view.height - size.height - RIM];
  const pairs: (readonly [number, number])[] = [
    ...[middleY, about.y, about.y + about.height - size.height, above, below].flatMap(
      (y): (readonly [number, number])[] => [
        [right, y],
        [left, y],
      ],
    ),
    ...[middleX, about.x, about.x + about.width - size.width].flatMap((x): (readonly [number, number])[] => [
      [x, below],
      [x, above],
    ]),
    ...[RIM, farX / 2, farX].flatMap((x) => [RIM, farY / 2, farY].map((y) => [x, y] as const)),
  ];
  return pairs.map(([x, y]) => ({
    x: Math.max(RIM, Math.min(farX, x)),
    y: Math.max(RIM, Math.min(farY, y)),
  }));
}

/** Share of a rectangle that another one covers. */
function covered(rect: Rect, by: Rect): number {
  const across = Math.min(rect.x + rect.width, by.x + by.width) - Math.max(rect.x, by.x);
  const down = Math.min(rect.y + rect.height, by.y + by.height) - Math.max(rect.y, by.y);
  return across > 0 && down > 0 ? (across * down) / (rect.width * rect.height) : 0;
}

function around({ x, y }: Point, reach: number): Rect {
  return { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
}

/** The shape of a node with its rings. */
function bodyOf(frame: Frame, index: number): Rect {
  const node = frame.scene.nodes[index]!;
  const r = nodeRadius(frame.scene.form, node, frame.camera.zoom, frame.scale);
  return around({ x: screenX(frame, index), y: screenY(frame, index) }, r + ringReach(node, r));
}

/** What the tooltip of a hit stands beside; null for lines and boxes. */
export function aboutOf(frame: Frame, hit: Hit): Rect | null {
  return hit.kind === 'node' && frame.scene.nodes[hit.index] ? bodyOf(frame, hit.index) : null;
}

/** Shapes, names, the cause path with its tag, and the lines that are hovered. */
export function tooltipObstacles(
  frame: Frame,
  labels: readonly (Rect & { readonly node: number })[],
  hit: Hit,
): readonly Obstacle[] {
  const { scene } = frame;
  const own = hit.kind === 'node' ? hit.index : -1;
  const edges = hit.kind === 'edge' ? [hit.index] : (scene.edgesOf[own] ?? []);
  const near = new Set(edges.flatMap((edge) => [scene.edges[edge]?.from ?? -1, scene.edges[edge]?.to ?? -1]));
  const costOf = (index: number): number =>
    index === own
      ? COST.own
      : (scene.nodes[index]?.step ?? 0) > 0
        ? COST.path
        : near.has(index)
          ? COST.neighbour
          : COST.other;
  const found: Obstacle[] = [];
  scene.nodes.forEach((node, index) => {
    if (!node.isMatch || !isOnScreen(frame, screenX(frame, index), screenY(frame, index), 40)) return;
    found.push({ ...bodyOf(frame, index), cost: costOf(index) });
  });
  for (const { x, y, width, height, node } of labels) {
    found.push({ x, y, width, height, cost: node < 0 ? COST.path : costOf(node) });
  }
  const tag = changeTagRect(frame);
  if (tag) found.push({ ...tag, cost: COST.path });
  if (scene.form === 'flat') {
    for (const edge of scene.pathEdges) found.push(...alongEdge(frame, edge, POINTS_ON_PATH, COST.path / 4));
    for (const edge of edges) found.push(...alongEdge(frame, edge, POINTS_ON_EDGE, COST.line));
  }
  return found;
}

function alongEdge(frame: Frame, edge: number, count: number, cost: number): readonly Obstacle[] {
  const curve = edgeCurve(frame, edge);
  return Array.from({ length: count }, (_, index) => {
    const { x, y } = pointOn(curve, (index + 0.5) / count);
    return { ...around({ x, y }, 4), cost };
  });
}
