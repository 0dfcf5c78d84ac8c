/** GitHub payloads, as webhooks send them and as the REST API answers, as changes. */
import type { ChangeEvent, ChangeStatus } from '../../model/change-event.ts';
import type { EntityRef } from '../../model/entity.ts';
import type { UnixNano } from '../../model/time.ts';
import { ATTR_DEPLOYMENT_ENVIRONMENT_NAME } from '../../semconv/attribute-keys.ts';
import { isJsonObject, listAt, objectAt, textAt, textAttributes, timeAt, type JsonObject } from '../json-access.ts';

const STATES: Readonly<Record<string, ChangeStatus>> = {
  success: 'succeeded',
  failure: 'failed',
  error: 'failed',
  timed_out: 'failed',
  startup_failure: 'failed',
  pending: 'started',
  queued: 'started',
  in_progress: 'started',
  requested: 'started',
  waiting: 'started',
};
/** Named like this, a workflow brings something into production rather than testing it. */
const DEPLOYS = /\b(?:deploy|release|rollout|promote|ship)/i;
const MAX_DESCRIPTION = 20_000;

export type GithubShape =
  'deployment_status' | 'deployment' | 'workflow_run' | 'workflow_job' | 'push' | 'release' | 'commit';

/** What a payload or an API object is; undefined for anything else. */
export function shapeOf(value: JsonObject): GithubShape | undefined {
  const has = (name: string): boolean => isJsonObject(value[name]);
  if (has('deployment_status') && has('deployment')) return 'deployment_status';
  if (has('workflow_run') && !has('workflow_job')) return 'workflow_run';
  if (has('workflow_job')) return 'workflow_job';
  if (has('deployment') && has('repository')) return 'deployment';
  if (has('release') && has('repository')) return 'release';
  if (Array.isArray(value['commits']) && typeof value['ref'] === 'string' && typeof value['after'] === 'string')
    return 'push';
  return apiShapeOf(value);
}

function apiShapeOf(value: JsonObject): GithubShape | undefined {
  const has = (...names: string[]): boolean => names.every((name) => value[name] !== undefined);
  if (has('sha', 'ref', 'environment', 'created_at', 'statuses_url')) return 'deployment';
  if (has('workflow_id', 'head_sha', 'run_number', 'created_at')) return 'workflow_run';
  if (has('run_id', 'head_sha', 'steps', 'started_at')) return 'workflow_job';
  if (has('tag_name', 'published_at', 'target_commitish')) return 'release';
  return has('sha', 'html_url') && isJsonObject(value['commit']) ? 'commit' : undefined;
}

/** undefined with a reason when the object has no time or no id. */
export function changeOfGithub(value: JsonObject, shape: GithubShape): ChangeEvent | string {
  const change = buildChange(value, shape);
  if (change === undefined) return `A GitHub ${shape} without a time that can be read.`;
  return change.externalId === '' ? `A GitHub ${shape} without id.` : change;
}

function buildChange(value: JsonObject, shape: GithubShape): ChangeEvent | undefined {
  switch (shape) {
    case 'deployment_status':
      return deploymentChange(value, objectAt(value, 'deployment'), objectAt(value, 'deployment_status'));
    case 'deployment':
      return deploymentChange(value, isJsonObject(value['deployment']) ? objectAt(value, 'deployment') : value, {});
    case 'workflow_run':
      return pipelineChange(value, isJsonObject(value['workflow_run']) ? objectAt(value, 'workflow_run') : value);
    case 'workflow_job':
      return pipelineChange(value, isJsonObject(value['workflow_job']) ? objectAt(value, 'workflow_job') : value);
    case 'push':
      return pushChange(value);
    case 'release':
      return releaseChange(value, isJsonObject(value['release']) ? objectAt(value, 'release') : value);
    case 'commit':
      return commitChange(value);
  }
}

