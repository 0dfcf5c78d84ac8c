/**
 * A picture that people know stays as it is when the graph grows: nodes with a known place keep it, new ones go where a
 * fresh drawing would put them relative to their neighbours, in the nearest free place of their layer. Pure; O(n·k) for k
 * new nodes.
 */
import type { LayoutNode, Point } from './layered-layout.ts';

export interface KnownEdge {
  readonly from: string;
  readonly to: string;
}

/**
 * Positions for all `nodes`: those in `known` unchanged. `fresh` is a drawing made without knowledge of the old one;
 * `gap` the free pixels kept around a node.
 */
export function placeAgain(
  nodes: readonly LayoutNode[],
  edges: readonly KnownEdge[],
  fresh: ReadonlyMap<string, Point>,
  known: ReadonlyMap<string, Point>,
  gap: number,
): ReadonlyMap<string, Point> {
  const placed = new Map<string, Point>();
  const boxes: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[] = [];
  const put = (node: LayoutNode, at: Point): void => {
    placed.set(node.id, at);
    boxes.push({ ...at, width: node.width, height: node.height });
  };
  for (const node of nodes) {
    const at = known.get(node.id);
    if (at) put(node, at);
  }
  if (placed.size === 0) return fresh;
  const neighbours = neighboursOf(edges);
  const columns = [...new Set([...placed.values()].map(({ x }) => x))].sort((a, b) => a - b);
  const waiting = nodes.filter((node) => !placed.has(node.id));
  // Those that touch what has a place come first; each then helps the next.
  const open = [...waiting].sort((a, b) => touch(b, neighbours, placed) - touch(a, neighbours, placed));
  for (const node of open) {
    const target = fresh.get(node.id) ?? { x: 0, y: 0 };
    const shift = meanShift(neighbours.get(node.id) ?? [], fresh, placed) ?? overallShift(fresh, placed);
    const x = nearestColumn(columns, target.x + shift.x, node.width / 2);
    put(node, { x, y: freeHeight(boxes, node, x, target.y + shift.y, gap) });
  }
  return placed;
}

function neighboursOf(edges: readonly KnownEdge[]): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>();
  const add = (a: string, b: string): void => {
    const list = lists.get(a);
    if (list) list.push(b);
    else lists.set(a, [b]);
  };
  for (const { from, to } of edges) {
    if (from === to) continue;
    add(from, to);
    add(to, from);
  }
  return lists;
}

function touch(
  node: LayoutNode,
  neighbours: ReadonlyMap<string, readonly string[]>,
  placed: ReadonlyMap<string, Point>,
): number {
  return (neighbours.get(node.id) ?? []).filter((id) => placed.has(id)).length;
}

function meanShift(
  ids: readonly string[],
  fresh: ReadonlyMap<string, Point>,
  placed: ReadonlyMap<string, Point>,
): Point | undefined {
  let x = 0;
  let y = 0;
  let count = 0;
  for (const id of ids) {
    const before = placed.get(id);
    const now = fresh.get(id);
    if (!before || !now) continue;
    x += before.x - now.x;
    y += before.y - now.y;
    count++;
  }
  return count > 0 ? { x: x / count, y: y / count } : undefined;
}

function overallShift(fresh: ReadonlyMap<string, Point>, placed: ReadonlyMap<string, Point>): Point {
  return meanShift([...placed.keys()], fresh, placed) ?? { x: 0, y: 0 };
}

function nearestColumn(columns: readonly number[], x: number, tolerance: number): number {
  let best = x;
  let distance = tolerance;
  for (const column of columns) {
    if (Math.abs(column - x) <= distance) {
      distance = Math.abs(column - x);
      best = column;
    }
  }
  return best;
}

/** The height nearest to the wished one at which nothing is touched, found by trying the edges of what is in the way. */
function freeHeight(
  boxes: readonly { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[],
  node: LayoutNode,
  x: number,
  wish: number,
  gap: number,
): number {
  const inColumn = boxes.filter((box) => Math.abs(box.x - x) < (box.width + node.width) / 2);
  const isFree = (y: number): boolean =>
    inColumn.every((box) => Math.abs(box.y - y) >= (box.height + node.height) / 2 + gap - 1e-6);
  if (isFree(wish)) return wish;
  const candidates = inColumn
    .flatMap((box) => {
      const reach = (box.height + node.height) / 2 + gap;
      return [box.y - reach, box.y + reach];
    })
    .sort((a, b) => Math.abs(a - wish) - Math.abs(b - wish) || a - b);
  return candidates.find(isFree) ?? wish;
}
