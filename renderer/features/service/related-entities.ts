/**
 * What an entity stands with where no calls tell it: instances of a service, what runs on a node, what is in a namespace,
 * and the other way about. Read from the attributes that entities carry. Pure.
 */
import type { EntityRef } from '../../../shared/model/entity.ts';
import {
  ATTR_K8S_DEPLOYMENT_NAME,
  ATTR_K8S_NAMESPACE_NAME,
  ATTR_K8S_NODE_NAME,
  ATTR_K8S_REPLICASET_NAME,
  ATTR_K8S_STATEFULSET_NAME,
  ATTR_SERVICE_NAME,
} from '../../../shared/semconv/attribute-keys.ts';

interface KnownEntity extends EntityRef {
  readonly attributes?: Readonly<Record<string, unknown>> | null;
}
export interface Related {
  readonly entity: EntityRef;
  /** `its service`, `runs here`. */
  readonly relation: string;
}

/** What an attribute of one entity names, and how each is called from the other. */
const LINKS = [
  { key: ATTR_SERVICE_NAME, type: 'service', up: 'its service', down: 'instance' },
  { key: ATTR_K8S_DEPLOYMENT_NAME, type: 'workload', up: 'its workload', down: 'instance' },
  { key: ATTR_K8S_REPLICASET_NAME, type: 'workload', up: 'its workload', down: 'instance' },
  { key: ATTR_K8S_STATEFULSET_NAME, type: 'workload', up: 'its workload', down: 'instance' },
  { key: ATTR_K8S_NODE_NAME, type: 'node', up: 'runs on', down: 'runs here' },
  { key: ATTR_K8S_NAMESPACE_NAME, type: 'namespace', up: 'its namespace', down: 'in it' },
] as const;

/** What it belongs to first, then what belongs to it; each once. Only entities of the case are named. */
export function relatedEntities(entity: EntityRef, known: readonly KnownEntity[]): readonly Related[] {
  const own = known.find((one) => isSame(one, entity));
  const up = LINKS.flatMap(({ key, type, up: relation }): Related[] => {
    const name = own?.attributes?.[key];
    const found = known.find((one) => one.type === type && one.name === name);
    return found && !isSame(found, entity) ? [{ entity: { type, name: found.name }, relation }] : [];
  });
  const services = new Map(known.filter(({ type }) => type === 'service').map((one) => [one.name, one]));
  const down = known.flatMap((one): Related[] => {
    if (isSame(one, entity)) return [];
    const link = LINKS.find(({ key, type }) => type === entity.type && one.attributes?.[key] === entity.name);
    if (!link) return [];
    // A namespace is read by its services, not by hundreds of pods.
    const service = entity.type === 'namespace' && one.type === 'instance' ? one.attributes?.[ATTR_SERVICE_NAME] : null;
    const found = (typeof service === 'string' && services.get(service)) || one;
    return [{ entity: { type: found.type, name: found.name }, relation: link.down }];
  });
  const seen = new Set<string>();
  return [...up, ...down].filter(({ entity: { type, name } }) => {
    const key = `${type} ${name}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function isSame(left: EntityRef, right: EntityRef): boolean {
  return left.type === right.type && left.name === right.name;
}

/** Whom the alerts about it name besides: an exporter's alerts are about what it measures. Each once. O(alerts). */
export function alertedTogether(
  entity: EntityRef,
  alerts: readonly { readonly entities: readonly EntityRef[] }[],
): readonly Related[] {
  const found = new Map<string, EntityRef>();
  for (const { entities } of alerts) {
    if (!entities.some((one) => isSame(one, entity))) continue;
    for (const one of entities) if (!isSame(one, entity)) found.set(`${one.type} ${one.name}`, one);
  }
  return [...found.values()].map(({ type, name }) => ({ entity: { type, name }, relation: 'same alert' }));
}

/** Why there are no charts of calls, and what would bring them: one line. `service` = of an instance, where it has one. */
export function noCallsText(entity: EntityRef, service: EntityRef | null): string {
  switch (entity.type) {
    case 'namespace':
    case 'node':
    case 'workload':
      return `A ${entity.type} answers no calls itself: they are counted at the services in it.`;
    case 'instance':
      if (service) return `Calls of an instance are counted at its service, ${service.name}.`;
      break;
    default:
  }
  return 'No spans say what this entity served in this range. Import traces or flow logs to see its calls.';
}
