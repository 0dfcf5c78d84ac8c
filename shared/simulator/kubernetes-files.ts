/** Objects and events of the cluster as `kubectl get … -o json` prints them at the end of the recording. */
import { hexText, uuid } from './names.ts';
import { clusterEvents } from './kubernetes-events.ts';
import { restartsOf } from './pods.ts';
import type { Pod } from './pods.ts';
import { randomFor } from './simulation.ts';
import type { Simulation } from './simulation.ts';
import type { Service, Slot, Store } from './system.ts';
import { STEP_SECONDS } from './model-state.ts';

export function* writeObjects(simulation: Simulation): Generator<string> {
  yield '{\n"apiVersion": "v1",\n"items": [';
  let separator = '\n';
  for (const object of objects(simulation)) {
    yield `${separator}${JSON.stringify(object)}`;
    separator = ',\n';
  }
  yield '\n],\n"kind": "List",\n"metadata": {"resourceVersion": ""}\n}\n';
}
export function* writeEvents(simulation: Simulation): Generator<string> {
  yield '{\n"apiVersion": "v1",\n"items": [';
  let separator = '\n';
  for (const event of clusterEvents(simulation)) {
    yield `${separator}${JSON.stringify(event)}`;
    separator = ',\n';
  }
  yield '\n],\n"kind": "List",\n"metadata": {"resourceVersion": ""}\n}\n';
}

function* objects(simulation: Simulation): Generator<object> {
  const random = randomFor(simulation, 'objects');
  const { system, pods, clock } = simulation;
  for (const node of system.nodes) {
    yield {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name: node.name,
        uid: uuid(random),
        creationTimestamp: clock.iso(-3_000_000),
        labels: {
          'kubernetes.io/hostname': node.name,
          'kubernetes.io/os': 'linux',
          'node.kubernetes.io/instance-type': node.cores >= 16 ? 'm6i.4xlarge' : 'm6i.2xlarge',
          'topology.kubernetes.io/zone': node.zone,
        },
      },
      status: {
        capacity: { cpu: String(node.cores), memory: `${Math.round(node.memoryBytes / 1024)}Ki`, pods: '110' },
        conditions: [
          { type: 'Ready', status: 'True', reason: 'KubeletReady', lastTransitionTime: clock.iso(-2_900_000) },
        ],
      },
    };
  }
  for (const service of system.services) {
    const live = service.slots.map((slot) => pods.at(slot, simulation.lengthSeconds - 1));
    const newest = live.findLast((pod) => pod.change) ?? (live[0] as Pod);
    const deploymentUid = uuid(random);
    const replicaSetUid = uuid(random);
    yield deployment(simulation, service, newest, deploymentUid);
    yield replicaSet(simulation, service, newest, deploymentUid, replicaSetUid);
    for (const pod of live) yield podObject(simulation, service, pod, replicaSetUid, hexText(random, 64));
  }
  for (const store of system.stores) yield* storeObjects(simulation, store, uuid(random), uuid(random));
}

function labelsOf(service: Service, hash: string): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/name': service.name,
    'app.kubernetes.io/part-of': service.namespace,
    team: service.team,
    'pod-template-hash': hash,
  };
}
function imageOf(simulation: Simulation, name: string, version: string): string {
  return `registry.${simulation.system.organisation}.io/${name}:${version}`;
}

function containerSpec(simulation: Simulation, service: Service, version: string): object {
  return {
    name: service.name,
    image: imageOf(simulation, service.name, version),
    ports: [{ containerPort: service.port, protocol: 'TCP' }],
    resources: {
      limits: {
        cpu: `${Math.round(service.cpuLimitCores * 1000)}m`,
        memory: `${Math.round(service.memoryLimitBytes / 1024 ** 2)}Mi`,
      },
      requests: {
        cpu: `${Math.round(service.cpuLimitCores * 500)}m`,
        memory: `${Math.round(service.memoryLimitBytes / 1024 ** 2 / 2)}Mi`,
      },
    },
  };
}

function deployment(simulation: Simulation, service: Service, newest: Pod, uid: string): object {
  const { clock } = simulation;
  const replicas = service.slots.length;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: service.name,
      namespace: service.namespace,
      uid,
      generation: newest.change ? 15 : 14,
      creationTimestamp: clock.iso(-20_000_000),
      labels: {
        'app.kubernetes.io/name': service.name,
        'app.kubernetes.io/part-of': service.namespace,
        team: service.team,
      },
    },
    spec: {
      replicas,
      selector: { matchLabels: { 'app.kubernetes.io/name': service.name } },
      template: {
        metadata: { labels: labelsOf(service, newest.podTemplateHash) },
        spec: { containers: [containerSpec(simulation, service, newest.version)] },
      },
    },
    status: {
      replicas,
      readyReplicas: replicas,
      updatedReplicas: replicas,
      availableReplicas: replicas,
      observedGeneration: newest.change ? 15 : 14,
    },
  };
}

