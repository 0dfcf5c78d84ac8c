/**
 * Entities: what telemetry speaks about. OpenTelemetry resource attributes identify them (`semconv/entity-of-resource`).
 */

export const ENTITY_TYPES = [
  /** A logical service (`service.name`). */
  'service',
  /** One running copy of a service: a pod, a container, a process (`service.instance.id`, `k8s.pod.name`). */
  'instance',
  /** A machine: Kubernetes node or host. */
  'node',
  /** A database or cache, known from its own telemetry or from the client side (`db.*`). */
  'database',
  /** A queue, topic or broker (`messaging.*`). */
  'queue',
  /** A third party seen only from the caller's side. */
  'external',
  /** A Kubernetes workload: Deployment, StatefulSet, DaemonSet, Job. */
  'workload',
  'namespace',
  /** A managed cloud resource that is none of the above. */
  'resource',
] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/** How an entity is named outside a case. Type and name together are unique in a case. */
export interface EntityRef {
  readonly type: EntityType;
  readonly name: string;
}

/** `type:name`, the key under which entities are told apart. */
export function entityKey(ref: EntityRef): string {
  return `${ref.type}:${ref.name}`;
}
