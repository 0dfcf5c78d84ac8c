/** Kubernetes objects as entities, edges, changes and events. One object declares exactly one entity: itself. */
import type { ChangeEvent } from '../../model/change-event.ts';
import type { DeclaredEdge, EdgeKind } from '../../model/edge.ts';
import { entityKey, type EntityRef } from '../../model/entity.ts';
import type { AttributeValue } from '../../model/resource.ts';
import type { UnixNano } from '../../model/time.ts';
import { ATTR_K8S_NAMESPACE_NAME, ATTR_K8S_NODE_NAME } from '../../semconv/attribute-keys.ts';
import {
  listAt,
  numberAt,
  objectAt,
  textAt,
  textAttributes,
  timeAt,
  toAttribute,
  type JsonObject,
} from '../json-access.ts';
import type { RecordCollector } from '../record-collector.ts';
import {
  deploymentOfReplicaSet,
  entityOfObject,
  ownerOf,
  WORKLOAD_KINDS,
  workloadNameOfPod,
  type KubernetesObject,
} from './kubernetes-object.ts';
import { eventsOfNode, eventsOfPod } from './pod-status.ts';

/** Kinds that have a place in the topology besides workloads. */
const DECLARED_KINDS = new Set([
  'Pod',
  'Node',
  'Namespace',
  'Service',
  'HorizontalPodAutoscaler',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'Ingress',
  'ClusterOperator',
  'Machine',
]);

/** True when objects of the kind are kept; the others are configuration without a part in an incident's topology. */
export function isKeptKind(kind: string): boolean {
  return WORKLOAD_KINDS.has(kind) || DECLARED_KINDS.has(kind) || kind === 'Endpoints' || kind === 'EndpointSlice';
}

export function addObject(object: KubernetesObject, fileTime: UnixNano | undefined, collector: RecordCollector): void {
  const ref = entityOfObject(object.kind, object.name);
  collector.object({ entity: { ref, attributes: attributesOf(object), aliases: aliasesOf(object) } });
  for (const edge of edgesOf(object, ref)) collector.object({ edge });
  for (const change of changesOf(object)) collector.object({ change });
  const events =
    object.kind === 'Pod' ? eventsOfPod(object, fileTime) : object.kind === 'Node' ? eventsOfNode(object) : [];
  for (const event of events) collector.object({ event });
}

function aliasesOf(object: KubernetesObject): readonly string[] {
  const { kind, name, namespace, value } = object;
  if (kind === 'Service' && namespace !== '')
    return [`${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.cluster.local`];
  if (kind !== 'Node') return [];
  const addresses = listAt(value, 'status', 'addresses').map((a) => textAt(a, 'address'));
  return [...new Set(addresses)].filter((address) => address !== '' && address !== name).sort();
}

function attributesOf(object: KubernetesObject) {
  const { value, kind } = object;
  const podSpec = kind === 'Pod' ? objectAt(value, 'spec') : objectAt(value, 'spec', 'template', 'spec');
  const images = listAt(podSpec, 'containers').map((c) => textAt(c, 'image'));
  const labels: Record<string, AttributeValue> = {};
  for (const key of Object.keys(object.labels).sort()) labels[key] = toAttribute(object.labels[key]);
  return {
    ...textAttributes({
      'k8s.object.kind': kind,
      [ATTR_K8S_NAMESPACE_NAME]: object.namespace,
      'k8s.object.uid': textAt(value, 'metadata', 'uid'),
      'k8s.object.created': textAt(value, 'metadata', 'creationTimestamp'),
      'k8s.object.phase': textAt(value, 'status', 'phase'),
      [ATTR_K8S_NODE_NAME]: kind === 'Pod' ? textAt(value, 'spec', 'nodeName') : '',
      'k8s.replicas.desired': numberAt(value, 'spec', 'replicas'),
      'k8s.replicas.available': numberAt(value, 'status', 'availableReplicas'),
      'k8s.kubelet.version': textAt(value, 'status', 'nodeInfo', 'kubeletVersion'),
    }),
    ...(images.length > 0 && { 'container.image.names': images }),
    ...(Object.keys(labels).length > 0 && { 'k8s.labels': labels }),
    ...(kind === 'Node' && { 'k8s.node.capacity': toAttribute(objectAt(value, 'status', 'capacity')) }),
  };
}

function edgesOf(object: KubernetesObject, ref: EntityRef): readonly DeclaredEdge[] {
  const edges: DeclaredEdge[] = [];
  const add = (edgeKind: EdgeKind, from: EntityRef, to: EntityRef): void => {
    if (from.name === '' || to.name === '' || entityKey(from) === entityKey(to)) return;
    edges.push({ edgeKind, from, to, provenance: 'kubernetes', attributes: {} });
  };
  const { kind, value, namespace } = object;
  const owner = ownerOf(value);
  if (owner !== undefined && (WORKLOAD_KINDS.has(owner.kind) || owner.kind === 'Node'))
    add('owns', entityOfObject(owner.kind, owner.name), ref);
  const service = serviceOf(object);
  if (service !== undefined) {
    add('partOf', ref, { type: 'service', name: service });
    if (namespace !== '' && kind !== 'Pod')
      add('partOf', { type: 'service', name: service }, { type: 'namespace', name: namespace });
  }
  if (kind === 'Pod') add('runsOn', ref, entityOfObject('Node', textAt(value, 'spec', 'nodeName')));
  if (kind === 'Service' && namespace !== '') add('partOf', ref, { type: 'namespace', name: namespace });
  for (const pod of backendsOf(object))
    add('partOf', entityOfObject('Pod', pod), { type: 'service', name: object.name });
  return edges;
}

