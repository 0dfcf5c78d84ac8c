import { describe, expect, it } from 'vitest';
import { alertsOf } from '../../../../renderer/features/service/alerts-of.ts';

const cart = { type: 'service', name: 'cart' } as const;
const alert = (rowId: number, name: string, severity: string, entities = [cart]) => ({
  rowId,
  name,
  severity,
  summary: `${name} ${rowId}`,
  startTime: BigInt(rowId),
  entities,
});

describe('the alerts about an entity', () => {
  it('are told once per name, critical ones first, then the earliest, each with all its rows', () => {
    const others = [{ type: 'service', name: 'cart-db' } as unknown as typeof cart];
    const kinds = alertsOf(
      [
        alert(1, 'HighLatency', 'warning'),
        alert(2, 'Down', 'critical'),
        alert(3, 'HighLatency', 'critical'),
        alert(4, 'Elsewhere', 'critical', others),
        alert(5, 'Early', 'info'),
      ],
      cart,
    );
    expect(kinds.map(({ first, severity, rowIds }) => [first.name, severity, rowIds])).toEqual([
      ['HighLatency', 'critical', [1, 3]],
      ['Down', 'critical', [2]],
      ['Early', 'info', [5]],
    ]);
  });
});
