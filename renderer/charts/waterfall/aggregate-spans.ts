/** Where a trace's time goes, by operation and by what spans do, and how two traces differ in it. Pure. */
import { ACTIVITY } from './span-activity.ts';
import { textAt } from './span-table.ts';
import type { TraceModel } from './trace-model.ts';
import { isErrorSpan } from './trace-model.ts';

export interface OperationTime {
  /** `type:name` of the entity. */
  readonly entity: string;
  readonly name: string;
  readonly count: number;
  readonly totalNs: number;
  readonly selfNs: number;
  readonly errorCount: number;
}

/** By entity and name, unordered. O(n). */
export function operationTimes(model: TraceModel): ReadonlyMap<string, OperationTime> {
  const { table, selfNs } = model;
  const byKey = new Map<string, OperationTime>();
  for (let span = 0; span < table.count; span++) {
    const key = `${table.strings[table.entity[span]!] ?? ''}\n${table.strings[table.name[span]!] ?? ''}`;
    const known = byKey.get(key);
    byKey.set(key, {
      entity: known?.entity ?? textAt(table, 'entity', span),
      name: known?.name ?? textAt(table, 'name', span),
      count: (known?.count ?? 0) + 1,
      totalNs: (known?.totalNs ?? 0) + table.durationNs[span]!,
      selfNs: (known?.selfNs ?? 0) + selfNs[span]!,
      errorCount: (known?.errorCount ?? 0) + (isErrorSpan(model, span) ? 1 : 0),
    });
  }
  return byKey;
}

/** Operations with the most self time of all their spans together, most first. O(n log n). */
export function busiestOperations(model: TraceModel, count: number): readonly OperationTime[] {
  return [...operationTimes(model).values()].sort((left, right) => right.selfNs - left.selfNs).slice(0, count);
}

export interface OperationDifference {
  readonly entity: string;
  readonly name: string;
  readonly left: OperationTime | null;
  readonly right: OperationTime | null;
  /** Self time of the left minus that of the right. */
  readonly deltaNs: number;
}

/** Greatest difference of self time first. O(n log n). */
export function operationDifferences(left: TraceModel, right: TraceModel): readonly OperationDifference[] {
  const ours = operationTimes(left);
  const theirs = operationTimes(right);
  const differences: OperationDifference[] = [];
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const mine = ours.get(key) ?? null;
    const other = theirs.get(key) ?? null;
    differences.push({
      entity: (mine ?? other)?.entity ?? '',
      name: (mine ?? other)?.name ?? '',
      left: mine,
      right: other,
      deltaNs: (mine?.selfNs ?? 0) - (other?.selfNs ?? 0),
    });
  }
  return differences.sort((one, two) => Math.abs(two.deltaNs) - Math.abs(one.deltaNs));
}

export interface ActivityTimes {
  readonly waitsNs: number;
  readonly holdsNs: number;
  readonly worksNs: number;
}

/** Of the critical path: what its spans were doing. The three add up to the path. O(path). */
export function activityTimes({ path, activity }: TraceModel): ActivityTimes {
  const times = { waitsNs: 0, holdsNs: 0, worksNs: 0 };
  path.span.forEach((span, index) => {
    const ns = path.endNs[index]! - path.startNs[index]!;
    if (activity[span] === ACTIVITY.waits) times.waitsNs += ns;
    else if (activity[span] === ACTIVITY.holds) times.holdsNs += ns;
    else times.worksNs += ns;
  });
  return times;
}
