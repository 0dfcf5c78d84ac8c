/**
 * Entities named by flat labels, as Prometheus series, alerts and Kubernetes objects carry them. Labels have no schema;
 * this is the order of trust among the customary ones.
 */
import type { EntityRef } from '../model/entity.ts';
import type { Attributes } from '../model/resource.ts';
import { attributeText, workloadOfPod } from './entity-of-resource.ts';
import { hostPart } from './host-part.ts';

export interface LabelEntities {
  readonly entity?: EntityRef;
  readonly instance?: EntityRef;
  readonly node?: EntityRef;
  /** Everything the labels name, the most specific first: instance, service, node, namespace. */
  readonly entities: readonly EntityRef[];
}

/** Written by the application or by whoever wrote the rule: they mean the subject. */
const SUBJECT_SERVICE = ['service.name', 'service_name', 'exported_service', 'destination_service_name'];
const SUBJECT_WORKLOAD = ['deployment', 'statefulset', 'daemonset', 'cronjob', 'job_name', 'workload', 'rollout'];
const APP = ['app_kubernetes_io_name', 'app.kubernetes.io/name', 'app', 'k8s_app', 'k8s-app', 'microservice'];
/** Written by the scraper: they mean the target, which is the subject only when it reports about itself. */
const TARGET = ['service', 'job', 'exported_job'];
const POD = ['pod', 'pod_name', 'kubernetes_pod_name', 'k8s_pod_name', 'exported_pod'];
const CONTAINER = ['container', 'container_name', 'k8s_container_name'];
const NODE = ['node', 'nodename', 'node_name', 'kubernetes_node', 'k8s_node_name', 'host', 'hostname', 'host_name'];
const NAMESPACE = ['namespace', 'kubernetes_namespace', 'exported_namespace', 'k8s_namespace_name'];

/** Labels that say who is meant rather than what is measured; series of one resource differ in the others. */
export const IDENTITY_LABELS: ReadonlySet<string> = new Set([
  ...SUBJECT_SERVICE,
  ...SUBJECT_WORKLOAD,
  ...APP,
  ...TARGET,
  ...POD,
  ...CONTAINER,
  ...NODE,
  ...NAMESPACE,
  'instance',
  'cluster',
  'region',
  'zone',
  'availability_zone',
  'endpoint',
  'prometheus',
  'prometheus_replica',
]);

/** Metric names that the machine exporters reserve for the machine itself. */
const MACHINE_METRIC = /^(?:node|windows|machine)_/;

function find(labels: Attributes, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = attributeText(labels, name);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** `shop/checkout` (namespace/name, as OpenTelemetry and the Prometheus operator build job names) → `checkout`. */
function withoutNamespace(job: string): string {
  return job.slice(job.lastIndexOf('/') + 1);
}

function serviceOf(labels: Attributes, pod: string | undefined): string | undefined {
  const subject = find(labels, SUBJECT_SERVICE) ?? find(labels, SUBJECT_WORKLOAD);
  if (subject !== undefined) return withoutNamespace(subject);
  const target = find(labels, TARGET);
  const name = target === undefined ? undefined : withoutNamespace(target);
  if (pod !== undefined) {
    // A series scraped from an exporter about somebody else's pod belongs to that pod's workload.
    if (name !== undefined && (pod === name || pod.startsWith(`${name}-`))) return name;
    return find(labels, APP) ?? workloadOfPod(pod) ?? find(labels, CONTAINER) ?? pod;
  }
  return attributeText(labels, 'service') !== undefined ? name : (find(labels, APP) ?? name ?? find(labels, CONTAINER));
}

/** True when host label and instance label speak of one machine, as in the series of a machine exporter. */
function nodeOf(labels: Attributes, isMachine: boolean): string | undefined {
  const node = find(labels, NODE);
  if (node !== undefined) return node;
  const instance = attributeText(labels, 'instance');
  return isMachine && instance !== undefined ? hostPart(instance) : undefined;
}

/**
 * What labels are about. `metricName`, when known, tells series about a machine from series about a service.
 * Deterministic; costs a few look-ups per call, so callers intern label sets.
 */
export function entitiesOfLabels(labels: Attributes, metricName = ''): LabelEntities {
  const isMachine = MACHINE_METRIC.test(metricName);
  const pod = isMachine ? undefined : find(labels, POD);
  const nodeName = nodeOf(labels, isMachine);
  const serviceName = isMachine && nodeName !== undefined ? undefined : serviceOf(labels, pod);
  const instanceName = pod ?? (isMachine ? undefined : attributeText(labels, 'instance'));
  const node: EntityRef | undefined = nodeName === undefined ? undefined : { type: 'node', name: nodeName };
  const service: EntityRef | undefined = serviceName === undefined ? undefined : { type: 'service', name: serviceName };
  const instance: EntityRef | undefined =
    instanceName === undefined ? undefined : { type: 'instance', name: instanceName };
  const namespace = find(labels, NAMESPACE);
  const entity = service ?? node;
  const entities = [instance, service, node].filter((ref) => ref !== undefined);
  if (namespace !== undefined) entities.push({ type: 'namespace', name: namespace });
  return { ...(entity && { entity }), ...(instance && { instance }), ...(node && { node }), entities };
}
