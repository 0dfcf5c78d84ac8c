/** Where everything of a scene stands: positions, boxes, bends, and the extent of all. World pixels, 1 at 100 % zoom. */
import type { Scene } from '../model/scene.ts';
import type { KnownPlaces, LayoutAnswer } from './layout-request.ts';

export interface Extent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
export interface Placement extends Omit<LayoutAnswer, 'layoutMs'> {
  readonly extent: Extent;
  readonly pins: ReadonlySet<string>;
}

/** Left of the first boxes a path between two of one column has its way (draw/paint-edges). */
const GUTTER = 130;
/** Room around node centres for shape, rings and labels. */
const MARGIN = { side: 70, top: 34, bottom: 56 };

export function placementOf(answer: Omit<LayoutAnswer, 'layoutMs'>, pins: ReadonlySet<string>): Placement {
  return { ...answer, pins, extent: extentOf(answer) };
}

export function extentOf({ x, y, boxes }: Pick<LayoutAnswer, 'x' | 'y' | 'boxes'>): Extent {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (let i = 0; i < x.length; i++) {
    left = Math.min(left, x[i]! - MARGIN.side);
    right = Math.max(right, x[i]! + MARGIN.side);
    top = Math.min(top, y[i]! - MARGIN.top);
    bottom = Math.max(bottom, y[i]! + MARGIN.bottom);
  }
  if (boxes.length > 0) {
    // Members lie inside; only boxes and dragged nodes reach out.
    left = Math.min(...boxes.map((box) => box.x)) - GUTTER;
    top = Math.min(...boxes.map((box) => box.y)) - 24;
    right = Math.max(...boxes.map((box) => box.x + box.width)) + 24;
    bottom = Math.max(...boxes.map((box) => box.y + box.height)) + 24;
  }
  return left <= right ? { left, top, right, bottom } : { left: 0, top: 0, right: 1, bottom: 1 };
}

/** Moves one node and pins it; the rest of the placement is shared. */
export function withPin(
  placement: Placement,
  index: number,
  key: string,
  at: { readonly x: number; readonly y: number },
): Placement {
  const x = placement.x.slice();
  const y = placement.y.slice();
  x[index] = at.x;
  y[index] = at.y;
  const next = { ...placement, x, y, pins: new Set([...placement.pins, key]) };
  return { ...next, extent: extentOf(next) };
}

/** What has to be remembered so that the picture comes back: whole pixels, places known before included. */
export function knownPlacesOf(scene: Scene, placement: Placement, before: KnownPlaces): KnownPlaces {
  const positions: Record<string, readonly [number, number]> = { ...before.positions };
  scene.nodes.forEach((node, i) => {
    positions[node.key] = [tenth(placement.x[i] ?? 0), tenth(placement.y[i] ?? 0)];
  });
  const boxes: Record<string, readonly [number, number, number, number]> = { ...before.boxes };
  for (const { group, x, y, width, height } of placement.boxes) boxes[group] = [tenth(x), tenth(y), width, height];
  return { positions, boxes, pins: [...placement.pins].sort() };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
