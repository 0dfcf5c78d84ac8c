/** Connected groups of cells, and the strongest links that hold each group together. */
import type { CellLink } from './link-cells.ts';

export interface CellGroup {
  /** Indexes into the cells, ascending. */
  readonly cells: readonly number[];
  /** A maximum spanning tree of the group: the fewest, strongest reasons that explain why it is one. */
  readonly links: readonly CellLink[];
}

/** What people decided about cells, by index. */
export interface CellRules {
  mustJoin(a: number, b: number): boolean;
  mayJoin(a: number, b: number): boolean;
}

/**
 * Kruskal over links in order of strength (they come sorted): each cell ends with what it is tied to most. With `rules`
 * cells that must be together are so before any link counts, and a link that would join what people parted is left out.
 * Groups in order of their first cell. O(links α), with rules also O(ruled cells²).
 */
export function groupCells(
  count: number,
  links: readonly CellLink[],
  ruled: readonly number[] = [],
  rules?: CellRules,
): CellGroup[] {
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  const ruledOf = new Map(ruled.map((cell) => [cell, [cell]]));
  const join = (a: number, b: number): void => {
    const [kept, gone] = [Math.min(a, b), Math.max(a, b)];
    parent[gone] = kept;
    const both = [...(ruledOf.get(kept) ?? []), ...(ruledOf.get(gone) ?? [])];
    if (both.length > 0) ruledOf.set(kept, both);
  };
  const mayJoin = (a: number, b: number): boolean =>
    (ruledOf.get(a) ?? []).every((one) => (ruledOf.get(b) ?? []).every((other) => rules!.mayJoin(one, other)));
  ruled.forEach((one, at) => {
    for (const other of ruled.slice(at + 1))
      if (root(one) !== root(other) && rules!.mustJoin(one, other)) join(root(one), root(other));
  });
  const tree: CellLink[] = [];
  for (const link of links) {
    const a = root(link.from);
    const b = root(link.to);
    if (a === b || !mayJoin(a, b)) continue;
    join(a, b);
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
