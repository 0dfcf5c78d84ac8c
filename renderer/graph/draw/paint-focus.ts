/**
 * What the pointer or the selection lights, on its own canvas over the picture: others under a veil, the entity with its
 * neighbours and calls at full strength, an accent frame around the selection. Text under the veil stays readable.
 */
import { busiestRate, edgeWidth, groupedPathCurve, paintBundles, paintCausePath, paintEdge } from './paint-edges.ts';
import { edgeCurve, trace } from './curves.ts';
import type { Scene } from '../model/scene.ts';
import type { Frame } from './frame.ts';
import { nodeRadius, ringReach, screenX, screenY } from './frame.ts';
import { paintLabels } from './paint-labels.ts';
import type { PaintedLabel } from './paint-labels.ts';
import { paintChangeTag, paintNode } from './paint-nodes.ts';

export interface Focus {
  /** Node or group that is lit; -1 / null = none. */
  readonly node: number;
  readonly group: string | null;
  readonly edge: number;
  /** Hops from a node whose blast radius is shown, callers and callees; null = not shown. */
  readonly blast: { readonly callerHops: Int32Array; readonly calleeHops: Int32Array } | null;
}
export const NO_FOCUS: Focus = { node: -1, group: null, edge: -1, blast: null };

/** The others keep 45 % of their strength. */
const VEIL = 0.55;
/** Of a hub the busiest calls are lit; the tooltip and the table count all. */
const MOST_EDGES = 160;

export function paintFocus(frame: Frame, focus: Focus, labels: readonly PaintedLabel[]): void {
  if (focus.blast) paintBlast(frame, focus.blast, labels);
  else if (focus.node >= 0) paintLit(frame, neighbourhood(frame, focus.node), labels);
  else if (focus.edge >= 0) paintLit(frame, edgeEnds(frame, focus.edge), labels);
  else if (focus.group !== null) paintGroupFocus(frame, focus.group);
  if (frame.selected >= 0) paintSelection(frame, labels);
}

interface Lit {
  readonly nodes: ReadonlySet<number>;
  readonly edges: readonly number[];
}

function neighbourhood({ scene }: Frame, node: number): Lit {
  const nodes = new Set([node]);
  const edges = busiestEdges(scene, node);
  for (const index of edges) {
    nodes.add(scene.edges[index]!.from);
    nodes.add(scene.edges[index]!.to);
  }
  return { nodes, edges };
}

function busiestEdges(scene: Scene, node: number): readonly number[] {
  const all = scene.edgesOf[node] ?? [];
  if (all.length <= MOST_EDGES) return all;
  const weight = (index: number): number => {
    const edge = scene.edges[index]!;
    return edge.pathStep > 0 ? Infinity : (edge.state === 'plain' ? 0 : 1e12) + edge.calls;
  };
  return [...all].sort((a, b) => weight(b) - weight(a)).slice(0, MOST_EDGES);
}

function edgeEnds({ scene }: Frame, index: number): Lit {
  const edge = scene.edges[index];
  return edge ? { nodes: new Set([edge.from, edge.to]), edges: [index] } : { nodes: new Set(), edges: [] };
}

function veil(frame: Frame): void {
  const { pen, theme, size } = frame;
  pen.save();
  pen.globalAlpha = VEIL;
  pen.fillStyle = theme.surface1;
  pen.beginPath();
  pen.rect(0, 0, size.width, size.height);
  pen.fill();
  pen.restore();
}

function paintLit(frame: Frame, lit: Lit, labels: readonly PaintedLabel[]): void {
  const { scene } = frame;
  veil(frame);
  paintLabels(
    frame,
    labels.filter(({ node }) => !lit.nodes.has(node)),
    true,
  );
  const busiest = busiestRate(scene.edges);
  for (const index of lit.edges) {
    const edge = scene.edges[index]!;
    if (edge.pathStep > 0) continue;
    const curve = scene.form === 'grouped' ? groupedPathCurve(frame, edge) : edgeCurve(frame, index);
    paintEdge(frame, edge, curve, scene.form === 'grouped' ? 1.5 : edgeWidth(edge, busiest));
  }
  if (lit.edges.some((index) => (scene.edges[index]?.pathStep ?? 0) > 0)) paintCausePath(frame);
  for (const index of lit.nodes) if (scene.nodes[index]) paintNode(frame, index);
  paintLabels(
    frame,
    labels.filter(({ node }) => lit.nodes.has(node)),
  );
  if (scene.change && lit.nodes.has(scene.change.node)) paintChangeTag(frame);
}

