/**
 * Which outline an entity is drawn with: shape says what a thing is, never how it is. The entity's type decides; only
 * gateways and caches, which telemetry does not tell apart from services and databases, are recognised by words in
 * their names.
 */
import type { EntityRef } from '../../../shared/model/entity.ts';

export type ShapeKind = 'service' | 'gateway' | 'database' | 'cache' | 'queue' | 'external' | 'host' | 'group';

const GATEWAY_WORDS = /(^|[-_.])(gateway|ingress|proxy|edge|envoy|nginx|haproxy|loadbalancer|lb)([-_.]|$)/i;
const CACHE_WORDS = /(^|[-_.])(cache|redis|memcached?|valkey)([-_.\d]|$)/i;

export function shapeOf({ type, name }: EntityRef): ShapeKind {
  switch (type) {
    case 'service':
      return GATEWAY_WORDS.test(name) ? 'gateway' : 'service';
    case 'database':
      return CACHE_WORDS.test(name) ? 'cache' : 'database';
    case 'queue':
      return 'queue';
    case 'external':
      return 'external';
    case 'instance':
    case 'node':
      return 'host';
    case 'workload':
    case 'namespace':
    case 'resource':
      return 'group';
  }
}

export const SHAPE_WORDS: Readonly<Record<ShapeKind, string>> = {
  service: 'service',
  gateway: 'gateway',
  database: 'database',
  cache: 'cache',
  queue: 'queue',
  external: 'external',
  host: 'instance or host',
  group: 'group',
};