function replicaSet(simulation: Simulation, service: Service, newest: Pod, ownerUid: string, uid: string): object {
  const replicas = service.slots.length;
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${service.name}-${newest.podTemplateHash}`,
      namespace: service.namespace,
      uid,
      creationTimestamp: simulation.clock.iso(newest.change ? newest.change.second + 3 : -900_100),
      labels: labelsOf(service, newest.podTemplateHash),
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: service.name,
          uid: ownerUid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      replicas,
      selector: {
        matchLabels: { 'app.kubernetes.io/name': service.name, 'pod-template-hash': newest.podTemplateHash },
      },
    },
    status: { replicas, readyReplicas: replicas, availableReplicas: replicas },
  };
}

function podObject(
  simulation: Simulation,
  service: Service,
  pod: Pod,
  replicaSetUid: string,
  containerId: string,
): object {
  const { system, state, clock } = simulation;
  const slot = system.slots[pod.slot] as Slot;
  const last = state.steps - 1;
  const restarts = restartsOf(state, pod, last);
  const isUp = state.slotUp[last * system.slots.length + pod.slot] === 1;
  const restart = state.restarts.findLast((candidate) => candidate.slot === pod.slot);
  const killed =
    restart && restarts > 0
      ? {
          terminated: {
            exitCode: 137,
            reason: 'OOMKilled',
            startedAt: clock.iso(pod.fromSecond),
            finishedAt: clock.iso(restart.step * STEP_SECONDS),
          },
        }
      : {};
  const startedAt =
    restart && restarts > 0
      ? clock.iso((restart.step + restart.downSteps) * STEP_SECONDS)
      : clock.iso(pod.fromSecond + 6);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod.name,
      namespace: service.namespace,
      uid: pod.uid,
      creationTimestamp: clock.iso(pod.fromSecond),
      labels: labelsOf(service, pod.podTemplateHash),
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `${service.name}-${pod.podTemplateHash}`,
          uid: replicaSetUid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      nodeName: system.nodes[slot.node]?.name,
      containers: [containerSpec(simulation, service, pod.version)],
      restartPolicy: 'Always',
      serviceAccountName: service.name,
    },
    status: {
      phase: 'Running',
      podIP: pod.ip,
      startTime: clock.iso(pod.fromSecond),
      conditions: [{ type: 'Ready', status: isUp ? 'True' : 'False', lastTransitionTime: startedAt }],
      containerStatuses: [
        {
          name: service.name,
          image: imageOf(simulation, service.name, pod.version),
          containerID: `containerd://${containerId}`,
          ready: isUp,
          restartCount: restarts,
          lastState: killed,
          state: isUp ? { running: { startedAt } } : { waiting: { reason: 'CrashLoopBackOff' } },
        },
      ],
    },
  };
}

function* storeObjects(simulation: Simulation, store: Store, uid: string, podUid: string): Generator<object> {
  const { system, clock } = simulation;
  const labels = {
    'app.kubernetes.io/name': store.workload,
    'app.kubernetes.io/component': store.isCache ? 'cache' : 'database',
  };
  const image = `${store.system === 'postgresql' ? 'postgres:17.2' : store.system === 'mysql' ? 'mysql:8.4' : store.system === 'redis' ? 'redis:7.4' : 'mongo:8.0'}`;
  const container = { name: store.system, image, ports: [{ containerPort: store.port, protocol: 'TCP' }] };
  yield {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name: store.workload,
      namespace: store.namespace,
      uid,
      creationTimestamp: clock.iso(-25_000_000),
      labels,
    },
    spec: {
      replicas: 1,
      serviceName: store.workload,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
    status: { replicas: 1, readyReplicas: 1, currentReplicas: 1 },
  };
  yield {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: store.podName,
      namespace: store.namespace,
      uid: podUid,
      creationTimestamp: clock.iso(-1_200_000),
      labels,
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          name: store.workload,
          uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      nodeName: system.nodes[store.node]?.name,
      containers: [container],
      volumes: store.isCache ? [] : [{ name: 'data', persistentVolumeClaim: { claimName: `data-${store.podName}` } }],
    },
    status: {
      phase: 'Running',
      startTime: clock.iso(-1_200_000),
      containerStatuses: [
        {
          name: store.system,
          image,
          ready: true,
          restartCount: 0,
          lastState: {},
          state: { running: { startedAt: clock.iso(-1_199_990) } },
        },
      ],
    },
  };
}