/** The service that a pod or workload implements: the top of its chain of owners. */
function serviceOf(object: KubernetesObject): string | undefined {
  const { kind, value, name } = object;
  if (kind === 'Pod') return workloadNameOfPod(value, name);
  if (!WORKLOAD_KINDS.has(kind)) return undefined;
  const owner = ownerOf(value);
  if (owner !== undefined && WORKLOAD_KINDS.has(owner.kind)) return owner.name;
  return kind === 'ReplicaSet' ? deploymentOfReplicaSet(name) : name;
}

/** Pods behind a service, as its endpoints name them. */
function backendsOf(object: KubernetesObject): readonly string[] {
  if (object.kind !== 'Endpoints') return [];
  const pods: string[] = [];
  for (const subset of listAt(object.value, 'subsets')) {
    for (const address of [...listAt(subset, 'addresses'), ...listAt(subset, 'notReadyAddresses')]) {
      if (textAt(address, 'targetRef', 'kind') === 'Pod') pods.push(textAt(address, 'targetRef', 'name'));
    }
  }
  return pods;
}

/** Rollouts as far as objects date them, and the last scaling of an autoscaler. */
function changesOf(object: KubernetesObject): readonly ChangeEvent[] {
  const { kind, value, name, namespace } = object;
  const owner = ownerOf(value);
  const revision = textAt(value, 'metadata', 'annotations', 'deployment.kubernetes.io/revision');
  const created = timeAt(value, 'metadata', 'creationTimestamp');
  if (kind === 'ReplicaSet' && owner?.kind === 'Deployment' && created !== undefined)
    return [rolloutChange(namespace, owner.name, revision || name, created, imagesOf(value), isUp(value))];
  if (kind === 'Deployment' && Number(revision) > 1) {
    const progressing = listAt(value, 'status', 'conditions').find((c) => textAt(c, 'type') === 'Progressing');
    const time = timeAt(progressing, 'lastUpdateTime');
    if (time !== undefined) return [rolloutChange(namespace, name, revision, time, imagesOf(value), isUp(value))];
  }
  const scaled = kind === 'HorizontalPodAutoscaler' ? timeAt(value, 'status', 'lastScaleTime') : undefined;
  return scaled === undefined ? [] : [scalingChange(object, scaled)];
}

function imagesOf(value: JsonObject): string {
  return listAt(value, 'spec', 'template', 'spec', 'containers')
    .map((c) => textAt(c, 'image'))
    .join(', ');
}

function isUp(value: JsonObject): boolean {
  const desired = numberAt(value, 'spec', 'replicas') ?? 0;
  return desired > 0 && (numberAt(value, 'status', 'availableReplicas') ?? 0) >= desired;
}

function rolloutChange(
  namespace: string,
  deployment: string,
  revision: string,
  time: UnixNano,
  images: string,
  isSucceeded: boolean,
): ChangeEvent {
  return {
    externalId: `deployment/${namespace}/${deployment}/${revision}`,
    changeKind: 'deployment',
    title: `Rollout of ${deployment}, revision ${revision}`,
    status: isSucceeded ? 'succeeded' : 'unknown',
    startTime: time,
    entities: [
      { type: 'service', name: deployment },
      { type: 'workload', name: deployment },
    ],
    revision,
    description: images === '' ? undefined : `Images: ${images}`,
    attributes: textAttributes({ [ATTR_K8S_NAMESPACE_NAME]: namespace, 'container.image.names': images }),
  };
}

function scalingChange(object: KubernetesObject, time: UnixNano): ChangeEvent {
  const target = textAt(object.value, 'spec', 'scaleTargetRef', 'name') || object.name;
  const kind = textAt(object.value, 'spec', 'scaleTargetRef', 'kind') || 'Deployment';
  const replicas = numberAt(object.value, 'status', 'desiredReplicas');
  return {
    externalId: `scaling/${object.namespace}/${object.name}/${time}`,
    changeKind: 'scaling',
    title: `Autoscaler ${object.name} scaled ${target}${replicas === undefined ? '' : ` to ${replicas} replicas`}`,
    status: 'succeeded',
    startTime: time,
    entities: [{ type: 'service', name: target }, entityOfObject(kind, target)],
    attributes: textAttributes({ [ATTR_K8S_NAMESPACE_NAME]: object.namespace }),
  };
}
