/**
 * Changes as the tools record them: GitHub webhook deliveries (deployment, deployment_status), Argo CD applications
 * with their history, and a settings audit log in plain JSON.
 */
import { hexText, uuid } from './names.ts';
import type { PlannedChange } from './plan-changes.ts';
import { ROLLOUT_LAG_SECONDS } from './plan-changes.ts';
import { ROLLOUT_SECONDS } from './service-faults.ts';
import { randomFor } from './simulation.ts';
import type { Simulation } from './simulation.ts';
import type { Service } from './system.ts';

export interface TextFile {
  readonly path: string;
  readonly chunks: Iterable<string>;
}
function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

export function changeFiles(simulation: Simulation): TextFile[] {
  const files: TextFile[] = [];
  const { changes } = simulation;
  const random = randomFor(simulation, 'deliveries');
  for (const change of changes) {
    if (change.tool !== 'github') continue;
    for (const [event, body] of githubDeliveries(simulation, change)) {
      files.push({ path: `changes/github/${event}-${uuid(random)}.json`, chunks: [pretty(body)] });
    }
  }
  files.push({ path: 'changes/argocd-applications.json', chunks: [pretty(argoApplications(simulation))] });
  const settings = changes.filter((change) => change.tool === 'settings');
  if (settings.length > 0) {
    files.push({
      path: 'changes/settings-audit.json',
      chunks: [pretty({ changes: settings.map((change) => settingEntry(simulation, change)) })],
    });
  }
  return files;
}

/** When the last pod was replaced and became ready. */
function finishedSecond(simulation: Simulation, change: PlannedChange): number {
  const pods = simulation.system.services[change.service]?.slots.length ?? 1;
  return change.second + ROLLOUT_LAG_SECONDS + pods * ROLLOUT_SECONDS + 8;
}

function githubUser(login: string): object {
  let id = 7;
  for (let i = 0; i < login.length; i += 1) id = (id * 31 + login.charCodeAt(i)) % 90_000_000;
  return {
    login,
    id,
    url: `https://api.github.com/users/${login}`,
    html_url: `https://github.com/${login}`,
    type: 'User',
    site_admin: false,
  };
}

function githubDeliveries(simulation: Simulation, change: PlannedChange): [event: string, body: object][] {
  const { system, clock, lengthSeconds } = simulation;
  const service = system.services[change.service] as Service;
  const full = `${system.organisation}/${service.name}`;
  const api = `https://api.github.com/repos/${full}`;
  const created = clock.iso(change.second);
  const repository = {
    id: 100_000_000 + change.service * 7919,
    name: service.name,
    full_name: full,
    private: true,
    html_url: `https://github.com/${full}`,
    owner: githubUser(system.organisation),
    default_branch: 'main',
  };
  const deployment = {
    url: `${api}/deployments/${change.id}`,
    id: change.id,
    sha: change.revision,
    ref: `v${change.toVersion}`,
    task: 'deploy',
    payload: { version: change.toVersion, previous_version: change.fromVersion, pull_request: change.subject },
    original_environment: system.environment,
    environment: system.environment,
    description: `${change.subject} (v${change.toVersion})`,
    creator: githubUser(change.author),
    created_at: created,
    updated_at: created,
    statuses_url: `${api}/deployments/${change.id}/statuses`,
    repository_url: api,
    transient_environment: false,
    production_environment: true,
  };
  const common = { repository, organization: { login: system.organisation }, sender: githubUser(change.author) };
  const deliveries: [string, object][] = [
    ['deployment', { action: 'created', deployment, workflow: null, workflow_run: null, ...common }],
  ];
  const states = [
    ['in_progress', change.second + 4],
    ['success', finishedSecond(simulation, change)],
  ] as const;
  states.forEach(([state, second], i) => {
    if (second > lengthSeconds) return;
    const at = clock.iso(second);
    const id = change.id * 2 + i + 1;
    const status = {
      url: `${api}/deployments/${change.id}/statuses/${id}`,
      id,
      state,
      creator: githubUser(change.author),
      description: '',
      environment: system.environment,
      target_url: `https://github.com/${full}/actions/runs/${id + 5}`,
      created_at: at,
      updated_at: at,
      deployment_url: `${api}/deployments/${change.id}`,
      repository_url: api,
    };
    const updated = { ...deployment, updated_at: at };
    deliveries.push([
      'deployment_status',
      {
        action: 'created',
        deployment_status: status,
        deployment: updated,
        check_run: null,
        workflow: null,
        workflow_run: null,
        ...common,
      },
    ]);
  });
  return deliveries;
}

