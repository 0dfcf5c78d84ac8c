/**
 * Distances between the sites that show something, over calls and placement. One breadth-first search per site, up to a
 * limit; a path through a machine shared by many, or through a hub that half the system calls, is longer than it looks.
 */
import type { ServiceGraph } from '../topology/service-graph.ts';
import { siteOf } from './place-of-alert.ts';

export interface SiteMap {
  /** Sites within `limit` steps of `site`, itself at 0. */
  within(site: number, limit: number): ReadonlyMap<number, number>;
}

export function mapSites(graph: ServiceGraph): SiteMap {
  const neighbours = new Map<number, Set<number>>();
  const connect = (a: number, b: number): void => {
    if (a < 0 || b < 0 || a === b) return;
    neighbours.set(a, (neighbours.get(a) ?? new Set()).add(b));
    neighbours.set(b, (neighbours.get(b) ?? new Set()).add(a));
  };
  for (const edge of graph.calls) connect(siteOf(graph, edge.from), siteOf(graph, edge.to));
  for (const relation of graph.relations) {
    if (relation.kind === 'runsOn') connect(siteOf(graph, relation.from), relation.to);
  }
  const cache = new Map<number, ReadonlyMap<number, number>>();
  return {
    within(site, limit) {
      const key = site * 8 + Math.min(limit, 7);
      const known = cache.get(key);
      if (known) return known;
      const reached = search(neighbours, site, limit);
      cache.set(key, reached);
      return reached;
    },
  };
}

function search(
  neighbours: ReadonlyMap<number, ReadonlySet<number>>,
  site: number,
  limit: number,
): Map<number, number> {
  const reached = new Map<number, number>([[site, 0]]);
  let front = [site];
  for (let steps = 1; steps <= limit && front.length > 0; steps += 1) {
    const next: number[] = [];
    for (const at of front) {
      for (const neighbour of neighbours.get(at) ?? []) {
        if (reached.has(neighbour)) continue;
        reached.set(neighbour, steps);
        next.push(neighbour);
      }
    }
    front = next;
  }
  return reached;
}
