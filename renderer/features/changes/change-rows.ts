/** Changes as rows of a table: lag before the first symptom, distance, which cause names them; filtered and in order. */
import type { Incident } from '../../../shared/model/analysis-result.ts';
import type { QueryOutput } from '../../client/query-cache.ts';
import { nearestHop } from './change-hops.ts';

export type Change = QueryOutput<'change.list'>['changes'][number];
export type ChangeOrder = 'near' | 'newest';

export interface ChangeRow {
  readonly change: Change;
  /** From the change to the first symptom, nanoseconds; negative = after it; null without an incident. */
  readonly lagNs: number | null;
  readonly hops: number | null;
  /** Rank of the first hypothesis that names it; null = none. */
  readonly rank: number | null;
  /** The incident lists it among its changes. */
  readonly isInIncident: boolean;
}

type Judged = Pick<Incident, 'start' | 'changes' | 'hypotheses'>;

export function changeRows(
  changes: readonly Change[],
  incident: Judged | null,
  hops: ReadonlyMap<string, number>,
): readonly ChangeRow[] {
  const ranks = new Map<string, number>();
  for (const { change, rank } of incident?.hypotheses ?? []) {
    if (change && !ranks.has(change.id)) ranks.set(change.id, rank);
  }
  const inIncident = new Set(incident?.changes.map(({ id }) => id));
  return changes.map((change) => ({
    change,
    lagNs: incident ? Number(incident.start - change.startTime) : null,
    hops: nearestHop(change.entities, hops),
    rank: ranks.get(change.externalId) ?? null,
    isInIncident: inIncident.has(change.externalId),
  }));
}

/** Every word must occur somewhere in what the row shows; `-word` must not. */
export function filterChanges(rows: readonly ChangeRow[], text: string): readonly ChangeRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '-');
  if (words.length === 0) return rows;
  return rows.filter(({ change }) => {
    const { title, changeKind, revision, author, status, entities, externalId } = change;
    const hay = [title, changeKind, revision, author, status, externalId, ...entities.map(({ name }) => name)]
      .join('\n')
      .toLowerCase();
    return words.every((word) => (word.startsWith('-') ? !hay.includes(word.slice(1)) : hay.includes(word)));
  });
}

/** Nearest: named by a cause, before the symptom, few hops, short lag. Newest: by time. */
export function orderChanges(rows: readonly ChangeRow[], order: ChangeOrder): readonly ChangeRow[] {
  const byTime = (left: ChangeRow, right: ChangeRow): number =>
    left.change.startTime === right.change.startTime
      ? left.change.rowId - right.change.rowId
      : left.change.startTime > right.change.startTime
        ? -1
        : 1;
  if (order === 'newest') return [...rows].sort(byTime);
  const isLate = ({ lagNs }: ChangeRow): number => (lagNs !== null && lagNs < 0 ? 1 : 0);
  return [...rows].sort(
    (left, right) =>
      compare(left.rank, right.rank) ||
      isLate(left) - isLate(right) ||
      compare(left.hops, right.hops) ||
      Math.abs(left.lagNs ?? 0) - Math.abs(right.lagNs ?? 0) ||
      byTime(left, right),
  );
}

/** Known before unknown; Infinity − Infinity would be no order. */
function compare(left: number | null, right: number | null): number {
  if (left === right) return 0;
  return left === null ? 1 : right === null ? -1 : left - right;
}
