/** Kubernetes events (v1 and events.k8s.io/v1) as platform events. An event counted more than once is an interval. */
import type { PlatformEvent } from '../../model/event.ts';
import type { UnixNano } from '../../model/time.ts';
import { ATTR_K8S_NAMESPACE_NAME } from '../../semconv/attribute-keys.ts';
import { firstText, numberAt, objectAt, textAt, textAttributes, timeAt, type JsonObject } from '../json-access.ts';
import { entitiesOfReference, entityOfObject } from './kubernetes-object.ts';

/** Warnings that mean something died or cannot start, rather than that something was retried. */
const ERROR_REASONS = new Set([
  'OOMKilling',
  'SystemOOM',
  'NodeNotReady',
  'Evicted',
  'EvictionThresholdMet',
  'FreeDiskSpaceFailed',
  'CrashLoopBackOff',
  'FailedCreatePodSandBox',
  'NodeHasDiskPressure',
  'Rebooted',
  'ContainerGCFailed',
]);

/** undefined when the value has no reason, message nor object to speak of. */
export function readEvent(value: JsonObject, fileTime: UnixNano | undefined): PlatformEvent | undefined {
  const subject = subjectOf(value);
  const reason = textAt(value, 'reason');
  const message = firstText(value, 'message', 'note');
  const kind = textAt(subject, 'kind');
  const name = textAt(subject, 'name');
  if (reason === '' && message === '' && name === '') return undefined;
  const times = timesOf(value);
  const start = times.start ?? fileTime ?? (0n as UnixNano);
  const end = times.end ?? start;
  const entities = entitiesOfReference(kind, name);
  const host = textAt(value, 'source', 'host') || textAt(value, 'deprecatedSource', 'host');
  if (host !== '' && kind !== 'Node') entities.push(entityOfObject('Node', host));
  const namespace = textAt(subject, 'namespace') || textAt(value, 'metadata', 'namespace');
  return {
    externalId: idOf(value, `${namespace}/${kind}/${name}/${reason}/${start}`),
    reason: reason || 'Event',
    message,
    severity: severityOf(textAt(value, 'type'), reason),
    startTime: start < end ? start : end,
    endTime: start < end ? end : start,
    count: countOf(value),
    isTimeInferred: times.start === undefined,
    entities,
    attributes: textAttributes({
      [ATTR_K8S_NAMESPACE_NAME]: namespace,
      'k8s.object.kind': kind,
      'k8s.object.name': name,
      'k8s.object.fieldpath': textAt(subject, 'fieldPath'),
      'k8s.event.type': textAt(value, 'type'),
      'k8s.event.action': textAt(value, 'action'),
      'k8s.event.source':
        textAt(value, 'source', 'component') || firstText(value, 'reportingComponent', 'reportingController'),
    }),
  };
}

/** v1 calls it `involvedObject`, events.k8s.io `regarding`. */
function subjectOf(value: JsonObject): JsonObject {
  const involved = objectAt(value, 'involvedObject');
  return Object.keys(involved).length > 0 ? involved : objectAt(value, 'regarding');
}

function timesOf(value: JsonObject): { start: UnixNano | undefined; end: UnixNano | undefined } {
  const first = timeAt(value, 'firstTimestamp') ?? timeAt(value, 'deprecatedFirstTimestamp');
  const last =
    timeAt(value, 'series', 'lastObservedTime') ??
    timeAt(value, 'lastTimestamp') ??
    timeAt(value, 'deprecatedLastTimestamp');
  const exact = timeAt(value, 'eventTime');
  const start = exact ?? first ?? last ?? timeAt(value, 'metadata', 'creationTimestamp');
  return { start, end: last ?? start };
}

function countOf(value: JsonObject): number {
  const count =
    numberAt(value, 'series', 'count') ?? numberAt(value, 'count') ?? numberAt(value, 'deprecatedCount') ?? 1;
  return Math.max(1, Math.trunc(count));
}

function severityOf(type: string, reason: string): PlatformEvent['severity'] {
  if (ERROR_REASONS.has(reason) || type === 'Error') return 'error';
  return type === 'Warning' ? 'warning' : 'normal';
}

function idOf(value: JsonObject, fallback: string): string {
  return textAt(value, 'metadata', 'uid') || textAt(value, 'metadata', 'name') || fallback;
}
