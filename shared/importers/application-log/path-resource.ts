/** What the place of a log file in a bundle says about its sender, in the layouts that Kubernetes tools write. */
import type { Attributes } from '../../model/resource.ts';
import {
  ATTR_CONTAINER_ID,
  ATTR_K8S_CONTAINER_NAME,
  ATTR_K8S_NAMESPACE_NAME,
  ATTR_K8S_POD_NAME,
  ATTR_K8S_POD_UID,
} from '../../semconv/attribute-keys.ts';

interface PathRule {
  readonly pattern: RegExp;
  readonly keys: readonly string[];
}
const RULES: readonly PathRule[] = [
  // must-gather: namespaces/<ns>/pods/<pod>/<container>/<container>/logs/current.log
  {
    pattern: /(?:^|\/)namespaces\/([^/]+)\/pods\/([^/]+)\/([^/]+)\/[^/]+\/logs\/[^/]+$/,
    keys: [ATTR_K8S_NAMESPACE_NAME, ATTR_K8S_POD_NAME, ATTR_K8S_CONTAINER_NAME],
  },
  // troubleshoot: pods/logs/<ns>/<pod>/<container>[-previous].log
  {
    pattern: /(?:^|\/)(?:pods\/logs|pod-?logs)\/([^/]+)\/([^/]+)\/([^/]+?)(?:-previous)?\.(?:log|txt)$/,
    keys: [ATTR_K8S_NAMESPACE_NAME, ATTR_K8S_POD_NAME, ATTR_K8S_CONTAINER_NAME],
  },
  // kubelet: /var/log/pods/<ns>_<pod>_<uid>/<container>/0.log
  {
    pattern: /(?:^|\/)([a-z0-9-]+)_([a-z0-9.-]+)_([0-9a-f-]{32,36})\/([^/]+)\/[^/]+$/,
    keys: [ATTR_K8S_NAMESPACE_NAME, ATTR_K8S_POD_NAME, ATTR_K8S_POD_UID, ATTR_K8S_CONTAINER_NAME],
  },
  // kubelet: /var/log/containers/<pod>_<ns>_<container>-<id>.log
  {
    pattern: /(?:^|\/)([a-z0-9.-]+)_([a-z0-9-]+)_([a-z0-9.-]+)-([0-9a-f]{64})\.log/,
    keys: [ATTR_K8S_POD_NAME, ATTR_K8S_NAMESPACE_NAME, ATTR_K8S_CONTAINER_NAME, ATTR_CONTAINER_ID],
  },
  // kubectl cluster-info dump: <ns>/<pod>/logs.txt
  {
    pattern: /(?:^|\/)([a-z0-9-]+)\/([a-z0-9.-]+)\/logs\.txt$/,
    keys: [ATTR_K8S_NAMESPACE_NAME, ATTR_K8S_POD_NAME],
  },
  // docker: containers/<id>/<id>-json.log
  { pattern: /(?:^|\/)([0-9a-f]{64})-json\.log/, keys: [ATTR_CONTAINER_ID] },
];

/** Resource attributes that follow from the path; empty when it says nothing. */
export function resourceOfPath(path: string): Attributes {
  const attributes: Record<string, string> = {};
  for (const rule of RULES) {
    const match = rule.pattern.exec(path.replace(/!\//g, '/'));
    if (match === null) continue;
    for (const [i, key] of rule.keys.entries()) attributes[key] = match[i + 1] ?? '';
    break;
  }
  return attributes;
}
