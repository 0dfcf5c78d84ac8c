/**
 * Rows of a scene's picture: within each layer nodes stand at even distance, the one on the cause path on the common
 * line. What would not leave room for names is given up, the least important first. Pure.
 */

export interface RowNode {
  /** Layer, by its rounded x. */
  readonly layer: number;
  readonly y: number;
  readonly isOnPath: boolean;
}

/**
 * Nodes without a call in the picture have no layer of their own: each goes to the end of the emptiest layer, the first
 * of several. Those who take part in calls stay; so does everybody where nobody does.
 */
export function withLonersBelow(nodes: readonly RowNode[], loners: ReadonlySet<number>): readonly RowNode[] {
  if (loners.size === 0 || loners.size === nodes.length) return nodes;
  const counts = new Map<number, number>();
  nodes.forEach(({ layer }, index) => {
    if (!loners.has(index)) counts.set(layer, (counts.get(layer) ?? 0) + 1);
  });
  const layers = [...counts.keys()].sort((left, right) => left - right);
  const lowest = Math.max(...nodes.map(({ y }) => y));
  return nodes.map((node, index) => {
    if (!loners.has(index)) return node;
    const least = Math.min(...counts.values());
    const layer = layers.find((one) => counts.get(one) === least) ?? node.layer;
    counts.set(layer, least + 1);
    return { ...node, layer, y: lowest + least + 1 };
  });
}

/** Row per node, 0 = the line of the path; nodes keep the order they had in their layer. */
export function rowsOf(nodes: readonly RowNode[]): readonly number[] {
  const layers = new Map<number, number[]>();
  nodes.forEach(({ layer }, index) => {
    const members = layers.get(layer);
    if (members) members.push(index);
    else layers.set(layer, [index]);
  });
  const rows = new Array<number>(nodes.length).fill(0);
  for (const members of layers.values()) {
    members.sort((left, right) => (nodes[left]?.y ?? 0) - (nodes[right]?.y ?? 0) || left - right);
    const onPath = members.findIndex((index) => nodes[index]?.isOnPath);
    const middle = onPath >= 0 ? onPath : Math.floor((members.length - 1) / 2);
    members.forEach((index, place) => {
      rows[index] = place - middle;
    });
  }
  return rows;
}

/** How many rows lie between the topmost and the lowest, both included. */
export function rowCount(rows: readonly number[]): number {
  return rows.length === 0 ? 0 : Math.max(...rows) - Math.min(...rows) + 1;
}
