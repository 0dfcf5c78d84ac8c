/**
 * The course of edges: cubic curves with level tangents, leaving a caller at its right and reaching a callee at its left
 * (the other way round for a call that goes back). A curve is its points in a row: x, y, then six numbers per segment.
 */
import type { Frame } from './frame.ts';
import { nodeRadius, ringReach, screenX, screenY } from './frame.ts';
import type { Pen } from './pen.ts';

export type Curve = readonly number[];
const GAP_START = 4;
const GAP_END = 7;
/** Ends closer than this, across, leave sideways in an arc. */
const SIDEWAYS_SHARE = 2.2;

export function edgeCurve(frame: Frame, edgeIndex: number): Curve {
  const edge = frame.scene.edges[edgeIndex]!;
  const { zoom } = frame.camera;
  const from = frame.scene.nodes[edge.from]!;
  const to = frame.scene.nodes[edge.to]!;
  const r0 = nodeRadius(frame.scene.form, from, zoom, frame.scale);
  const r1 = nodeRadius(frame.scene.form, to, zoom, frame.scale);
  const reach0 = r0 + ringReach(from, r0) + GAP_START;
  const reach1 = r1 + ringReach(to, r1) + GAP_END;
  const x0 = screenX(frame, edge.from);
  const y0 = screenY(frame, edge.from);
  const x1 = screenX(frame, edge.to);
  const y1 = screenY(frame, edge.to);
  if (Math.abs(x1 - x0) < SIDEWAYS_SHARE * (r0 + r1)) return sidewaysCurve(x0, y0, x1, y1, reach0, reach1);
  const side = x1 > x0 ? 1 : -1;
  const bends = frame.place.bends[edgeIndex];
  const points: number[] = [x0 + side * reach0, y0];
  if (bends) {
    for (let i = 0; i < bends.length; i += 2) {
      points.push((bends[i]! - frame.camera.x) * zoom, (bends[i + 1]! - frame.camera.y) * zoom);
    }
  }
  points.push(x1 - side * reach1, y1);
  return levelCurve(points);
}

/** Through all points with level tangents. */
export function levelCurve(points: readonly number[]): Curve {
  const curve: number[] = [points[0]!, points[1]!];
  for (let i = 2; i < points.length; i += 2) {
    const middle = (points[i - 2]! + points[i]!) / 2;
    curve.push(middle, points[i - 1]!, middle, points[i + 1]!, points[i]!, points[i + 1]!);
  }
  return curve;
}

function sidewaysCurve(x0: number, y0: number, x1: number, y1: number, reach0: number, reach1: number): Curve {
  const down = y1 > y0 ? 1 : -1;
  const bulge = Math.min(90, 18 + Math.abs(y1 - y0) * 0.28);
  const lean = 0.6;
  return [
    x0 + reach0 * lean,
    y0 + down * reach0 * 0.8,
    x0 + reach0 * lean + bulge,
    y0 + down * (reach0 + bulge * 0.3),
    x1 + reach1 * lean + bulge,
    y1 - down * (reach1 + bulge * 0.3),
    x1 + reach1 * lean,
    y1 - down * reach1 * 0.8,
  ];
}

export function trace(pen: Pen, curve: Curve): void {
  pen.moveTo(curve[0]!, curve[1]!);
  for (let i = 2; i + 5 < curve.length; i += 6) {
    pen.bezierCurveTo(curve[i]!, curve[i + 1]!, curve[i + 2]!, curve[i + 3]!, curve[i + 4]!, curve[i + 5]!);
  }
}

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  /** Direction of travel, radians. */
  readonly angle: number;
}

/** The point at a share of the way, 0 at the caller; segments count alike. */
export function pointOn(curve: Curve, share: number): CurvePoint {
  const segments = Math.max(1, (curve.length - 2) / 6);
  const at = Math.min(segments - 1e-9, Math.max(0, share * segments));
  const base = Math.floor(at) * 6;
  const t = at - Math.floor(at);
  const axis = (k: number): readonly [number, number] => {
    const p0 = curve[base + k]!;
    const p1 = curve[base + 2 + k]!;
    const p2 = curve[base + 4 + k]!;
    const p3 = curve[base + 6 + k]!;
    const u = 1 - t;
    return [
      u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3,
      3 * u * u * (p1 - p0) + 6 * u * t * (p2 - p1) + 3 * t * t * (p3 - p2),
    ];
  };
  const [x, dx] = axis(0);
  const [y, dy] = axis(1);
  return { x, y, angle: Math.atan2(dy, dx) };
}

/** Least distance of a point to a curve, by samples: good to about a pixel at the lengths edges have on a screen. */
export function distanceTo(curve: Curve, x: number, y: number): number {
  const samples = 8 * Math.max(1, (curve.length - 2) / 6) * 2;
  let best = Infinity;
  let before = pointOn(curve, 0);
  for (let i = 1; i <= samples; i++) {
    const next = pointOn(curve, i / samples);
    best = Math.min(best, segmentDistance(before, next, x, y));
    before = next;
  }
  return best;
}

function segmentDistance(a: CurvePoint, b: CurvePoint, x: number, y: number): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = dx * dx + dy * dy;
  const t = length > 0 ? Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length)) : 0;
  return Math.hypot(a.x + t * dx - x, a.y + t * dy - y);
}
