/**
 * Which entity a resource stands for. One rule for every importer, so that the same service has the same name whichever
 * signal spoke of it. Order of the names follows the OpenTelemetry advice on deriving `service.name` in Kubernetes.
 */
import type { EntityRef, EntityType } from '../model/entity.ts';
import type { Attributes } from '../model/resource.ts';
import * as key from './attribute-keys.ts';
import { hostPart } from './host-part.ts';

export interface ResourceEntities {
  readonly entity?: EntityRef;
  readonly instance?: EntityRef;
  readonly node?: EntityRef;
}

/** Names of a service, the one that says most first. The last ones are what exporters without semantic conventions write. */
const SERVICE_KEYS = [
  key.ATTR_SERVICE_NAME,
  'service_name',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/name',
  key.ATTR_K8S_DEPLOYMENT_NAME,
  key.ATTR_K8S_STATEFULSET_NAME,
  key.ATTR_K8S_DAEMONSET_NAME,
  key.ATTR_K8S_CRONJOB_NAME,
  key.ATTR_K8S_JOB_NAME,
  key.ATTR_FAAS_NAME,
  'service',
  'app',
];
const INSTANCE_KEYS = [
  key.ATTR_K8S_POD_NAME,
  'pod',
  key.ATTR_SERVICE_INSTANCE_ID,
  key.ATTR_CONTAINER_NAME,
  key.ATTR_CONTAINER_ID,
];
const NODE_KEYS = [key.ATTR_K8S_NODE_NAME, 'node', key.ATTR_HOST_NAME];

/** Text of an attribute; numbers as text; undefined for absent, empty or structured values. */
export function attributeText(attributes: Attributes, name: string): string | undefined {
  const value = attributes[name];
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' ? String(value) : undefined;
}

function firstText(attributes: Attributes, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = attributeText(attributes, name);
    if (text !== undefined) return text;
  }
  return undefined;
}

function ref(type: EntityType, name: string): EntityRef {
  return { type, name };
}

/** SDKs write `unknown_service:process` where nobody named the service; any other name is better. */
function isPlaceholder(name: string): boolean {
  return name === 'unknown_service' || name.startsWith('unknown_service:');
}

function serviceName(attributes: Attributes): string | undefined {
  let placeholder: string | undefined;
  for (const name of SERVICE_KEYS) {
    const text = attributeText(attributes, name);
    if (text === undefined) continue;
    if (!isPlaceholder(text)) return text;
    placeholder ??= text;
  }
  const pod = attributeText(attributes, key.ATTR_K8S_POD_NAME);
  return (pod && workloadOfPod(pod)) ?? attributeText(attributes, key.ATTR_K8S_CONTAINER_NAME) ?? placeholder;
}

/** A resource that a database receiver reports about has `db.*` and no service. */
function databaseName(attributes: Attributes): string | undefined {
  if (!key.spellingsOf(key.ATTR_DB_SYSTEM_NAME).some((name) => attributes[name] !== undefined)) return undefined;
  const address = attributeText(attributes, key.ATTR_SERVER_ADDRESS);
  return (address && hostPart(address)) ?? firstText(attributes, key.spellingsOf(key.ATTR_DB_NAMESPACE));
}

function ownEntity(attributes: Attributes, node: string | undefined): EntityRef | undefined {
  const service = serviceName(attributes);
  if (service !== undefined && !isPlaceholder(service)) return ref('service', service);
  const database = databaseName(attributes);
  if (database) return ref('database', database);
  if (service !== undefined) return ref('service', service);
  if (node !== undefined) return ref('node', node);
  const cloud = attributeText(attributes, key.ATTR_CLOUD_RESOURCE_ID);
  return cloud === undefined ? undefined : ref('resource', cloud);
}

/**
 * Entity, running copy and machine of a resource; each absent when the resource does not say. A resource that names
 * only a machine is about the machine.
 */
export function entityOfResource(attributes: Attributes): ResourceEntities {
  const instance = firstText(attributes, INSTANCE_KEYS);
  // Inside a container `host.name` is the pod's own name, which is no machine.
  const node = NODE_KEYS.map((name) => attributeText(attributes, name)).find((name) => name && name !== instance);
  const entity = ownEntity(attributes, node);
  return {
    ...(entity && { entity }),
    ...(instance !== undefined && instance !== entity?.name && { instance: ref('instance', instance) }),
    ...(node !== undefined && { node: ref('node', node) }),
  };
}

/** Kubernetes makes name suffixes from this alphabet (no vowels, no 0 1 3), `k8s.io/apimachinery/pkg/util/rand`. */
const SUFFIX = '[bcdfghjklmnpqrstvwxz2456789]{5}';
const DEPLOYMENT_POD = new RegExp(`^(.+)-[a-z0-9]{6,10}-${SUFFIX}$`);
const DAEMONSET_POD = new RegExp(`^(.+)-${SUFFIX}$`);
const STATEFULSET_POD = /^(.+)-\d{1,4}$/;

/** `checkout-6b59dff4c-jdkdk`, `agent-x7k2p`, `kafka-0` → the workload's name; undefined when no suffix is recognised. */
export function workloadOfPod(podName: string): string | undefined {
  const match = DEPLOYMENT_POD.exec(podName) ?? STATEFULSET_POD.exec(podName) ?? DAEMONSET_POD.exec(podName);
  return match?.[1];
}
