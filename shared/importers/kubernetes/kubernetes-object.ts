/** What all Kubernetes objects have in common, and how their names become entities. */
import type { EntityRef } from '../../model/entity.ts';
import { workloadOfPod } from '../../semconv/entity-of-resource.ts';
import { isJsonObject, listAt, objectAt, textAt, valueAt, type JsonObject } from '../json-access.ts';

export interface KubernetesObject {
  readonly kind: string;
  /** Group and version, '' when the object does not say. */
  readonly apiVersion: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: JsonObject;
  readonly value: JsonObject;
}

/** Controllers that own pods, directly or through another. */
export const WORKLOAD_KINDS: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'DeploymentConfig',
  'Rollout',
  'Job',
  'CronJob',
]);

/** Reads the common part. `kind` is what the list around it says, for items that do not repeat it. */
export function readObject(value: JsonObject, kind: string, apiVersion: string): KubernetesObject {
  const own = textAt(value, 'kind');
  return {
    kind: own !== '' ? own : kind !== '' ? kind : guessKind(value),
    apiVersion: textAt(value, 'apiVersion') || apiVersion,
    name: textAt(value, 'metadata', 'name'),
    namespace: textAt(value, 'metadata', 'namespace'),
    labels: objectAt(value, 'metadata', 'labels'),
    value,
  };
}

/** API answers about one object leave the kind out; the fields tell it for the kinds that matter. */
function guessKind(value: JsonObject): string {
  if (isJsonObject(value['involvedObject']) || isJsonObject(value['regarding'])) return 'Event';
  if (listAt(value, 'spec', 'containers').length > 0) return 'Pod';
  if (valueAt(value, 'status', 'nodeInfo') !== undefined) return 'Node';
  if (valueAt(value, 'spec', 'clusterIP') !== undefined) return 'Service';
  if (valueAt(value, 'spec', 'template', 'spec', 'containers') === undefined) return '';
  if (valueAt(value, 'spec', 'serviceName') !== undefined) return 'StatefulSet';
  if (valueAt(value, 'spec', 'updateStrategy') !== undefined) return 'DaemonSet';
  if (valueAt(value, 'spec', 'strategy') !== undefined) return 'Deployment';
  if (valueAt(value, 'spec', 'completions') !== undefined) return 'Job';
  return ownerOf(value)?.kind === 'Deployment' ? 'ReplicaSet' : 'Deployment';
}

/** The controller of an object. */
export function ownerOf(value: JsonObject): { readonly kind: string; readonly name: string } | undefined {
  const owners = listAt(value, 'metadata', 'ownerReferences');
  const owner = owners.find((o) => valueAt(o, 'controller') === true) ?? owners[0];
  const kind = textAt(owner, 'kind');
  const name = textAt(owner, 'name');
  return kind === '' || name === '' ? undefined : { kind, name };
}

/** `checkout-6b59dff4c` → `checkout`: a replica set is named by its deployment and a hash. */
export function deploymentOfReplicaSet(name: string): string {
  return /^(.+)-[a-z0-9]{6,10}$/.exec(name)?.[1] ?? name;
}

/** The workload a pod belongs to, by its owner or else by its name. */
export function workloadNameOfPod(value: JsonObject, podName: string): string | undefined {
  const owner = ownerOf(value);
  if (owner === undefined) return workloadOfPod(podName);
  if (owner.kind === 'ReplicaSet') return deploymentOfReplicaSet(owner.name);
  return WORKLOAD_KINDS.has(owner.kind) ? owner.name : workloadOfPod(podName);
}

/** The entity that stands for an object of a kind and name. */
export function entityOfObject(kind: string, name: string): EntityRef {
  switch (kind) {
    case 'Pod':
      return { type: 'instance', name };
    case 'Node':
      return { type: 'node', name };
    case 'Namespace':
      return { type: 'namespace', name };
    case 'Service':
      return { type: 'service', name };
    default:
      return WORKLOAD_KINDS.has(kind) ? { type: 'workload', name } : { type: 'resource', name: `${kind}/${name}` };
  }
}

/** The object and what it belongs to, the most specific first. */
export function entitiesOfReference(kind: string, name: string): EntityRef[] {
  if (name === '') return [];
  const refs = [entityOfObject(kind, name)];
  const service = serviceOfReference(kind, name);
  if (service !== undefined && kind !== 'Service') refs.push({ type: 'service', name: service });
  return refs;
}

function serviceOfReference(kind: string, name: string): string | undefined {
  if (kind === 'Pod') return workloadOfPod(name);
  if (kind === 'ReplicaSet') return deploymentOfReplicaSet(name);
  // An autoscaler is named after what it scales, as a rule.
  return WORKLOAD_KINDS.has(kind) || kind === 'HorizontalPodAutoscaler' ? name : undefined;
}
