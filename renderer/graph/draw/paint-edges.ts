/** Edges, bundles, the cause path and the ground under what is hit. Generators pause between portions of work. */
import type { SceneEdge } from '../model/scene.ts';
import type { Bundle } from './bundles.ts';
import { edgeCurve, levelCurve, pointOn, trace } from './curves.ts';
import type { Curve } from './curves.ts';
import type { Frame } from './frame.ts';
import { isOnScreen, nodeRadius, screenX, screenY } from './frame.ts';

const PORTION = 300;
/** Up to so many edges each has its full ink. */
const FEW_EDGES = 26;
const LEAST_INK = 0.42;
const PATH_WIDTH = 5;
const ONE_COLUMN_PX = 70;
/** From a named node to the middle of the free column left of its box, so much more as a curve falls short of its handles. */
const GUTTER = 140;
const GROUND_WIDTH = 86;
const GROUND_ALPHA = 0.62;

/** 1.5 to 5 px by the square root of calls per second. */
export function edgeWidth(edge: SceneEdge, busiest: number): number {
  return 1.5 + 3.5 * Math.sqrt(Math.min(1, edge.callsPerSecond / Math.max(1e-9, busiest))) * busyness(busiest);
}

/** A graph in which nothing is busy has thin edges only. */
function busyness(busiest: number): number {
  return Math.min(1, Math.max(0.35, Math.sqrt(busiest) / 4));
}

const busiestRates = new WeakMap<readonly SceneEdge[], number>();

/** Calls per second of the busiest edge; looked for once for each scene, because every hover asks. */
export function busiestRate(edges: readonly SceneEdge[]): number {
  const known = busiestRates.get(edges);
  if (known !== undefined) return known;
  const rate = edges.reduce((most, edge) => Math.max(most, edge.callsPerSecond), 0);
  busiestRates.set(edges, rate);
  return rate;
}

/** A soft ground that follows the edges between what is hit: the observed blast radius. */
export function paintGround(frame: Frame): void {
  const { scene, pen, theme, camera, scale } = frame;
  // On a presenter's screen no coloured text may stand on coloured ground.
  if (scene.form === 'grouped' || scale > 1) return;
  const isHit = (index: number): boolean => {
    const node = scene.nodes[index];
    return node !== undefined && (node.step > 0 || node.state === 'failing' || node.state === 'degraded');
  };
  pen.save();
  pen.globalAlpha = GROUND_ALPHA;
  pen.strokeStyle = theme.failTint;
  pen.lineWidth = Math.max(30, GROUND_WIDTH * camera.zoom) * Math.min(1.4, scale);
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  pen.beginPath();
  const drop = 8 * camera.zoom;
  scene.nodes.forEach((_, index) => {
    if (!isHit(index)) return;
    const x = screenX(frame, index);
    const y = screenY(frame, index) + drop;
    pen.moveTo(x, y);
    pen.lineTo(x + 0.1, y);
  });
  for (const edge of scene.edges) {
    if (!isHit(edge.from) || !isHit(edge.to)) continue;
    const curve = levelCurve([
      screenX(frame, edge.from),
      screenY(frame, edge.from) + drop,
      screenX(frame, edge.to),
      screenY(frame, edge.to) + drop,
    ]);
    trace(pen, curve);
  }
  pen.stroke();
  pen.restore();
}

export function* paintEdges(frame: Frame): Generator<void> {
  const { scene } = frame;
  if (scene.form === 'grouped') {
    paintBundles(frame, frame.bundles);
    return;
  }
  const busiest = busiestRate(scene.edges);
  // Many healthy calls share the ink that few would have: what is in trouble stays in front.
  const crowd = Math.min(1, Math.max(LEAST_INK, Math.sqrt(FEW_EDGES / Math.max(1, scene.edges.length))));
  const order = scene.edges.map((_, index) => index).filter((index) => scene.edges[index]?.pathStep === 0);
  const rank = { plain: 0, degraded: 1, failing: 2 };
  order.sort((a, b) => rank[scene.edges[a]!.state] - rank[scene.edges[b]!.state]);
  for (let i = 0; i < order.length; i++) {
    const index = order[i]!;
    const edge = scene.edges[index]!;
    paintEdge(frame, edge, edgeCurve(frame, index), edgeWidth(edge, busiest), crowd);
    if (i % PORTION === PORTION - 1) yield;
  }
}

