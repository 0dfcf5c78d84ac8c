/** Resource attributes of whoever sends telemetry, as the SDKs, the Kubernetes attributes processor and receivers set them. */
import { attribute, intAttribute } from './otlp-text.ts';
import type { Pod } from './pods.ts';
import type { Node, Runtime, Service, Slot, Store, System } from './system.ts';

const SDK: Readonly<Record<Runtime, readonly [language: string, version: string]>> = {
  java: ['java', '1.58.0'],
  go: ['go', '1.39.0'],
  nodejs: ['nodejs', '2.3.0'],
  python: ['python', '1.39.1'],
  dotnet: ['dotnet', '1.14.0'],
};
export const SCOPES: Readonly<
  Record<Runtime, { readonly server: string; readonly version: string; readonly log: string }>
> = {
  java: { server: 'io.opentelemetry.tomcat-10.0', version: '2.23.0-alpha', log: 'com.{org}.{name}.web' },
  go: { server: 'go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp', version: '0.64.0', log: 'slog' },
  nodejs: { server: '@opentelemetry/instrumentation-http', version: '0.209.0', log: 'pino' },
  python: { server: 'opentelemetry.instrumentation.fastapi', version: '0.60b1', log: '{name}.app' },
  dotnet: { server: 'Microsoft.AspNetCore', version: '9.0.0', log: '{name}.Controllers' },
};

export function podAttributes(system: System, pod: Pod): string {
  const service = system.services[pod.service] as Service;
  const node = system.nodes[(system.slots[pod.slot] as Slot).node] as Node;
  const [language, sdk] = SDK[service.runtime];
  return [
    attribute('service.name', service.name),
    attribute('service.namespace', service.namespace),
    attribute('service.version', pod.version),
    attribute('service.instance.id', pod.uid),
    attribute('deployment.environment.name', system.environment),
    attribute('k8s.cluster.name', system.clusterName),
    attribute('k8s.namespace.name', service.namespace),
    attribute('k8s.deployment.name', service.name),
    attribute('k8s.pod.name', pod.name),
    attribute('k8s.node.name', node.name),
    attribute('telemetry.sdk.language', language),
    attribute('telemetry.sdk.name', 'opentelemetry'),
    attribute('telemetry.sdk.version', sdk),
  ].join(',');
}

/** What the kubelet receiver says a pod is. */
export function kubeletAttributes(system: System, pod: Pod): string {
  const service = system.services[pod.service] as Service;
  const node = system.nodes[(system.slots[pod.slot] as Slot).node] as Node;
  return [
    attribute('k8s.cluster.name', system.clusterName),
    attribute('k8s.namespace.name', service.namespace),
    attribute('k8s.deployment.name', service.name),
    attribute('k8s.pod.name', pod.name),
    attribute('k8s.pod.uid', pod.uid),
    attribute('k8s.container.name', service.name),
    attribute('k8s.node.name', node.name),
  ].join(',');
}

export function nodeAttributes(system: System, node: Node): string {
  return [
    attribute('k8s.cluster.name', system.clusterName),
    attribute('k8s.node.name', node.name),
    attribute('host.name', node.name),
    attribute('cloud.availability_zone', node.zone),
    attribute('os.type', 'linux'),
  ].join(',');
}

export function storeAttributes(system: System, store: Store): string {
  return [
    attribute('server.address', store.name),
    intAttribute('server.port', store.port),
    attribute('db.system.name', store.system),
    ...(store.isCache ? [] : [attribute('db.namespace', store.database)]),
    attribute('k8s.cluster.name', system.clusterName),
    attribute('k8s.namespace.name', store.namespace),
  ].join(',');
}
