import { describe, expect, test } from 'vitest';
import { analysedNodes, entityRows, errorLook } from '../../../../renderer/features/service/entity-rows.ts';
import type { WindowNode } from '../../../../renderer/features/service/entity-rows.ts';
import type { EntityRef } from '../../../../shared/model/entity.ts';

function node(entity: EntityRef, health: WindowNode['health'], requestsPerSecond: number | null): WindowNode {
  return {
    entity,
    health,
    requestsPerSecond,
    errorRatio: 0,
    latencyP50Ms: null,
    latencyP95Ms: null,
    alertCount: 0,
    findingCount: 0,
  } as WindowNode;
}
const cart: EntityRef = { type: 'service', name: 'cart' };
const shop: EntityRef = { type: 'service', name: 'shop' };
const pod: EntityRef = { type: 'instance', name: 'a-pod' };
const store: EntityRef = { type: 'database', name: 'orders' };

describe('entities as a list', () => {
  test('what was measured stands first, worst first; what is only named follows by kind', () => {
    const rows = entityRows([node(shop, 'healthy', 9), node(cart, 'failing', 1)], [pod, store, shop, cart]);
    expect(rows.map(({ entity }) => entity.name)).toEqual(['cart', 'shop', 'orders', 'a-pod']);
    expect(rows.map(({ node: measured }) => measured !== null)).toEqual([true, true, false, false]);
  });

  test('the pods of a failing service do not push other failing services down', () => {
    const rows = entityRows([node(pod, 'failing', 9), node(cart, 'failing', 1), node(shop, 'degraded', 3)], []);
    expect(rows.map(({ entity }) => entity.name)).toEqual(['cart', 'a-pod', 'shop']);
  });

  test('a case of logs alone still lists who wrote them', () => {
    expect(entityRows([], [pod, cart]).map(({ entity }) => entity)).toEqual([cart, pod]);
  });
});

describe('values over the stretch of the analysis', () => {
  test('are its own, with the alerts of the window; what only alerts speak of follows', () => {
    const analysed = { ...node(cart, 'degraded', 4), errorRatio: 0.28, isInstrumented: true };
    const window = [
      { ...node(cart, 'healthy', 5), errorRatio: 0.31, alertCount: 2 },
      { ...node(pod, 'degraded', null), alertCount: 1 },
    ];
    expect(analysedNodes([analysed], window)).toMatchObject([
      { entity: cart, errorRatio: 0.28, requestsPerSecond: 4, alertCount: 2, health: 'degraded' },
      { entity: pod, alertCount: 1, health: 'degraded' },
    ]);
  });

  test('an alert makes ill what the analysis found nothing about', () => {
    const [row] = analysedNodes([node(shop, 'healthy', 1)], [{ ...node(shop, 'failing', 1), alertCount: 1 }]);
    expect(row?.health).toBe('failing');
  });
});

test('no errors are never coloured, however ill the entity is', () => {
  expect(errorLook({ health: 'degraded', errorRatio: 0 })).toBe('');
  expect(errorLook({ health: 'failing', errorRatio: null })).toBe('');
  expect(errorLook({ health: 'failing', errorRatio: 0.14 })).toBe('fail');
});
