/** Which alerts are chosen, in a list where a line may stand for a whole group. Pure. */
import type { AlertGroups, AlertLine } from './alert-groups.ts';

export type Selected = ReadonlySet<number>;
export type LineState = 'none' | 'some' | 'all';

/** Row ids a line stands for: a lead stands for its group, a member for itself. */
export function rowsOfLine(groups: AlertGroups, { rowId, isMember }: AlertLine): readonly number[] {
  const members = isMember ? undefined : groups.membersOf.get(rowId);
  return members ? [rowId, ...members] : [rowId];
}

export function stateOfRows(selected: Selected, rows: readonly number[]): LineState {
  const count = rows.filter((row) => selected.has(row)).length;
  return count === 0 ? 'none' : count === rows.length ? 'all' : 'some';
}

/** All of them chosen, or none when all were. */
export function toggleRows(selected: Selected, rows: readonly number[]): Selected {
  const next = new Set(selected);
  if (stateOfRows(selected, rows) === 'all') for (const row of rows) next.delete(row);
  else for (const row of rows) next.add(row);
  return next;
}

/** The lines from one to another chosen as well, both included. */
export function addRange(
  selected: Selected,
  groups: AlertGroups,
  lines: readonly AlertLine[],
  from: number,
  to: number,
): Selected {
  const next = new Set(selected);
  const range = lines.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1);
  for (const line of range) for (const row of rowsOfLine(groups, line)) next.add(row);
  return next;
}
