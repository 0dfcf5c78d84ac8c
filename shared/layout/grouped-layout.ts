/**
 * Large graphs as boxes: one per group, members on a grid inside, those that deserve a name on a row of their own above
 * it. Boxes stand in columns, callers left of callees as far as cycles between groups allow, columns of like height.
 *
 * A group's rank is the mean layer of its members (`assign-layers` over the whole graph without cycles), so mutual calls
 * of two groups do not fold the picture. Columns are cut from the ranked list by height; within a column barycentre
 * sweeps as in `order-layers`. O(n + m + sweeps · bundles).
 * Stable: boxes and members with a known place keep it, also when others come; new members take free cells.
 */
import { assignLayers } from './assign-layers.ts';
import { findReversedEdges } from './break-cycles.ts';
import { arrangeBoxes } from './arrange-boxes.ts';
import { fillBox, sizeOfBox } from './fill-box.ts';
import type { KnownBox } from './fill-box.ts';
import type { LayoutEdge, Point } from './layered-layout.ts';
import { settleBoxes } from './settle-boxes.ts';

export interface GroupedNode {
  readonly id: string;
  readonly group: string;
  /** Gets a row of its own with room for a name. */
  readonly hasOwnRow: boolean;
}
export interface GroupedOptions {
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Height of a box's head with its title, and free space between boxes. */
  readonly headHeight: number;
  readonly columnGap: number;
  readonly rowGap: number;
  /** Least number of cells in a row. */
  readonly minColumns: number;
  /** Width to height that the whole should have. */
  readonly aspect: number;
}
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface GroupedLayout {
  readonly positions: ReadonlyMap<string, Point>;
  /** Left upper corner and extent by group. */
  readonly boxes: ReadonlyMap<string, Box>;
}
/** A layout made before. */
export interface KnownLayout {
  readonly positions: ReadonlyMap<string, Point>;
  readonly boxes: ReadonlyMap<string, KnownBox>;
}

export function groupedLayout(
  nodes: readonly GroupedNode[],
  edges: readonly LayoutEdge[],
  options: GroupedOptions,
  known?: KnownLayout,
): GroupedLayout {
  const membersOf = new Map<string, GroupedNode[]>();
  for (const node of nodes) {
    const list = membersOf.get(node.group);
    if (list) list.push(node);
    else membersOf.set(node.group, [node]);
  }
  const names = [...membersOf.keys()].sort();
  const sizes = new Map(names.map((name) => [name, sizeOfBox(membersOf.get(name) ?? [], options)]));
  const ranks = rankGroups(nodes, edges, names);
  const bundles = bundleEdges(nodes, edges);
  const corners = arrangeBoxes(names, sizes, ranks, bundles, options);
  const wanted = new Map<string, Box>();
  const positions = new Map<string, Point>();
  for (const name of names) {
    const before = known?.boxes.get(name);
    const corner = before ?? corners.get(name) ?? { x: 0, y: 0 };
    const size = sizes.get(name) ?? { width: 0, height: 0, columns: 1 };
    const filled = fillBox(membersOf.get(name) ?? [], corner, size, options, before && known?.positions, before);
    wanted.set(name, { x: corner.x, y: corner.y, width: filled.width, height: filled.height });
    for (const [id, at] of filled.positions) positions.set(id, at);
  }
  const boxes = known ? settleBoxes(names, wanted, known.boxes, options, ranks) : wanted;
  for (const node of nodes) {
    const from = wanted.get(node.group);
    const to = boxes.get(node.group);
    const at = positions.get(node.id);
    if (from && to && at) positions.set(node.id, { x: at.x + to.x - from.x, y: at.y + to.y - from.y });
  }
  return { positions, boxes };
}

/** Mean layer of the members; groups nobody calls and that call nobody come last. */
function rankGroups(
  nodes: readonly GroupedNode[],
  edges: readonly LayoutEdge[],
  names: readonly string[],
): ReadonlyMap<string, number> {
  const index = new Map(nodes.map((node, i) => [node.id, i]));
  const from: number[] = [];
  const to: number[] = [];
  const isJoined = new Uint8Array(nodes.length);
  for (const edge of edges) {
    const a = index.get(edge.from);
    const b = index.get(edge.to);
    if (a === undefined || b === undefined || a === b) continue;
    from.push(a);
    to.push(b);
    isJoined[a] = 1;
    isJoined[b] = 1;
  }
  const graph = { nodeCount: nodes.length, from, to };
  const reversed = findReversedEdges(graph);
  const layers = assignLayers({
    nodeCount: nodes.length,
    from: from.map((a, e) => (reversed[e] ? to[e]! : a)),
    to: to.map((b, e) => (reversed[e] ? from[e]! : b)),
  });
  const sums = new Map(names.map((name) => [name, { sum: 0, count: 0 }]));
  nodes.forEach((node, i) => {
    const entry = sums.get(node.group);
    if (!entry || !isJoined[i]) return;
    entry.sum += layers[i]!;
    entry.count++;
  });
  return new Map(names.map((name) => [name, meanOf(sums.get(name))]));
}

function meanOf(entry: { readonly sum: number; readonly count: number } | undefined): number {
  return entry && entry.count > 0 ? entry.sum / entry.count : Infinity;
}

/** Number of edges between two groups, by `from → to`. */
function bundleEdges(
  nodes: readonly GroupedNode[],
  edges: readonly LayoutEdge[],
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const groupOf = new Map(nodes.map((node) => [node.id, node.group]));
  const bundles = new Map<string, Map<string, number>>();
  const add = (a: string, b: string): void => {
    const row = bundles.get(a) ?? new Map<string, number>();
    row.set(b, (row.get(b) ?? 0) + 1);
    bundles.set(a, row);
  };
  for (const edge of edges) {
    const a = groupOf.get(edge.from);
    const b = groupOf.get(edge.to);
    if (a === undefined || b === undefined || a === b) continue;
    add(a, b);
    add(b, a);
  }
  return bundles;
}
