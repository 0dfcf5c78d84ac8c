/**
 * Positions for a scene. Flat scenes are layered with the cause path on one line; grouped ones are boxes with grids.
 * Known places are kept; pins are kept whatever else happens. Pure and deterministic: runs in the worker and in tests.
 */
import { groupedLayout } from '../../../shared/layout/grouped-layout.ts';
import type { Box, KnownLayout } from '../../../shared/layout/grouped-layout.ts';
import { layeredLayout } from '../../../shared/layout/layered-layout.ts';
import type { Point } from '../../../shared/layout/layered-layout.ts';
import { placeAgain } from '../../../shared/layout/place-again.ts';
import type { KnownPlaces, LayoutAnswer, LayoutRequest } from './layout-request.ts';

export const CELL_WIDTH = 64;
export const CELL_HEIGHT = 54;
const HEAD_HEIGHT = 74;
const GROUPED_OPTIONS = {
  cellWidth: CELL_WIDTH,
  cellHeight: CELL_HEIGHT,
  headHeight: HEAD_HEIGHT,
  columnGap: 104,
  rowGap: 64,
  minColumns: 6,
  aspect: 1.62,
};
const FLAT_OPTIONS = { layerGap: 44, nodeGap: 12 };
/** The shape stands at the top of its room, its label below; this is what the shape with its rings takes. */
const SHAPE_HEIGHT = 36;
/** Bends of long edges run at the height of shapes. */
const BEND_LIFT = 10;
const FLAT_ASPECT = 2.5;
const MOST_STRETCH = 2;
/** With fewer known nodes than this share, the picture is another one: it is drawn anew. */
const LEAST_KNOWN_SHARE = 0.3;

export function computeLayout(request: LayoutRequest): Omit<LayoutAnswer, 'layoutMs'> {
  const known = isSamePicture(request) ? request.known : onlyPins(request.known);
  return request.form === 'grouped' ? groupedAnswer(request, known) : flatAnswer(request, known);
}

function isSamePicture({ ids, known }: LayoutRequest): boolean {
  const count = ids.filter((id) => Object.hasOwn(known.positions, id)).length;
  return count >= ids.length * LEAST_KNOWN_SHARE;
}

function onlyPins(known: KnownPlaces): KnownPlaces {
  const positions = Object.fromEntries(
    known.pins.flatMap((key) => (known.positions[key] ? [[key, known.positions[key]]] : [])),
  );
  return { positions, boxes: {}, pins: known.pins };
}

function pinnedPoints(known: KnownPlaces): ReadonlyMap<string, Point> {
  return new Map(
    known.pins.flatMap((key) => {
      const at = known.positions[key];
      return at ? [[key, { x: at[0], y: at[1] }] as const] : [];
    }),
  );
}

function edgesOf({ ids, from, to }: LayoutRequest): readonly { readonly from: string; readonly to: string }[] {
  return Array.from(from, (a, e) => ({ from: ids[a] ?? '', to: ids[to[e] ?? -1] ?? '' }));
}

function flatAnswer(request: LayoutRequest, known: KnownPlaces): Omit<LayoutAnswer, 'layoutMs'> {
  const nodes = request.ids.map((id, i) => ({ id, width: request.widths[i] ?? 0, height: request.heights[i] ?? 0 }));
  const edges = edgesOf(request);
  const fresh = layeredLayout(nodes, edges, { ...FLAT_OPTIONS, straight: request.straight });
  const heightOf = new Map(nodes.map((node) => [node.id, node.height]));
  const stretch = stretchOf(fresh);
  // Layouts speak of the middle of a node's room, everything else of the middle of its shape.
  const shapes = new Map(
    [...fresh.positions].map(([id, at]) => [
      id,
      { x: at.x * stretch, y: at.y - ((heightOf.get(id) ?? SHAPE_HEIGHT) - SHAPE_HEIGHT) / 2 },
    ]),
  );
  const knownPoints = new Map(
    request.ids.flatMap((id) => {
      const at = known.positions[id];
      return at ? [[id, { x: at[0], y: at[1] }] as const] : [];
    }),
  );
  const placed = placeAgain(nodes, edges, shapes, knownPoints, FLAT_OPTIONS.nodeGap);
  const at = (id: string): Point => placed.get(id) ?? { x: 0, y: 0 };
  const isAtHome = (id: string): boolean => {
    const home = shapes.get(id);
    return home !== undefined && Math.hypot(home.x - at(id).x, home.y - at(id).y) < 1;
  };
  const bends = edges.map((edge, e) => {
    const route = fresh.routes[e] ?? [];
    if (route.length <= 2 || !isAtHome(edge.from) || !isAtHome(edge.to)) return null;
    return Float64Array.from(route.slice(1, -1).flatMap(({ x, y }) => [x * stretch, y - BEND_LIFT]));
  });
  return {
    x: Float64Array.from(request.ids, (id) => at(id).x),
    y: Float64Array.from(request.ids, (id) => at(id).y),
    boxes: [],
    bends,
  };
}

/** Layers move apart until the picture is as wide as the panels it stands in; no further than labels gain from it. */
function stretchOf({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.min(MOST_STRETCH, Math.max(1, (FLAT_ASPECT * height) / Math.max(1, width)));
}

function groupedAnswer(request: LayoutRequest, known: KnownPlaces): Omit<LayoutAnswer, 'layoutMs'> {
  const nodes = request.ids.map((id, i) => ({
    id,
    group: request.groups[i] ?? '',
    hasOwnRow: request.hasOwnRow[i] === 1,
  }));
  const pins = pinnedPoints(known);
  const boxes = Object.entries(known.boxes).map(([group, [x, y, width, height]]): readonly [string, Box] => [
    group,
    { x, y, width, height },
  ]);
  const before: KnownLayout | undefined =
    boxes.length > 0
      ? {
          positions: new Map(Object.entries(known.positions).map(([id, [x, y]]) => [id, { x, y }])),
          boxes: new Map(boxes),
        }
      : undefined;
  const layout = groupedLayout(nodes, edgesOf(request), GROUPED_OPTIONS, before);
  const at = (id: string): Point => pins.get(id) ?? layout.positions.get(id) ?? { x: 0, y: 0 };
  return {
    x: Float64Array.from(request.ids, (id) => at(id).x),
    y: Float64Array.from(request.ids, (id) => at(id).y),
    boxes: [...layout.boxes].map(([group, box]) => ({ group, ...box })),
    bends: [],
  };
}
