/**
 * The scope a graph opens with: all of a small one, else what is unwell and what stands next to the cause, as much of it
 * as a panel can show with names. A plain filter text, so that people see it and can change it.
 */
import { hopsFrom, isUnwell } from './blast-radius.ts';
import type { GraphData } from './graph-data.ts';

/** Everything is shown up to this size. */
const SMALL = 24;
const MOST_SHOWN = 22;

export function defaultFilter(data: GraphData, path: readonly number[]): string {
  if (data.nodes.length <= SMALL) return '';
  const hops = hopsFrom(data, path, 'both', 1);
  const isNear = (index: number): boolean => (hops[index] ?? -1) >= 0;
  const count = (test: (index: number) => boolean): number => data.nodes.filter((_, index) => test(index)).length;
  const health = (index: number): string => data.nodes[index]?.health ?? '';
  if (count((index) => health(index) !== 'healthy' || isNear(index)) <= MOST_SHOWN)
    return 'health != ok or hop(cause) <= 1';
  if (count((index) => health(index) !== 'healthy' || path.includes(index)) <= MOST_SHOWN)
    return 'health != ok or path';
  if (count((index) => isUnwell(health(index)) || path.includes(index)) <= MOST_SHOWN)
    return 'health = failing or health = degraded or path';
  if (count((index) => health(index) === 'failing' || isNear(index)) <= MOST_SHOWN)
    return 'health = failing or hop(cause) <= 1';
  return 'health = failing or path';
}
