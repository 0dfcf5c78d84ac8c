/**
 * A connected group may still be two stories: chains of nearness join whatever is busy at the same time. A group is cut
 * where its time profile has a gap, that is, where nothing new began for longer than trouble takes to spread.
 */
import type { ServiceGraph } from '../topology/service-graph.ts';
import type { Cell } from './build-signals.ts';
import type { Signal } from './correlator.ts';
import type { CellGroup } from './group-cells.ts';
import type { SiteMap } from './site-distance.ts';

/** Silence between two beginnings that separates stories. */
const GAP_NS = 25 * 60e9;

export function splitGroups(
  groups: readonly CellGroup[],
  cells: readonly Cell[],
  _signals: readonly Signal[],
  _graph: ServiceGraph,
  _sites: SiteMap,
): CellGroup[] {
  return groups.flatMap((group) => splitByTime(group, cells));
}

function splitByTime(group: CellGroup, cells: readonly Cell[]): CellGroup[] {
  const ordered = [...group.cells].sort((a, b) => cells[a]!.startNs - cells[b]!.startNs || a - b);
  const parts: number[][] = [];
  ordered.forEach((cell, i) => {
    const isGap = i > 0 && cells[cell]!.startNs - cells[ordered[i - 1]!]!.startNs > GAP_NS;
    if (i === 0 || isGap) parts.push([]);
    parts[parts.length - 1]!.push(cell);
  });
  if (parts.length === 1) return [group];
  return parts.map((part) => {
    const members = new Set(part);
    return {
      cells: [...part].sort((a, b) => a - b),
      links: group.links.filter((link) => members.has(link.from) && members.has(link.to)),
    };
  });
}
