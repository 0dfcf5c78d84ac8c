/**
 * Orders the nodes within each layer so that few edges cross.
 *
 * Barycentre sweeps (Sugiyama, Tagawa, Toda, "Methods for visual understanding of hierarchical system structures", IEEE
 * SMC 11 (1981)) in both directions, best order kept; crossings are counted with the accumulator tree of Barth, Jünger,
 * Mutzel, "Simple and efficient bilayer cross counting" (GD 2002), O(m log n) per layer pair. Ties keep the order they
 * had, so equal input gives an equal picture.
 */

/** A proper layering: every edge joins neighbouring layers. */
export interface LayeredGraph {
  /** Node ids per layer, in drawing order. */
  readonly layers: readonly (readonly number[])[];
  /** Neighbours on the layer before and after, per node. */
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
}

/** The same layers, reordered. `sweeps` bounds the work: each costs O(m log n). */
export function orderLayers(graph: LayeredGraph, sweeps = 12): number[][] {
  const nodeCount = graph.before.length;
  const position = new Float64Array(nodeCount);
  let layers = graph.layers.map((layer) => [...layer]);
  const place = (layer: readonly number[]): void => layer.forEach((v, i) => (position[v] = i));
  layers.forEach(place);
  let best = layers.map((layer) => [...layer]);
  let bestCrossings = countCrossings(best, graph.after, position);
  let sinceBest = 0;
  for (let sweep = 0; sweep < sweeps && bestCrossings > 0 && sinceBest < 4; sweep++) {
    const forward = sweep % 2 === 0;
    const neighbours = forward ? graph.before : graph.after;
    const from = forward ? 1 : layers.length - 2;
    for (let l = from; forward ? l < layers.length : l >= 0; l += forward ? 1 : -1) {
      layers[l] = sortByBarycentre(layers[l] as number[], neighbours, position);
      place(layers[l] as number[]);
    }
    const crossings = countCrossings(layers, graph.after, position);
    if (crossings < bestCrossings) {
      bestCrossings = crossings;
      best = layers.map((layer) => [...layer]);
      sinceBest = 0;
    } else sinceBest++;
  }
  layers = best;
  return layers;
}

function sortByBarycentre(
  layer: readonly number[],
  neighbours: readonly (readonly number[])[],
  position: Float64Array,
): number[] {
  const keyed = layer.map((v, i) => {
    const around = neighbours[v] as readonly number[];
    let sum = 0;
    for (const w of around) sum += position[w] as number;
    return { v, i, key: around.length > 0 ? sum / around.length : i };
  });
  keyed.sort((a, b) => a.key - b.key || a.i - b.i);
  return keyed.map((k) => k.v);
}

/** Number of edge crossings between neighbouring layers. `position` holds each node's index in its layer. */
export function countCrossings(
  layers: readonly (readonly number[])[],
  after: readonly (readonly number[])[],
  position: Float64Array,
): number {
  let crossings = 0;
  for (let l = 0; l + 1 < layers.length; l++) {
    const width = (layers[l + 1] as readonly number[]).length;
    let firstLeaf = 1;
    while (firstLeaf < width) firstLeaf *= 2;
    const tree = new Int32Array(2 * firstLeaf);
    for (const v of layers[l] as readonly number[]) {
      const ends = (after[v] as readonly number[]).map((w) => position[w] as number).sort((a, b) => a - b);
      for (const end of ends) {
        let at = end + firstLeaf;
        tree[at] = (tree[at] as number) + 1;
        while (at > 1) {
          if (at % 2 === 0) crossings += tree[at + 1] as number;
          at = at >> 1;
          tree[at] = (tree[at] as number) + 1;
        }
      }
    }
  }
  return crossings;
}