function paintGroupFocus(frame: Frame, group: string): void {
  const { pen, theme, place, camera } = frame;
  const box = place.boxes.find((one) => one.group === group);
  if (!box) return;
  paintBundles(
    frame,
    frame.bundles.filter((bundle) => bundle.from === group || bundle.to === group),
    1.6,
  );
  pen.save();
  pen.strokeStyle = theme.text2;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.roundRect(
    (box.x - camera.x) * camera.zoom,
    (box.y - camera.y) * camera.zoom,
    box.width * camera.zoom,
    box.height * camera.zoom,
    8,
  );
  pen.stroke();
  pen.restore();
}

/** Hop rings: solid for those who call, dashed for those who are called; reached nodes stay, others go under the veil. */
function paintBlast(frame: Frame, blast: NonNullable<Focus['blast']>, labels: readonly PaintedLabel[]): void {
  const { scene, pen, theme } = frame;
  const reached = new Set<number>();
  scene.nodes.forEach((node, index) => {
    const data = scene.data.indexOf.get(node.key);
    if (data === undefined) return;
    if (blast.callerHops[data]! >= 0 || blast.calleeHops[data]! >= 0) reached.add(index);
  });
  veil(frame);
  paintLabels(
    frame,
    labels.filter(({ node }) => !reached.has(node)),
    true,
  );
  const busiest = busiestRate(scene.edges);
  scene.edges.forEach((edge, index) => {
    if (!reached.has(edge.from) || !reached.has(edge.to) || edge.pathStep > 0) return;
    if (scene.form === 'flat') paintEdge(frame, edge, edgeCurve(frame, index), edgeWidth(edge, busiest));
  });
  paintCausePath(frame);
  for (const index of reached) {
    paintNode(frame, index);
    const data = scene.data.indexOf.get(scene.nodes[index]!.key) ?? -1;
    const hops = Math.max(blast.callerHops[data] ?? -1, blast.calleeHops[data] ?? -1);
    if (hops <= 0 || frame.detail === 'boxes') continue;
    const r = nodeRadius(scene.form, scene.nodes[index]!, frame.camera.zoom, frame.scale);
    pen.save();
    pen.strokeStyle = theme.text2;
    pen.lineWidth = 1.5;
    if (blast.callerHops[data]! < 0) pen.setLineDash([3, 3]);
    pen.beginPath();
    pen.arc(screenX(frame, index), screenY(frame, index), r + ringReach(scene.nodes[index]!, r) + 4, 0, 2 * Math.PI);
    pen.stroke();
    pen.restore();
  }
  paintLabels(
    frame,
    labels.filter(({ node }) => reached.has(node)),
  );
  paintChangeTag(frame);
}

function paintSelection(frame: Frame, labels: readonly PaintedLabel[]): void {
  const { scene, pen, theme, camera } = frame;
  const node = scene.nodes[frame.selected];
  if (!node) return;
  const r = nodeRadius(scene.form, node, camera.zoom, frame.scale);
  const reach = r + Math.max(6, ringReach(node, r)) + (r > 9 ? 4 : 2);
  const label = labels.find((one) => one.node === frame.selected && one.side === 'right');
  const x = screenX(frame, frame.selected);
  const y = screenY(frame, frame.selected);
  const right = label ? label.x + label.width + 6 : x + reach;
  pen.save();
  pen.strokeStyle = theme.accent;
  pen.lineWidth = 2 * Math.min(1.5, frame.scale);
  pen.beginPath();
  pen.roundRect(x - reach, y - reach, right - (x - reach), 2 * reach, 8);
  pen.stroke();
  pen.restore();
}

/** Calls of the selection in a grouped picture, where single calls are otherwise inside bundles. */
export function paintSelectedCalls(frame: Frame): void {
  const { scene, pen, theme } = frame;
  if (scene.form !== 'grouped' || frame.selected < 0) return;
  pen.save();
  pen.strokeStyle = theme.accent;
  pen.globalAlpha = 0.7;
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (const index of busiestEdges(scene, frame.selected)) {
    const edge = scene.edges[index]!;
    if (edge.pathStep === 0) trace(pen, groupedPathCurve(frame, edge));
  }
  pen.stroke();
  pen.restore();
  // Boxes hide their members at this zoom: the ends of the lines are shown.
  if (frame.detail !== 'boxes') return;
  for (const index of neighbourhood(frame, frame.selected).nodes) paintNode(frame, index);
}
