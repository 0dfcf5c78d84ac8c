/** Kubernetes API server audit events (audit.k8s.io) as log records. */
import type { UnixNano } from '../../model/time.ts';
import {
  ATTR_CLIENT_ADDRESS,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_K8S_NAMESPACE_NAME,
  ATTR_SERVICE_NAME,
} from '../../semconv/attribute-keys.ts';
import { listAt, numberAt, textAt, textAttributes, timeAt, type JsonObject } from '../json-access.ts';
import type { RecordCollector } from '../record-collector.ts';

const RESOURCE = { [ATTR_SERVICE_NAME]: 'kube-apiserver' };

export function isAuditEvent(apiVersion: string): boolean {
  return apiVersion.startsWith('audit.k8s.io/');
}

/** Earlier stages of a request say nothing that its completion does not say again. */
export function isEarlyStage(value: JsonObject): boolean {
  const stage = textAt(value, 'stage');
  return stage === 'RequestReceived' || stage === 'ResponseStarted';
}

export function addAuditEvent(value: JsonObject, fileTime: UnixNano | undefined, collector: RecordCollector): void {
  const time =
    timeAt(value, 'stageTimestamp') ?? timeAt(value, 'requestReceivedTimestamp') ?? timeAt(value, 'timestamp');
  const code = numberAt(value, 'responseStatus', 'code') ?? 0;
  const verb = textAt(value, 'verb');
  const uri = textAt(value, 'requestURI');
  const logs = collector.logs();
  logs.add({
    timeUnixNano: time ?? fileTime ?? (0n as UnixNano),
    isTimeInferred: time === undefined,
    severityNumber: code >= 500 ? 17 : code >= 400 ? 13 : 9,
    resource: logs.resource(RESOURCE),
    body: `${textAt(value, 'user', 'username')} ${verb} ${uri}${code > 0 ? ` ${code}` : ''}`.trim(),
    attributesJson: JSON.stringify(
      textAttributes({
        'k8s.audit.id': textAt(value, 'auditID'),
        'k8s.audit.stage': textAt(value, 'stage'),
        'k8s.audit.verb': verb,
        'user.name': textAt(value, 'user', 'username'),
        [ATTR_CLIENT_ADDRESS]: String(listAt(value, 'sourceIPs')[0] ?? ''),
        'user_agent.original': textAt(value, 'userAgent'),
        [ATTR_K8S_NAMESPACE_NAME]: textAt(value, 'objectRef', 'namespace'),
        'k8s.object.kind': textAt(value, 'objectRef', 'resource'),
        'k8s.object.name': textAt(value, 'objectRef', 'name'),
        [ATTR_HTTP_RESPONSE_STATUS_CODE]: code > 0 ? code : undefined,
        'authorization.decision': textAt(value, 'annotations', 'authorization.k8s.io/decision'),
      }),
    ),
  });
}
