/**
 * What belongs to what: instances to services, services to namespaces. Read from the attributes that entities carry
 * (OpenTelemetry resource attributes), because the answered graph names only calls. What has no namespace of its own is
 * grouped by what it is, so that every entity has exactly one group.
 */
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import {
  ATTR_K8S_NAMESPACE_NAME,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_NAMESPACE,
} from '../../../shared/semconv/attribute-keys.ts';
import { shapeOf } from './entity-shape.ts';

export interface MemberEntity extends EntityRef {
  readonly attributes?: Readonly<Record<string, unknown>> | null;
}

export interface Membership {
  /** The service an instance runs; undefined for anything else. */
  serviceOf(entity: EntityRef): EntityRef | undefined;
  /** Name of the namespace, or of the group that stands in for one. */
  groupOf(entity: EntityRef): string;
}

const GROUP_OF_SHAPE = {
  service: 'services',
  gateway: 'services',
  database: 'databases',
  cache: 'caches',
  queue: 'queues',
  external: 'external',
  host: 'hosts',
  group: 'other',
} as const;

export function buildMembership(entities: readonly MemberEntity[]): Membership {
  const serviceOfKey = new Map<string, EntityRef>();
  const namespaceOfKey = new Map<string, string>();
  for (const entity of entities) {
    const service = textOf(entity, ATTR_SERVICE_NAME);
    const namespace = textOf(entity, ATTR_K8S_NAMESPACE_NAME) ?? textOf(entity, ATTR_SERVICE_NAMESPACE);
    if (namespace !== undefined) namespaceOfKey.set(entityKey(entity), namespace);
    if (service === undefined || (entity.type !== 'instance' && entity.type !== 'workload')) continue;
    const ref: EntityRef = { type: 'service', name: service };
    if (entity.type === 'instance') serviceOfKey.set(entityKey(entity), ref);
    const key = entityKey(ref);
    if (namespace !== undefined && !namespaceOfKey.has(key)) namespaceOfKey.set(key, namespace);
  }
  return {
    serviceOf: (entity) => serviceOfKey.get(entityKey(entity)),
    groupOf: (entity) => {
      const own = namespaceOfKey.get(entityKey(entity));
      if (own !== undefined) return own;
      const service = serviceOfKey.get(entityKey(entity));
      const ofService = service && namespaceOfKey.get(entityKey(service));
      return ofService ?? GROUP_OF_SHAPE[shapeOf(entity)];
    },
  };
}

function textOf(entity: MemberEntity, key: string): string | undefined {
  const value = entity.attributes?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