function argoApplications(simulation: Simulation): object {
  const { system, changes } = simulation;
  const items = system.services
    .filter((service) => service.index % 3 === 1)
    .map((service) =>
      argoApplication(
        simulation,
        service,
        changes.filter((change) => change.service === service.index && change.tool === 'argocd'),
      ),
    );
  return { apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items };
}

function argoApplication(simulation: Simulation, service: Service, changes: readonly PlannedChange[]): object {
  const { system, clock } = simulation;
  const random = randomFor(simulation, `application ${service.name}`);
  const repoURL = `https://github.com/${system.organisation}/deployments.git`;
  const source = { repoURL, path: `${service.namespace}/${service.name}`, targetRevision: 'main' };
  const firstId = random.integer(3, 60);
  const older = [0, 1].map((i) => ({
    second: -random.integer(86_400, 900_000) / (i + 1),
    revision: hexText(random, 40),
  }));
  const last = older.at(-1);
  if (last && changes[0]) last.revision = changes[0].previousRevision;
  const entries = [...older, ...changes.map((change) => ({ second: change.second, revision: change.revision }))];
  const history = entries.map((entry, i) => ({
    id: firstId + i,
    revision: entry.revision,
    deployStartedAt: clock.iso(entry.second - 2),
    deployedAt: clock.iso(entry.second),
    source,
    initiatedBy: changes[i - 2] ? { username: changes[i - 2]?.author } : { automated: true },
  }));
  const newest = entries.at(-1);
  const change = changes.at(-1);
  const image = `registry.${system.organisation}.io/${service.name}:${change?.toVersion ?? service.version}`;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: service.name, namespace: 'argocd', uid: uuid(random), creationTimestamp: clock.iso(-20_000_000) },
    spec: {
      project: service.team,
      source,
      destination: { server: 'https://kubernetes.default.svc', namespace: service.namespace },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    },
    status: {
      sync: { status: 'Synced', revision: newest?.revision },
      health: { status: 'Healthy' },
      history,
      operationState: {
        phase: 'Succeeded',
        message: change ? `successfully synced: ${change.subject}` : 'successfully synced (all tasks run)',
        operation: { sync: { revision: newest?.revision }, initiatedBy: { automated: true } },
        syncResult: { revision: newest?.revision, source },
        startedAt: clock.iso((newest?.second ?? 0) - 2),
        finishedAt: clock.iso(newest?.second ?? 0),
      },
      resources: [
        {
          group: 'apps',
          version: 'v1',
          kind: 'Deployment',
          namespace: service.namespace,
          name: service.name,
          status: 'Synced',
          health: { status: 'Healthy' },
        },
      ],
      summary: { images: [image] },
      reconciledAt: clock.iso(newest?.second ?? 0),
    },
  };
}

function settingEntry(simulation: Simulation, change: PlannedChange): object {
  const service = simulation.system.services[change.service] as Service;
  return {
    id: String(change.id),
    kind: change.kind,
    title: `${change.key}: ${change.before} -> ${change.after}`,
    service: service.name,
    environment: simulation.system.environment,
    key: change.key,
    before: change.before,
    after: change.after,
    author: change.author,
    status: 'succeeded',
    timestamp: simulation.clock.isoMillis(change.second),
  };
}
