import { describe, expect, it } from 'vitest';
import { alertLines, groupAlerts } from '../../../../renderer/features/incidents/alert-groups.ts';
import {
  addRange,
  rowsOfLine,
  stateOfRows,
  toggleRows,
} from '../../../../renderer/features/incidents/alert-selection.ts';
import { changeText } from '../../../../renderer/stores/regrouping.ts';

const groups = groupAlerts([
  { id: 'a', rowId: 1, foldedInto: null },
  { id: 'b', rowId: 2, foldedInto: 'a' },
  { id: 'c', rowId: 3, foldedInto: 'a' },
  { id: 'd', rowId: 4, foldedInto: null },
  { id: 'e', rowId: 5, foldedInto: null },
]);

describe('choosing alerts', () => {
  it('a folded group is chosen whole, an opened one also in part', () => {
    const lines = alertLines(groups, new Set([1]));
    expect(lines.map(({ rowId }) => rowId)).toEqual([1, 2, 3, 4, 5]);
    expect(rowsOfLine(groups, lines[0]!)).toEqual([1, 2, 3]);
    const all = toggleRows(new Set(), rowsOfLine(groups, lines[0]!));
    const some = toggleRows(all, rowsOfLine(groups, lines[2]!));
    expect([...some]).toEqual([1, 2]);
    expect(stateOfRows(some, rowsOfLine(groups, lines[0]!))).toBe('some');
    expect([...toggleRows(some, rowsOfLine(groups, lines[0]!))]).toEqual([1, 2, 3]);
    expect([...toggleRows(all, rowsOfLine(groups, lines[0]!))]).toEqual([]);
  });
  it('a range goes both ways and stays inside the list', () => {
    const lines = alertLines(groups, new Set());
    expect([...addRange(new Set([9]), groups, lines, 2, 1)].sort()).toEqual([4, 5, 9]);
    expect([...addRange(new Set(), groups, lines, -1, 7)].sort()).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('what a split or merge says', () => {
  const list = (...alertCounts: readonly number[]) => ({
    incidents: alertCounts.map((alertCount) => ({ alertCount }) as never),
    metrics: { alertsIn: 22, incidentsOut: alertCounts.length, noiseReduction: 0 },
  });
  it('tells how many incidents there are, what the one shown holds, and what is set aside now', () => {
    const next = { alertCount: 1, findingCount: 3, hypothesisCount: 10 };
    expect(changeText(list(18), list(1, 17), next)).toBe(
      '2 incidents, before 1; the one shown holds 1 alert and 3 findings, its causes ranked anew.',
    );
    expect(changeText(list(11, 7), list(16), undefined)).toBe('1 incident, before 2; 2 alerts more set aside.');
    expect(changeText(list(18), list(18), undefined)).toBe('Still 1 incident.');
  });
});
