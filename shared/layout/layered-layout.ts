/**
 * Layered drawing of a call graph: callers left, callees right, few crossings, straight long edges. Pure and
 * deterministic; used by the report and by the page's layout worker.
 *
 * The classic four steps (Sugiyama et al. 1981): break cycles, assign layers, order layers, place nodes; each is a file
 * beside this one and names its source. Edges that span layers run through invisible dummy nodes, which become the
 * bends of their curve. About O((n + m) log n) per ordering sweep, dummies included.
 */
import { assignLayers } from './assign-layers.ts';
import { findReversedEdges } from './break-cycles.ts';
import { orderLayers } from './order-layers.ts';
import { placeNodes } from './place-nodes.ts';

export interface LayoutNode {
  readonly id: string;
  /** Extent in pixels, label included. */
  readonly width: number;
  readonly height: number;
}
export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
}
export interface LayoutOptions {
  /** Free pixels between two layers and between two nodes of a layer. */
  readonly layerGap: number;
  readonly nodeGap: number;
  /** Ids kept on one straight line across the layers, such as the path of a fault; at most one per layer. */
  readonly straight?: readonly string[];
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Layout {
  /** Centre per node id; the drawing starts at (0, 0). */
  readonly positions: ReadonlyMap<string, Point>;
  /** Per edge of the input, from caller to callee, ends included; a self-loop or an unknown end gives no points. */
  readonly routes: readonly (readonly Point[])[];
  readonly width: number;
  readonly height: number;
}

/** Nodes are placed in the order given where nothing else decides: give them sorted for a stable picture. */
export function layeredLayout(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  options: LayoutOptions,
): Layout {
  const index = new Map(nodes.map((node, i) => [node.id, i]));
  const ends = edges.map((edge) => [index.get(edge.from) ?? -1, index.get(edge.to) ?? -1] as const);
  const drawn = ends.flatMap(([a, b], e) => (a >= 0 && b >= 0 && a !== b ? [e] : []));
  const raw = {
    nodeCount: nodes.length,
    from: drawn.map((e) => (ends[e] as readonly [number, number])[0]),
    to: drawn.map((e) => (ends[e] as readonly [number, number])[1]),
  };
  const reversed = findReversedEdges(raw);
  const acyclic = {
    nodeCount: nodes.length,
    from: raw.from.map((a, k) => (reversed[k] ? (raw.to[k] as number) : a)),
    to: raw.to.map((b, k) => (reversed[k] ? (raw.from[k] as number) : b)),
  };
  const layer = assignLayers(acyclic);
  const proper = splitLongEdges(acyclic.from, acyclic.to, layer);
  const order = orderLayers(proper);
  const size = new Float64Array(proper.before.length).fill(4);
  const weight = new Float64Array(proper.before.length).fill(8);
  nodes.forEach((node, i) => {
    size[i] = node.height;
    const isAlone = proper.before[i]?.length === 0 && proper.after[i]?.length === 0;
    weight[i] = isAlone ? 0.001 : 1;
  });
  const straight = new Set((options.straight ?? []).map((id) => index.get(id) ?? -1));
  const y = placeNodes({ ...proper, layers: order }, size, options.nodeGap, weight, straight);
  return assemble(nodes, ends, drawn, reversed, proper.chains, order, y, size, options);
}

interface ProperLayering {
  readonly layers: number[][];
  readonly before: number[][];
  readonly after: number[][];
  /** Per drawn edge the node ids it runs through, in the direction of the acyclic graph. */
  readonly chains: number[][];
}

function splitLongEdges(from: readonly number[], to: readonly number[], layer: Int32Array): ProperLayering {
  const layers: number[][] = [];
  const before: number[][] = [];
  const after: number[][] = [];
  const addNode = (atLayer: number): number => {
    const id = before.length;
    before.push([]);
    after.push([]);
    while (layers.length <= atLayer) layers.push([]);
    (layers[atLayer] as number[]).push(id);
    return id;
  };
  for (const l of layer) addNode(l);
  const chains = from.map((a, e) => {
    const b = to[e] as number;
    const chain = [a];
    for (let l = (layer[a] as number) + 1; l < (layer[b] as number); l++) chain.push(addNode(l));
    chain.push(b);
    for (let i = 0; i + 1 < chain.length; i++) {
      (after[chain[i] as number] as number[]).push(chain[i + 1] as number);
      (before[chain[i + 1] as number] as number[]).push(chain[i] as number);
    }
    return chain;
  });
  return { layers, before, after, chains };
}

function assemble(
  nodes: readonly LayoutNode[],
  ends: readonly (readonly [number, number])[],
  drawn: readonly number[],
  reversed: readonly boolean[],
  chains: readonly (readonly number[])[],
  order: readonly (readonly number[])[],
  y: Float64Array,
  size: Float64Array,
  options: LayoutOptions,
): Layout {
  const x = new Float64Array(y.length);
  let right = 0;
  for (const layer of order) {
    const width = Math.max(0, ...layer.map((v) => nodes[v]?.width ?? 0));
    for (const v of layer) x[v] = right + width / 2;
    right += width + options.layerGap;
  }
  let top = Infinity;
  let bottom = -Infinity;
  y.forEach((centre, v) => {
    top = Math.min(top, centre - (size[v] as number) / 2);
    bottom = Math.max(bottom, centre + (size[v] as number) / 2);
  });
  const point = (v: number): Point => ({ x: x[v] as number, y: (y[v] as number) - top });
  const routes: (readonly Point[])[] = ends.map(() => []);
  drawn.forEach((e, k) => {
    const points = (chains[k] as readonly number[]).map(point);
    routes[e] = reversed[k] ? points.reverse() : points;
  });
  return {
    positions: new Map(nodes.map((node, i) => [node.id, point(i)])),
    routes,
    width: nodes.length > 0 ? right - options.layerGap : 0,
    height: nodes.length > 0 ? bottom - top : 0,
  };
}
