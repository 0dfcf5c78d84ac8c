/** When each entity was unusual, and what was changed on it: the strip of a row in the list of entities. Pure. */
import type { Contract } from '../../../shared/contract/contract.ts';
import type { OutputOf } from '../../../shared/contract/derived-types.ts';
import type { FindingSummary } from '../../../shared/model/analysis-result.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { severityOfFinding } from '../../stores/finding-severity.ts';
import type { FindingSeverity } from '../../stores/finding-severity.ts';

export interface TroubleStretch {
  readonly start: bigint;
  readonly end: bigint;
}
export interface EntityTrouble {
  /** By severity, in order of time, none touching another of its kind. */
  readonly stretches: Readonly<Record<FindingSeverity, readonly TroubleStretch[]>>;
  readonly findingCount: number;
  readonly changeTimes: readonly bigint[];
}
export type ListedChange = OutputOf<Contract['change.list']>['changes'][number];

interface Collected {
  readonly stretches: Record<FindingSeverity, TroubleStretch[]>;
  findingCount: number;
  readonly changeTimes: bigint[];
}

/** By entity key; entities that nothing speaks of are absent. Cut to the range, which ends before `to`. O(n log n). */
export function troubleByEntity(
  findings: readonly FindingSummary[],
  changes: readonly ListedChange[],
  { from, to }: { readonly from: bigint; readonly to: bigint },
): ReadonlyMap<string, EntityTrouble> {
  const byEntity = new Map<string, Collected>();
  const of = (entity: EntityRef): Collected => {
    const key = entityKey(entity);
    let known = byEntity.get(key);
    if (!known) byEntity.set(key, (known = { stretches: { fail: [], warn: [] }, findingCount: 0, changeTimes: [] }));
    return known;
  };
  for (const finding of findings) {
    if (finding.start >= to || finding.end < from) continue;
    const stretch = { start: finding.start > from ? finding.start : from, end: finding.end < to ? finding.end : to };
    // Calls that fail or wait are trouble of who is called as well: a third party has no findings of its own.
    for (const entity of [finding.entity, finding.peer, finding.instance]) {
      if (!entity) continue;
      const trouble = of(entity);
      trouble.stretches[severityOfFinding(finding)].push(stretch);
      trouble.findingCount++;
    }
  }
  for (const { startTime, entities } of changes) {
    if (startTime < from || startTime >= to) continue;
    for (const entity of entities) of(entity).changeTimes.push(startTime);
  }
  return new Map(
    [...byEntity].map(([key, { stretches, ...rest }]) => [
      key,
      { ...rest, stretches: { fail: joined(stretches.fail), warn: joined(stretches.warn) } },
    ]),
  );
}

function joined(stretches: readonly TroubleStretch[]): readonly TroubleStretch[] {
  const apart: TroubleStretch[] = [];
  for (const stretch of stretches.toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))) {
    const last = apart.at(-1);
    if (!last || stretch.start > last.end) apart.push(stretch);
    else if (stretch.end > last.end) apart[apart.length - 1] = { start: last.start, end: stretch.end };
  }
  return apart;
}

/** First sign and end of all of them; null without findings. */
export function troubleSpan({ stretches }: EntityTrouble): TroubleStretch | null {
  const all = [...stretches.fail, ...stretches.warn];
  const first = all[0];
  if (!first) return null;
  let { start, end } = first;
  for (const stretch of all) {
    if (stretch.start < start) start = stretch.start;
    if (stretch.end > end) end = stretch.end;
  }
  return { start, end };
}