/** `owner/name` → `name`; from the repository object or from an API address. */
function repositoryOf(value: JsonObject, inner: JsonObject): string {
  const name =
    textAt(value, 'repository', 'name') ||
    textAt(inner, 'repository', 'name') ||
    textAt(inner, 'head_repository', 'name');
  if (name !== '') return name;
  const address = textAt(inner, 'repository_url') || textAt(inner, 'url') || textAt(inner, 'html_url');
  return /\/(?:repos\/|github\.com\/)[^/]+\/([^/?#]+)/.exec(address)?.[1] ?? '';
}

/** The payload of a deployment may name the service; else the repository stands for it. */
function entitiesOf(repository: string, payload: unknown): readonly EntityRef[] {
  const named =
    textAt(payload, 'service') ||
    textAt(payload, 'service_name') ||
    textAt(payload, 'app') ||
    textAt(payload, 'component') ||
    textAt(payload, 'name');
  const name = named !== '' ? named : repository;
  return name === '' ? [] : [{ type: 'service', name }];
}

/** The payload is an object, or JSON text of one. */
function payloadOf(deployment: JsonObject): unknown {
  const { payload } = deployment;
  if (typeof payload !== 'string') return payload;
  try {
    return JSON.parse(payload) as unknown;
  } catch {
    return undefined;
  }
}

function deploymentChange(value: JsonObject, deployment: JsonObject, status: JsonObject): ChangeEvent | undefined {
  const start = timeAt(deployment, 'created_at') ?? timeAt(status, 'created_at');
  if (start === undefined) return undefined;
  const repository = repositoryOf(value, deployment);
  const state = textAt(status, 'state');
  const changeStatus = STATES[state] ?? 'unknown';
  const isOver = changeStatus === 'succeeded' || changeStatus === 'failed';
  const environment = textAt(status, 'environment') || textAt(deployment, 'environment');
  const payload = payloadOf(deployment);
  const ref = textAt(deployment, 'ref');
  return {
    externalId: textAt(deployment, 'id') || textAt(deployment, 'sha'),
    changeKind: 'deployment',
    title: `Deployment of ${entitiesOf(repository, payload)[0]?.name ?? 'a repository'} ${ref}${environment === '' ? '' : ` to ${environment}`}`,
    status: changeStatus,
    startTime: start,
    endTime: isOver ? (timeAt(status, 'updated_at') ?? timeAt(status, 'created_at')) : undefined,
    entities: entitiesOf(repository, payload),
    revision: textAt(deployment, 'sha') || undefined,
    author: textAt(deployment, 'creator', 'login') || textAt(value, 'sender', 'login') || undefined,
    description: textAt(deployment, 'description') || textAt(status, 'description') || undefined,
    attributes: textAttributes({
      'vcs.repository.name': textAt(value, 'repository', 'full_name') || repository,
      'vcs.ref.head.name': ref,
      [ATTR_DEPLOYMENT_ENVIRONMENT_NAME]: environment,
      'deployment.task': textAt(deployment, 'task'),
      'deployment.state': state,
    }),
    sourceUrl: textAt(status, 'target_url') || textAt(deployment, 'url') || undefined,
  };
}

function pipelineChange(value: JsonObject, run: JsonObject): ChangeEvent | undefined {
  const start = timeAt(run, 'run_started_at') ?? timeAt(run, 'started_at') ?? timeAt(run, 'created_at');
  if (start === undefined) return undefined;
  const repository = repositoryOf(value, run);
  const name = textAt(run, 'name') || textAt(value, 'workflow', 'name') || textAt(run, 'workflow_name') || 'workflow';
  const state = textAt(run, 'conclusion') || textAt(run, 'status');
  const isOver = textAt(run, 'status') === 'completed';
  return {
    externalId: textAt(run, 'id'),
    changeKind: DEPLOYS.test(`${name} ${textAt(run, 'workflow_name')}`) ? 'deployment' : 'pipeline',
    title: `${name} on ${repository}: ${state}`,
    status: STATES[state] ?? 'unknown',
    startTime: start,
    endTime: isOver ? (timeAt(run, 'completed_at') ?? timeAt(run, 'updated_at')) : undefined,
    entities: entitiesOf(repository, undefined),
    revision: textAt(run, 'head_sha') || undefined,
    author: textAt(run, 'actor', 'login') || textAt(value, 'sender', 'login') || undefined,
    description: textAt(run, 'head_commit', 'message') || textAt(run, 'display_title') || undefined,
    attributes: textAttributes({
      'vcs.repository.name': textAt(value, 'repository', 'full_name') || repository,
      'vcs.ref.head.name': textAt(run, 'head_branch'),
      'cicd.pipeline.name': name,
      'cicd.pipeline.result': state,
      'cicd.pipeline.attempt': textAt(run, 'run_attempt'),
    }),
    sourceUrl: textAt(run, 'html_url') || undefined,
  };
}

function pushChange(value: JsonObject): ChangeEvent | undefined {
  const commits = listAt(value, 'commits');
  const last = isJsonObject(value['head_commit']) ? value['head_commit'] : commits[commits.length - 1];
  const start = timeOfCommit(last) ?? pushedAt(value);
  if (start === undefined) return undefined;
  const repository = repositoryOf(value, value);
  const branch = textAt(value, 'ref').replace(/^refs\/(?:heads|tags)\//, '');
  return {
    externalId: textAt(value, 'after'),
    changeKind: 'commit',
    title: `${commits.length} commit${commits.length === 1 ? '' : 's'} to ${repository} ${branch}: ${firstLine(textAt(last, 'message'))}`,
    status: 'succeeded',
    startTime: start,
    entities: entitiesOf(repository, undefined),
    revision: textAt(value, 'after') || undefined,
    author: textAt(value, 'pusher', 'name') || textAt(last, 'author', 'name') || undefined,
    description: commits.map(describeCommit).join('\n\n').slice(0, MAX_DESCRIPTION) || undefined,
    attributes: textAttributes({
      'vcs.repository.name': textAt(value, 'repository', 'full_name') || repository,
      'vcs.ref.head.name': branch,
      'vcs.ref.base.revision': textAt(value, 'before'),
    }),
    sourceUrl: textAt(value, 'compare') || undefined,
  };
}

function timeOfCommit(commit: unknown): UnixNano | undefined {
  return timeAt(commit, 'timestamp') ?? timeAt(commit, 'committer', 'date') ?? timeAt(commit, 'author', 'date');
}

/** `repository.pushed_at` is seconds in a push, RFC 3339 elsewhere. */
function pushedAt(value: JsonObject): UnixNano | undefined {
  const seconds = Number(textAt(value, 'repository', 'pushed_at'));
  if (Number.isSafeInteger(seconds) && seconds > 0) return (BigInt(seconds) * 1_000_000_000n) as UnixNano;
  return timeAt(value, 'repository', 'pushed_at');
}

function describeCommit(commit: unknown): string {
  const files = ['added', 'modified', 'removed'].flatMap((name) =>
    listAt(commit, name).map((file) => `${name === 'added' ? '+' : name === 'removed' ? '-' : '~'} ${String(file)}`),
  );
  return [textAt(commit, 'message'), ...files].join('\n');
}

function commitChange(value: JsonObject): ChangeEvent | undefined {
  const commit = objectAt(value, 'commit');
  const start = timeOfCommit(commit);
  if (start === undefined) return undefined;
  const repository = repositoryOf(value, value);
  const files = listAt(value, 'files').map((f) => `${textAt(f, 'filename')}\n${textAt(f, 'patch')}`);
  return {
    externalId: textAt(value, 'sha'),
    changeKind: 'commit',
    title: firstLine(textAt(commit, 'message')) || textAt(value, 'sha'),
    status: 'succeeded',
    startTime: start,
    entities: entitiesOf(repository, undefined),
    revision: textAt(value, 'sha') || undefined,
    author: textAt(value, 'author', 'login') || textAt(commit, 'author', 'name') || undefined,
    description: [textAt(commit, 'message'), ...files].join('\n').slice(0, MAX_DESCRIPTION) || undefined,
    attributes: textAttributes({ 'vcs.repository.name': repository }),
    sourceUrl: textAt(value, 'html_url') || undefined,
  };
}

function releaseChange(value: JsonObject, release: JsonObject): ChangeEvent | undefined {
  const start = timeAt(release, 'published_at') ?? timeAt(release, 'created_at');
  if (start === undefined) return undefined;
  const repository = repositoryOf(value, release);
  return {
    externalId: textAt(release, 'id') || textAt(release, 'tag_name'),
    changeKind: 'other',
    title: `Release ${textAt(release, 'tag_name')} of ${repository}`,
    status: textAt(release, 'draft') === 'true' ? 'unknown' : 'succeeded',
    startTime: start,
    entities: entitiesOf(repository, undefined),
    revision: textAt(release, 'tag_name') || undefined,
    author: textAt(release, 'author', 'login') || undefined,
    description: textAt(release, 'body').slice(0, MAX_DESCRIPTION) || undefined,
    attributes: textAttributes({ 'vcs.repository.name': textAt(value, 'repository', 'full_name') || repository }),
    sourceUrl: textAt(release, 'html_url') || undefined,
  };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