export function paintEdge(frame: Frame, edge: SceneEdge, curve: Curve, width: number, ink = 1): void {
  const { pen, theme, scale } = frame;
  const colour = edge.state === 'failing' ? theme.failFill : edge.state === 'degraded' ? theme.warnFill : theme.series3;
  pen.save();
  if (edge.kind === 'runs') {
    paintRuns(frame, curve);
    pen.restore();
    return;
  }
  pen.globalAlpha = edge.state === 'plain' ? ink : 0.85;
  pen.strokeStyle = colour;
  pen.lineWidth = Math.max((edge.state === 'plain' ? width * (0.5 + 0.5 * ink) : width) * scale, scale > 1 ? 2 : 1.5);
  if (edge.isInferred) pen.setLineDash([5 * scale, 4 * scale]);
  pen.beginPath();
  trace(pen, curve);
  pen.stroke();
  pen.setLineDash([]);
  arrowHead(frame, curve, colour);
  pen.restore();
}

/** Dots without an arrow: nothing is called. */
function paintRuns({ pen, theme, scale }: Frame, curve: Curve): void {
  pen.strokeStyle = theme.series3;
  pen.lineWidth = Math.max(2, 2 * scale);
  pen.setLineDash([2 * scale, 4 * scale]);
  pen.beginPath();
  trace(pen, curve);
  pen.stroke();
  pen.setLineDash([]);
}

/** At the callee. Large enough to be seen at the end of a thick line. */
function arrowHead(frame: Frame, curve: Curve, colour: string): void {
  const { pen, scale } = frame;
  const end = pointOn(curve, 1);
  const before = pointOn(curve, 1 - 0.06 / Math.max(1, (curve.length - 2) / 6));
  const size = 6.5 * scale;
  pen.save();
  pen.translate(curve[curve.length - 2]!, curve[curve.length - 1]!);
  pen.rotate(Math.atan2(end.y - before.y, end.x - before.x));
  pen.beginPath();
  pen.moveTo(-size, -0.58 * size);
  pen.lineTo(2, 0);
  pen.lineTo(-size, 0.58 * size);
  pen.closePath();
  pen.fillStyle = colour;
  pen.fill();
  pen.restore();
}

/** The way of the fault: one line with a casing, over everything but the nodes; chevrons point from callee to caller. */
export function paintCausePath(frame: Frame): void {
  const { scene, pen, theme, scale } = frame;
  const width = frame.scene.form === 'grouped' ? 4.5 : PATH_WIDTH;
  for (const index of scene.pathEdges) {
    const edge = scene.edges[index]!;
    const curve = scene.form === 'grouped' ? groupedPathCurve(frame, edge) : pathCurve(frame, index);
    pen.save();
    pen.lineCap = 'round';
    pen.beginPath();
    trace(pen, curve);
    pen.strokeStyle = scene.form === 'grouped' ? theme.surface2 : theme.surface1;
    pen.lineWidth = (width + 5) * Math.min(1.4, scale);
    pen.stroke();
    pen.strokeStyle = theme.changeFill;
    pen.lineWidth = width * Math.min(1.6, scale);
    pen.stroke();
    for (const share of [0.4, 0.62]) chevron(frame, curve, share);
    pen.restore();
  }
}

/** Touches both rims, unlike a plain edge, so that the path reads as one line. */
function pathCurve(frame: Frame, index: number): Curve {
  const curve = [...edgeCurve(frame, index)];
  const side = Math.sign(curve[curve.length - 2]! - curve[0]!) || 1;
  curve[0]! -= side * 2;
  curve[curve.length - 2]! += side * 4;
  return curve;
}

/** Through the boxes: from rim to rim of the two nodes. */
export function groupedPathCurve(frame: Frame, edge: SceneEdge): Curve {
  const from = frame.scene.nodes[edge.from]!;
  const to = frame.scene.nodes[edge.to]!;
  const side = frame.place.x[edge.to]! >= frame.place.x[edge.from]! ? 1 : -1;
  const room = (node: typeof from): number => nodeRadius('grouped', node, frame.camera.zoom, frame.scale) + 5;
  const x0 = screenX(frame, edge.from);
  const y0 = screenY(frame, edge.from);
  const x1 = screenX(frame, edge.to);
  const y1 = screenY(frame, edge.to);
  if (Math.abs(x1 - x0) < ONE_COLUMN_PX) {
    // In one column: out to the left and back, past the boxes between.
    const bulge = Math.min(90, GUTTER * frame.camera.zoom);
    return [x0 - room(from), y0, x0 - room(from) - bulge, y0, x1 - room(to) - bulge, y1, x1 - room(to), y1];
  }
  return levelCurve([
    screenX(frame, edge.from) + side * room(from),
    screenY(frame, edge.from),
    screenX(frame, edge.to) - side * room(to),
    screenY(frame, edge.to),
  ]);
}

