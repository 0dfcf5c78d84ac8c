/** Events of the cluster: rollouts, restarts, scaling, a batch job where one runs, and everyday noise. */
import type { Random } from '../base/random.ts';
import { STEP_SECONDS } from './model-state.ts';
import { hexText, safeSuffix, uuid } from './names.ts';
import type { Pod } from './pods.ts';
import { randomFor } from './simulation.ts';
import type { Simulation } from './simulation.ts';
import type { Service } from './system.ts';

interface RawEvent {
  readonly second: number;
  readonly lastSecond?: number;
  readonly count?: number;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly component: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  readonly host?: string;
}

export function clusterEvents(simulation: Simulation): object[] {
  const random = randomFor(simulation, 'events');
  const raw = [
    ...rolloutEvents(simulation),
    ...restartEvents(simulation),
    ...scalingEvents(simulation),
    ...batchEvents(simulation, random),
    ...everydayEvents(simulation, random),
  ];
  return raw
    .filter((event) => event.second >= 0 && event.second < simulation.lengthSeconds)
    .toSorted((a, b) => a.second - b.second || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map((event) => eventObject(simulation, event, random));
}

function eventObject(simulation: Simulation, event: RawEvent, random: Random): object {
  const { clock } = simulation;
  const first = clock.iso(event.second);
  const last = clock.iso(Math.min(event.lastSecond ?? event.second, simulation.lengthSeconds));
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${event.name}.${hexText(random, 16)}`,
      namespace: event.namespace,
      uid: uuid(random),
      resourceVersion: String(80_000_000 + Math.round(event.second * 40)),
      creationTimestamp: first,
    },
    involvedObject: {
      kind: event.kind,
      namespace: event.namespace,
      name: event.name,
      ...(event.uid && { uid: event.uid }),
      apiVersion: event.kind === 'Pod' || event.kind === 'Node' ? 'v1' : 'apps/v1',
    },
    reason: event.reason,
    message: event.message,
    source: { component: event.component, ...(event.host && { host: event.host }) },
    firstTimestamp: first,
    lastTimestamp: last,
    count: event.count ?? 1,
    type: event.type,
    eventTime: null,
    reportingComponent: event.component,
    reportingInstance: event.host ?? '',
  };
}

function aboutPod(simulation: Simulation, pod: Pod): Pick<RawEvent, 'kind' | 'namespace' | 'name' | 'uid' | 'host'> {
  const { system } = simulation;
  const host = system.nodes[system.slots[pod.slot]?.node ?? 0]?.name ?? '';
  return { kind: 'Pod', namespace: system.services[pod.service]?.namespace ?? '', name: pod.name, uid: pod.uid, host };
}

function rolloutEvents(simulation: Simulation): RawEvent[] {
  const { system, pods, changes } = simulation;
  const events: RawEvent[] = [];
  for (const change of changes) {
    if (change.kind !== 'deployment') continue;
    const service = system.services[change.service] as Service;
    events.push({
      second: change.second + 3,
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled up replica set ${service.name}-${change.podTemplateHash} to 1 from 0`,
      component: 'deployment-controller',
      kind: 'Deployment',
      namespace: service.namespace,
      name: service.name,
    });
  }
  for (const pod of pods.pods) {
    const service = system.services[pod.service] as Service;
    if (pod.fromSecond > 0) events.push(...startEvents(simulation, pod, service));
    if (Number.isFinite(pod.toSecond)) {
      events.push({
        ...aboutPod(simulation, pod),
        second: pod.toSecond,
        type: 'Normal',
        reason: 'Killing',
        message: `Stopping container ${service.name}`,
        component: 'kubelet',
      });
    }
  }
  return events;
}

function startEvents(simulation: Simulation, pod: Pod, service: Service): RawEvent[] {
  const about = aboutPod(simulation, pod);
  const image = `registry.${simulation.system.organisation}.io/${service.name}:${pod.version}`;
  const begin = Math.max(0, pod.fromSecond - 12);
  const normal = { ...about, type: 'Normal' as const, component: 'kubelet' };
  return [
    {
      ...normal,
      second: begin,
      reason: 'Scheduled',
      message: `Successfully assigned ${service.namespace}/${pod.name} to ${about.host ?? ''}`,
      component: 'default-scheduler',
    },
    { ...normal, second: begin + 1, reason: 'Pulling', message: `Pulling image "${image}"` },
    {
      ...normal,
      second: begin + 5,
      reason: 'Pulled',
      message: `Successfully pulled image "${image}" in 3.812s (3.812s including waiting)`,
    },
    { ...normal, second: begin + 6, reason: 'Created', message: `Created container: ${service.name}` },
    { ...normal, second: begin + 6, reason: 'Started', message: `Started container ${service.name}` },
  ];
}

