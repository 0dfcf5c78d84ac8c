/**
 * Gives each node of an ordered layering its position across the layers, so that edges run straight where they can and
 * neighbours keep their distance.
 *
 * Alternating median passes with a priority for long edges (the priority method of Sugiyama et al. 1981), each followed
 * by an exact least-squares fit to the wished positions under the distance constraints: pool adjacent violators
 * (Barlow et al. 1972; Best & Chakravarti, "Active set algorithms for isotonic regression" 1990), O(n) per layer.
 */
import type { LayeredGraph } from './order-layers.ts';

const PASSES = 10;
/** So much heavier than anything else that a fit leaves it where it is, to far less than a pixel. */
const STRAIGHT_WEIGHT = 1e9;

/**
 * Centre coordinate per node. `size` is each node's extent across the layers, `gap` the free space kept between two.
 * `weight` says how firmly a node holds to its wish (dummies of long edges weigh more and so stay straight). Nodes in
 * `straight` all lie at 0, whatever else pulls at them, unless two share a layer.
 */
export function placeNodes(
  graph: LayeredGraph,
  size: Float64Array,
  gap: number,
  weight: Float64Array,
  straight: ReadonlySet<number> = new Set(),
): Float64Array {
  for (const v of straight) if (v >= 0) weight[v] = STRAIGHT_WEIGHT;
  const centre = new Float64Array(size.length);
  for (const layer of graph.layers) {
    let at = 0;
    for (const v of layer) {
      centre[v] = at + (size[v] as number) / 2;
      at += (size[v] as number) + gap;
    }
    const shift = (at - gap) / 2;
    for (const v of layer) centre[v] = (centre[v] as number) - shift;
  }
  for (let pass = 0; pass < PASSES; pass++) {
    const forward = pass % 2 === 0;
    const last = pass >= PASSES - 2;
    for (let i = 0; i < graph.layers.length; i++) {
      const layer = graph.layers[forward ? i : graph.layers.length - 1 - i] as readonly number[];
      fitLayer(layer, wishes(layer, graph, centre, forward, last, straight), size, gap, weight, centre);
    }
  }
  return centre;
}

function wishes(
  layer: readonly number[],
  graph: LayeredGraph,
  centre: Float64Array,
  forward: boolean,
  both: boolean,
  straight: ReadonlySet<number>,
): number[] {
  return layer.map((v, i) => {
    if (straight.has(v)) return 0;
    const one = (forward ? graph.before : graph.after)[v] as readonly number[];
    const other = (forward ? graph.after : graph.before)[v] as readonly number[];
    const around = both ? [...one, ...other] : one.length > 0 ? one : other;
    // Nothing pulls at it: it follows its neighbour in the layer, so that it stays near the rest.
    if (around.length === 0) return centre[layer[i - 1] ?? layer[i + 1] ?? v] as number;
    const at = around.map((w) => centre[w] as number).sort((a, b) => a - b);
    const middle = at.length >> 1;
    return at.length % 2 === 1 ? (at[middle] as number) : ((at[middle - 1] as number) + (at[middle] as number)) / 2;
  });
}

/** Least squares fit of the layer's centres to `wish` with the required distances, by pooling adjacent violators. */
function fitLayer(
  layer: readonly number[],
  wish: readonly number[],
  size: Float64Array,
  gap: number,
  weight: Float64Array,
  centre: Float64Array,
): void {
  // With offsets of the packed layer taken off, the constraint becomes "not decreasing".
  const offset: number[] = [];
  let at = 0;
  layer.forEach((v, i) => {
    if (i > 0) at += ((size[layer[i - 1] as number] as number) + (size[v] as number)) / 2 + gap;
    offset.push(at);
  });
  const mean: number[] = [];
  const mass: number[] = [];
  const count: number[] = [];
  layer.forEach((v, i) => {
    mean.push((wish[i] as number) - (offset[i] as number));
    mass.push(weight[v] as number);
    count.push(1);
    while (mean.length > 1 && (mean[mean.length - 2] as number) > (mean[mean.length - 1] as number)) {
      const m = mean.pop() as number;
      const w = mass.pop() as number;
      const c = count.pop() as number;
      const k = mean.length - 1;
      const total = (mass[k] as number) + w;
      mean[k] = ((mean[k] as number) * (mass[k] as number) + m * w) / total;
      mass[k] = total;
      count[k] = (count[k] as number) + c;
    }
  });
  let i = 0;
  mean.forEach((m, block) => {
    for (let k = 0; k < (count[block] as number); k++, i++) centre[layer[i] as number] = m + (offset[i] as number);
  });
}