function chevron(frame: Frame, curve: Curve, share: number): void {
  const { pen, theme, scale } = frame;
  const at = pointOn(curve, share);
  const k = Math.min(1.6, scale);
  pen.save();
  pen.translate(at.x, at.y);
  pen.rotate(at.angle + Math.PI);
  pen.beginPath();
  pen.moveTo(-2.2 * k, -4 * k);
  pen.lineTo(2.6 * k, 0);
  pen.lineTo(-2.2 * k, 4 * k);
  pen.strokeStyle = theme.surface1;
  pen.lineWidth = 2.2 * k;
  pen.lineJoin = 'round';
  pen.stroke();
  pen.restore();
}

export function bundleCurve(frame: Pick<Frame, 'camera'>, bundle: Bundle): Curve {
  const { x, y, zoom } = frame.camera;
  const points = [
    (bundle.x0 - x) * zoom,
    (bundle.y0 - y) * zoom,
    (bundle.x1 - x) * zoom,
    (bundle.y1 - y) * zoom,
  ] as const;
  if (!bundle.isVertical) return levelCurve(points);
  const bulge = Math.min(60, Math.max(0, Math.abs(points[3] - points[1]) - 90) * 0.2);
  const middle = (points[1] + points[3]) / 2;
  return [points[0], points[1], points[0] + bulge, middle, points[2] + bulge, middle, points[2], points[3]];
}

export function paintBundles(frame: Frame, bundles: readonly Bundle[], alpha = 1): void {
  const { pen, theme, camera } = frame;
  const k = Math.min(1.5, Math.max(0.45, camera.zoom / 0.4)) * frame.scale;
  // Many lines share the ink that few would have.
  const crowd = Math.min(1, Math.sqrt(30 / Math.max(1, bundles.length)));
  pen.save();
  for (const bundle of [...bundles].reverse()) {
    const curve = bundleCurve(frame, bundle);
    const room = 200;
    const end = curve.length;
    if (
      !isOnScreen(frame, curve[0]!, curve[1]!, room) &&
      !isOnScreen(frame, curve[end - 2]!, curve[end - 1]!, room) &&
      !crosses(frame, curve)
    )
      continue;
    pen.globalAlpha = alpha * (bundle.state === 'plain' ? 0.6 * crowd : 0.78);
    pen.strokeStyle =
      bundle.state === 'failing' ? theme.failFill : bundle.state === 'degraded' ? theme.warnFill : theme.series3;
    pen.lineWidth = Math.max(1, (1 + 4.5 * bundle.weight) * k * (0.5 + 0.5 * crowd));
    pen.beginPath();
    trace(pen, curve);
    pen.stroke();
  }
  pen.restore();
}

function crosses(frame: Frame, curve: Curve): boolean {
  const end = curve.length;
  const left = Math.min(curve[0]!, curve[end - 2]!);
  const right = Math.max(curve[0]!, curve[end - 2]!);
  const top = Math.min(curve[1]!, curve[end - 1]!);
  const bottom = Math.max(curve[1]!, curve[end - 1]!);
  return left < frame.size.width && right > 0 && top < frame.size.height && bottom > 0;
}

/** Calls inside boxes, as hairlines: texture that says who is busy with whom, readable when zoomed in. */
export function* paintInnerEdges(frame: Frame): Generator<void> {
  const { scene, pen, theme, place, camera } = frame;
  if (scene.form === 'flat' || frame.detail === 'boxes') return;
  pen.save();
  pen.strokeStyle = theme.series3;
  pen.globalAlpha = 0.38;
  pen.lineWidth = 1;
  pen.beginPath();
  let drawn = 0;
  for (const edge of scene.edges) {
    const from = scene.nodes[edge.from]!;
    if (from.group !== scene.nodes[edge.to]!.group || edge.pathStep > 0) continue;
    if (!from.isMatch || !scene.nodes[edge.to]!.isMatch) continue;
    const x0 = (place.x[edge.from]! - camera.x) * camera.zoom;
    const y0 = (place.y[edge.from]! - camera.y) * camera.zoom;
    if (!isOnScreen(frame, x0, y0, 120)) continue;
    const x1 = (place.x[edge.to]! - camera.x) * camera.zoom;
    const y1 = (place.y[edge.to]! - camera.y) * camera.zoom;
    const bow = 0.18;
    const mx = (x0 + x1) / 2 + (y0 - y1) * bow;
    const my = (y0 + y1) / 2 + (x1 - x0) * bow;
    pen.moveTo(x0, y0);
    pen.bezierCurveTo(
      x0 + (mx - x0) * 0.67,
      y0 + (my - y0) * 0.67,
      x1 + (mx - x1) * 0.67,
      y1 + (my - y1) * 0.67,
      x1,
      y1,
    );
    if (++drawn % PORTION === 0) {
      pen.stroke();
      yield;
      pen.beginPath();
    }
  }
  pen.stroke();
  pen.restore();
}