function restartEvents(simulation: Simulation): RawEvent[] {
  const { system, pods, state } = simulation;
  const events: RawEvent[] = [];
  for (const restart of state.restarts) {
    const second = restart.step * STEP_SECONDS;
    const back = second + restart.downSteps * STEP_SECONDS;
    const pod = pods.at(restart.slot, second);
    const service = system.services[pod.service] as Service;
    const about = aboutPod(simulation, pod);
    events.push(
      {
        ...about,
        kind: 'Node',
        namespace: 'default',
        name: about.host ?? '',
        second,
        type: 'Warning',
        reason: 'OOMKilling',
        message: `Memory cgroup out of memory: Killed process ${20_000 + restart.slot * 31 + restart.step} (${service.name}) total-vm:${Math.round(service.memoryLimitBytes / 512)}kB`,
        component: 'kernel-monitor',
      },
      {
        ...about,
        second: second + 2,
        lastSecond: back - 3,
        count: restart.downSteps,
        type: 'Warning',
        reason: 'BackOff',
        message: `Back-off restarting failed container ${service.name} in pod ${pod.name}_${service.namespace}`,
        component: 'kubelet',
      },
      {
        ...about,
        second: back,
        type: 'Normal',
        reason: 'Started',
        message: `Started container ${service.name}`,
        component: 'kubelet',
      },
    );
  }
  return events;
}

function scalingEvents(simulation: Simulation): RawEvent[] {
  const { system } = simulation;
  return system.slots
    .filter((slot) => slot.addedAtSecond >= 0)
    .flatMap((slot) => {
      const service = system.services[slot.service] as Service;
      const size = service.slots.length;
      const about = { type: 'Normal' as const, namespace: service.namespace, name: service.name };
      return [
        {
          ...about,
          second: slot.addedAtSecond - 20,
          reason: 'SuccessfulRescale',
          message: `New size: ${size}; reason: cpu resource utilization (percentage of request) above target`,
          component: 'horizontal-pod-autoscaler',
          kind: 'HorizontalPodAutoscaler',
        },
        {
          ...about,
          second: slot.addedAtSecond - 19,
          reason: 'ScalingReplicaSet',
          message: `Scaled up replica set ${service.name}-${service.podTemplateHash} to ${size} from ${size - 1}`,
          component: 'deployment-controller',
          kind: 'Deployment',
        },
      ];
    });
}

/** Batch jobs come and go all the time; one of them may be what takes a node's processors. */
function batchEvents(simulation: Simulation, random: Random): RawEvent[] {
  const { system, faults, lengthSeconds } = simulation;
  const jobs = [0, 1].map(() => ({
    node: random.integer(0, system.nodes.length - 1),
    second: random.integer(60, lengthSeconds - 120),
  }));
  for (const fault of faults) {
    if (fault.scenario === 'noisy-neighbour') jobs.push({ node: fault.target, second: fault.startSecond - 6 });
  }
  return jobs.flatMap(({ node, second }) => {
    const job = `${random.choice(['ledger-export', 'thumbnail-backfill', 'report-rollup', 'index-rebuild', 'ml-features'])}-${29_000_000 + random.integer(0, 90_000)}`;
    const pod = `${job}-${safeSuffix(random, 5)}`;
    const host = system.nodes[node]?.name ?? '';
    const about = { type: 'Normal' as const, namespace: 'batch' };
    return [
      {
        ...about,
        second,
        reason: 'SuccessfulCreate',
        message: `Created pod: ${pod}`,
        component: 'job-controller',
        kind: 'Job',
        name: job,
      },
      {
        ...about,
        second: second + 1,
        reason: 'Scheduled',
        message: `Successfully assigned batch/${pod} to ${host}`,
        component: 'default-scheduler',
        kind: 'Pod',
        name: pod,
      },
      {
        ...about,
        second: second + 4,
        reason: 'Started',
        message: `Started container ${job.replace(/-\d+$/, '')}`,
        component: 'kubelet',
        kind: 'Pod',
        name: pod,
        host,
      },
    ];
  });
}

function everydayEvents(simulation: Simulation, random: Random): RawEvent[] {
  const { system, pods, lengthSeconds, options } = simulation;
  const count = Math.round((options.minutes * system.services.length) / 120) + 3;
  return Array.from({ length: count }, () => {
    const pod = random.choice(pods.pods);
    const about = aboutPod(simulation, pod);
    const second = random.integer(5, lengthSeconds - 10);
    const [type, reason, message] = random.choice([
      [
        'Warning',
        'Unhealthy',
        `Readiness probe failed: Get "http://${pod.ip}:8080/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
      ],
      ['Warning', 'DNSConfigForming', 'Nameserver limits were exceeded, some nameservers have been omitted'],
      ['Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.'],
      [
        'Warning',
        'FailedToRetrieveImagePullSecret',
        'Unable to retrieve some image pull secrets (registry-credentials)',
      ],
    ] as const);
    return { ...about, second, type, reason, message, component: 'kubelet' };
  });
}
