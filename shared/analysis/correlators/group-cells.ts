/** Connected groups of cells, and the strongest links that hold each group together. */
import type { CellLink } from './link-cells.ts';

export interface CellGroup {
  /** Indexes into the cells, ascending. */
  readonly cells: readonly number[];
  /** A maximum spanning tree of the group: the fewest, strongest reasons that explain why it is one. */
  readonly links: readonly CellLink[];
}

/** Kruskal over links in order of strength (they come sorted). Groups in order of their first cell. O(links α). */
export function groupCells(count: number, links: readonly CellLink[]): CellGroup[] {
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  const tree: CellLink[] = [];
  for (const link of links) {
    const a = root(link.from);
    const b = root(link.to);
    if (a === b) continue;
    parent[Math.max(a, b)] = Math.min(a, b);
    tree.push(link);
  }
  const members = new Map<number, { cells: number[]; links: CellLink[] }>();
  for (let i = 0; i < count; i += 1) {
    const group = members.get(root(i)) ?? { cells: [], links: [] };
    group.cells.push(i);
    members.set(root(i), group);
  }
  for (const link of tree) members.get(root(link.from))!.links.push(link);
  return [...members.values()];
}
