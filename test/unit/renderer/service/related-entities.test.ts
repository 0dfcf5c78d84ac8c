import { describe, expect, test } from 'vitest';
import {
  alertedTogether,
  noCallsText,
  relatedEntities,
} from '../../../../renderer/features/service/related-entities.ts';
import type { EntityRef } from '../../../../shared/model/entity.ts';

const cart: EntityRef = { type: 'service', name: 'cart' };
const node: EntityRef = { type: 'node', name: 'n1' };
const shop: EntityRef = { type: 'namespace', name: 'shop' };
const pods = ['cart-1', 'cart-2'].map((name) => ({
  type: 'instance' as const,
  name,
  attributes: { 'service.name': 'cart', 'k8s.node.name': 'n1', 'k8s.namespace.name': 'shop' },
}));
const store = { type: 'database' as const, name: 'orders', attributes: { 'k8s.namespace.name': 'shop' } };
const known = [cart, node, shop, ...pods, store, { type: 'service' as const, name: 'elsewhere', attributes: null }];

const told = (entity: EntityRef): readonly string[] =>
  relatedEntities(entity, known).map(({ entity: { name }, relation }) => `${relation} ${name}`);

describe('what an entity stands with', () => {
  test('a pod names its service, node and namespace', () => {
    expect(told({ type: 'instance', name: 'cart-1' })).toEqual([
      'its service cart',
      'runs on n1',
      'its namespace shop',
    ]);
  });

  test('a node lists what runs on it, a service its instances', () => {
    expect(told(node)).toEqual(['runs here cart-1', 'runs here cart-2']);
    expect(told(cart)).toEqual(['instance cart-1', 'instance cart-2']);
  });

  test('a namespace is told by its services, each once', () => {
    expect(told(shop)).toEqual(['in it cart', 'in it orders']);
  });

  test('who stands alone has nobody', () => {
    expect(told({ type: 'service', name: 'elsewhere' })).toEqual([]);
    expect(told({ type: 'queue', name: 'not in the case' })).toEqual([]);
  });
});

test('an exporter stands with what its alerts are about', () => {
  const exporter: EntityRef = { type: 'service', name: 'mysql-exporter' };
  const alerts = [{ entities: [exporter, shop, store] }, { entities: [exporter, store] }, { entities: [cart, node] }];
  expect(alertedTogether(exporter, alerts).map(({ entity: { name }, relation }) => `${relation} ${name}`)).toEqual([
    'same alert shop',
    'same alert orders',
  ]);
});

test('one line says why calls are missing and what brings them', () => {
  expect(noCallsText({ type: 'service', name: 'a' }, null)).toContain('Import traces or flow logs');
  expect(noCallsText({ type: 'instance', name: 'a-1' }, cart)).toBe(
    'Calls of an instance are counted at its service, cart.',
  );
  expect(noCallsText(shop, null)).not.toContain('Import');
});
