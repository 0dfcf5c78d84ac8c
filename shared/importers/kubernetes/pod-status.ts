/** What the status of pods and nodes says happened: terminations, crash loops, evictions, failing conditions. */
import type { PlatformEvent } from '../../model/event.ts';
import type { UnixNano } from '../../model/time.ts';
import {
  ATTR_K8S_CONTAINER_NAME,
  ATTR_K8S_CONTAINER_RESTART_COUNT,
  ATTR_K8S_NAMESPACE_NAME,
} from '../../semconv/attribute-keys.ts';
import { listAt, numberAt, objectAt, textAt, textAttributes, timeAt, type JsonObject } from '../json-access.ts';
import { entitiesOfReference, entityOfObject, workloadNameOfPod, type KubernetesObject } from './kubernetes-object.ts';

const WAITING_PROBLEMS = /BackOff|Err|Error|Invalid|Failed|OOM/;

/** Events of one pod, in the order of its containers. `fileTime` stands in where the status has no time. */
export function eventsOfPod(pod: KubernetesObject, fileTime: UnixNano | undefined): PlatformEvent[] {
  const events: PlatformEvent[] = [];
  const statuses = [
    ...listAt(pod.value, 'status', 'initContainerStatuses'),
    ...listAt(pod.value, 'status', 'containerStatuses'),
  ];
  for (const status of statuses) {
    const container = textAt(status, 'name');
    const restarts = numberAt(status, 'restartCount') ?? 0;
    const last = objectAt(status, 'lastState', 'terminated');
    const now = objectAt(status, 'state', 'terminated');
    for (const terminated of [last, now]) {
      const event = terminationEvent(pod, container, restarts, terminated);
      if (event !== undefined) events.push(event);
    }
    const waiting = waitingEvent(pod, container, restarts, objectAt(status, 'state', 'waiting'), last, fileTime);
    if (waiting !== undefined) events.push(waiting);
  }
  const failure = podFailure(pod, fileTime);
  if (failure !== undefined) events.push(failure);
  return events;
}

function terminationEvent(
  pod: KubernetesObject,
  container: string,
  restarts: number,
  terminated: JsonObject,
): PlatformEvent | undefined {
  const finished = timeAt(terminated, 'finishedAt');
  const exitCode = numberAt(terminated, 'exitCode') ?? 0;
  const reason = textAt(terminated, 'reason') || (exitCode === 0 ? 'Completed' : 'Error');
  if (finished === undefined || (exitCode === 0 && reason === 'Completed')) return undefined;
  const message = textAt(terminated, 'message');
  return podEvent(pod, container, restarts, {
    reason,
    message: `Container ${container} terminated: ${reason}, exit code ${exitCode}, restarts ${restarts}.${message === '' ? '' : ` ${message}`}`,
    severity: 'error',
    time: finished,
    isTimeInferred: false,
    count: 1,
  });
}

function waitingEvent(
  pod: KubernetesObject,
  container: string,
  restarts: number,
  waiting: JsonObject,
  last: JsonObject,
  fileTime: UnixNano | undefined,
): PlatformEvent | undefined {
  const reason = textAt(waiting, 'reason');
  if (!WAITING_PROBLEMS.test(reason)) return undefined;
  const known = timeAt(last, 'finishedAt');
  const time = known ?? fileTime ?? timeAt(pod.value, 'status', 'startTime');
  if (time === undefined) return undefined;
  return podEvent(pod, container, restarts, {
    reason,
    message: `Container ${container} is waiting: ${reason}, restarts ${restarts}. ${textAt(waiting, 'message')}`.trim(),
    severity: 'error',
    time,
    isTimeInferred: known === undefined,
    count: Math.max(1, restarts),
  });
}

/** Evicted, preempted and unschedulable pods. */
function podFailure(pod: KubernetesObject, fileTime: UnixNano | undefined): PlatformEvent | undefined {
  const phase = textAt(pod.value, 'status', 'phase');
  const reason = textAt(pod.value, 'status', 'reason');
  const unscheduled = listAt(pod.value, 'status', 'conditions').find(
    (c) => textAt(c, 'type') === 'PodScheduled' && textAt(c, 'status') === 'False',
  );
  if (unscheduled === undefined && (phase !== 'Failed' || reason === '')) return undefined;
  const known =
    unscheduled === undefined ? timeAt(pod.value, 'status', 'startTime') : timeAt(unscheduled, 'lastTransitionTime');
  const time = known ?? fileTime;
  if (time === undefined) return undefined;
  return podEvent(pod, '', 0, {
    reason: unscheduled === undefined ? reason : textAt(unscheduled, 'reason') || 'Unschedulable',
    message: unscheduled === undefined ? textAt(pod.value, 'status', 'message') : textAt(unscheduled, 'message'),
    severity: unscheduled === undefined ? 'error' : 'warning',
    time,
    isTimeInferred: known === undefined,
    count: 1,
  });
}

interface Happening {
  readonly reason: string;
  readonly message: string;
  readonly severity: PlatformEvent['severity'];
  readonly time: UnixNano;
  readonly isTimeInferred: boolean;
  readonly count: number;
}

function podEvent(pod: KubernetesObject, container: string, restarts: number, happening: Happening): PlatformEvent {
  const service = workloadNameOfPod(pod.value, pod.name);
  const node = textAt(pod.value, 'spec', 'nodeName');
  return {
    externalId: `${pod.namespace}/${pod.name}/${container}/${happening.reason}/${happening.time}`,
    reason: happening.reason,
    message: happening.message,
    severity: happening.severity,
    startTime: happening.time,
    endTime: happening.time,
    count: happening.count,
    isTimeInferred: happening.isTimeInferred,
    entities: [
      entityOfObject('Pod', pod.name),
      ...(service === undefined ? [] : [{ type: 'service' as const, name: service }]),
      ...(node === '' ? [] : [entityOfObject('Node', node)]),
    ],
    attributes: textAttributes({
      [ATTR_K8S_NAMESPACE_NAME]: pod.namespace,
      'k8s.object.kind': 'Pod',
      'k8s.object.name': pod.name,
      [ATTR_K8S_CONTAINER_NAME]: container,
      [ATTR_K8S_CONTAINER_RESTART_COUNT]: container === '' ? undefined : restarts,
    }),
  };
}

/** Node conditions that are not as they should be. */
export function eventsOfNode(node: KubernetesObject): PlatformEvent[] {
  const events: PlatformEvent[] = [];
  for (const condition of listAt(node.value, 'status', 'conditions')) {
    const type = textAt(condition, 'type');
    const status = textAt(condition, 'status');
    const isBad = type === 'Ready' ? status !== 'True' : status === 'True';
    const time = timeAt(condition, 'lastTransitionTime');
    if (!isBad || time === undefined || type === '') continue;
    events.push({
      externalId: `${node.name}/${type}/${time}`,
      reason: type === 'Ready' ? 'NodeNotReady' : type,
      message: `${textAt(condition, 'reason')}: ${textAt(condition, 'message')}`,
      severity: 'error',
      startTime: time,
      endTime: time,
      count: 1,
      isTimeInferred: false,
      entities: entitiesOfReference('Node', node.name),
      attributes: textAttributes({ 'k8s.object.kind': 'Node', 'k8s.object.name': node.name }),
    });
  }
  return events;
}
