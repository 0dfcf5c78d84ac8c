/** Ten thousand alerts as lines of a list, and links in the order they matter. */
import { describe, expect, test } from 'vitest';
import { alertLines, groupAlerts } from '../../../../renderer/features/incidents/alert-groups.ts';
import { growth, LINEAR } from '../../../support/growth.ts';

const alert = (id: string, rowId: number, foldedInto: string | null = null) => ({ id, rowId, foldedInto });

describe('groups', () => {
  const alerts = [alert('solo', 1), alert('lead', 2), alert('m1', 3, 'lead'), alert('m2', 4, 'lead')];

  test('members fold under their lead, the largest group first', () => {
    expect(alertLines(groupAlerts(alerts), new Set())).toEqual([
      { rowId: 2, foldedCount: 2, isMember: false, isOpen: false },
      { rowId: 1, foldedCount: 0, isMember: false, isOpen: false },
    ]);
  });

  test('an opened group shows its members after it', () => {
    const lines = alertLines(groupAlerts(alerts), new Set([2]));
    expect(lines.map(({ rowId, isMember }) => [rowId, isMember])).toEqual([
      [2, false],
      [3, true],
      [4, true],
      [1, false],
    ]);
  });

  test('no alert is lost: orphans stand alone, twins of a lead as well', () => {
    const odd = [alert('a', 1), alert('a', 2), alert('x', 3, 'gone'), alert('b', 4, 'a')];
    const lines = alertLines(groupAlerts(odd), new Set([1, 2, 3]));
    expect(lines.map(({ rowId }) => rowId).sort()).toEqual([1, 2, 3, 4]);
  });

  const storm = (size: number) =>
    Array.from({ length: size }, (_, index) =>
      alert(`a${index}`, index + 1, index % 50 === 0 ? null : `a${index - (index % 50)}`),
    );

  test('a storm of 10,000 alerts is folded', () => {
    expect(alertLines(groupAlerts(storm(10_000)), new Set([1]))).toHaveLength(200 + 49);
  });

  test('a storm takes time in proportion to its alerts', async () => {
    const storms = new Map([10_000, 80_000].map((size) => [size, storm(size)]));
    expect(await growth(10_000, (size) => alertLines(groupAlerts(storms.get(size)!), new Set([1])))).toBeLessThan(
      LINEAR,
    );
  });
});
