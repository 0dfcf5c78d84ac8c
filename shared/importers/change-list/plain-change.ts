/** One change in plain JSON. Keys are looked up under the names teams use; what is left over becomes attributes. */
import type { ChangeEvent, ChangeKind, ChangeStatus } from '../../model/change-event.ts';
import type { EntityRef } from '../../model/entity.ts';
import type { AttributeValue } from '../../model/resource.ts';
import { ATTR_SERVICE_NAME } from '../../semconv/attribute-keys.ts';
import { firstText, isJsonObject, toAttribute, type JsonObject } from '../json-access.ts';
import { firstTime } from '../time-value.ts';

const TIME = [
  'time',
  'timestamp',
  'at',
  'started_at',
  'startedAt',
  'start',
  'start_time',
  'startTime',
  'deployed_at',
  'deployedAt',
  'changed_at',
  'merged_at',
  'committed_at',
  'created_at',
  'createdAt',
  'date',
  'when',
  '@timestamp',
];
const END = [
  'end',
  'ended_at',
  'endedAt',
  'end_time',
  'endTime',
  'finished_at',
  'finishedAt',
  'completed_at',
  'completedAt',
];
const SERVICE = [
  'service',
  'service_name',
  'serviceName',
  ATTR_SERVICE_NAME,
  'app',
  'application',
  'component',
  'repo',
  'repository',
  'target',
  'project',
];
const KIND = ['kind', 'type', 'change_type', 'changeType', 'change_kind', 'changeKind', 'category'];
const REVISION = [
  'commit_sha',
  'commitSha',
  'sha',
  'revision',
  'commit',
  'version',
  'image',
  'image_tag',
  'tag',
  'new_version',
  'to_version',
];
const VERSION = ['version', 'image_tag', 'image', 'tag', 'new_version', 'to_version'];
const TITLE = ['title', 'summary', 'message', 'description', 'name', 'subject'];
const AUTHOR = ['author', 'actor', 'user', 'deployed_by', 'changed_by', 'committer', 'username', 'who', 'by'];
const STATUS = ['status', 'state', 'result', 'outcome', 'conclusion'];
const ID = [
  'id',
  'change_id',
  'changeId',
  'deployment_id',
  'deploymentId',
  'deploy_id',
  'number',
  'key',
  'uid',
  'run_id',
];
const FLAG = ['flag', 'flag_key', 'flagKey', 'feature_flag', 'featureFlag', 'toggle', 'feature'];
const URL = ['url', 'link', 'html_url', 'source_url', 'sourceUrl'];
const FILES = ['files_changed', 'filesChanged', 'files', 'changed_files', 'paths'];
const MAX_DESCRIPTION = 50_000;

const USED = new Set(
  [
    TIME,
    END,
    SERVICE,
    KIND,
    AUTHOR,
    STATUS,
    ID,
    URL,
    FILES,
    ['diff', 'patch', 'message', 'description', 'title', 'summary'],
  ].flat(),
);
const KINDS: readonly (readonly [RegExp, ChangeKind])[] = [
  [/flag|toggle|experiment/i, 'feature_flag'],
  [/deploy|release|rollout|rollback|upgrade/i, 'deployment'],
  [/config|setting|secret|env(?:ironment)?.?var|parameter/i, 'configuration'],
  [/scal(?:e|ing)|replica|capacity/i, 'scaling'],
  [/cert|tls/i, 'certificate'],
  [/quota|limit/i, 'quota'],
  [/cron|schedule/i, 'schedule'],
  [/commit|merge|push|pull.?request/i, 'commit'],
  [/pipeline|build|\bci\b|workflow/i, 'pipeline'],
  [/infra|terraform|network|migration|database|dns|node|patch|maintenance/i, 'infrastructure'],
];

/** True for an object with a time and something only a change has. */
export function isPlainChange(value: JsonObject): boolean {
  if (firstTime(value, TIME) === undefined) return false;
  const has = (names: readonly string[]): boolean =>
    names.some((name) => value[name] !== undefined && value[name] !== null);
  // Telemetry that carries a version or a type is no change.
  if (
    has([
      'trace_id',
      'traceId',
      'span_id',
      'level',
      'severity',
      'log',
      'metric',
      'value',
      'labels',
      'specversion',
      'severity_text',
      'involvedObject',
      'threshold',
      'count',
    ])
  )
    return false;
  if (
    has(FLAG) &&
    (has(['change', 'old', 'new', 'enabled', 'from', 'to', 'variation', 'rollout', 'state', 'action']) || has(SERVICE))
  )
    return true;
  if (has(['commit_sha', 'commitSha', 'deployed_at', 'deployedAt', 'new_version', 'to_version'])) return true;
  if (has(['sha']) && has(['message', 'author', 'diff', 'files_changed', 'files'])) return true;
  if (has(['version', 'image', 'image_tag', 'revision', 'tag']) && has(SERVICE)) return true;
  const kind = firstText(value, ...KIND);
  return kind !== '' && KINDS.some(([pattern]) => pattern.test(kind)) && (has(SERVICE) || has(TITLE));
}

/** A sentence when there is no time to put the change at. */
export function changeOfPlain(value: JsonObject): ChangeEvent | string {
  const start = firstTime(value, TIME);
  if (start === undefined) return `A change without a time; give it one of ${TIME.slice(0, 6).join(', ')} as RFC 3339.`;
  const changeKind = kindOf(value);
  const service = firstText(value, ...SERVICE);
  const revision = changeKind === 'feature_flag' ? firstText(value, ...FLAG) : firstText(value, ...REVISION);
  return {
    externalId: idOf(value, changeKind, service, revision, start),
    changeKind,
    title: titleOf(value, changeKind, service, revision),
    status: statusOf(firstText(value, ...STATUS)),
    startTime: start,
    endTime: firstTime(value, END),
    entities: entitiesOf(service),
    revision: revision || undefined,
    author: firstText(value, ...AUTHOR) || undefined,
    description: descriptionOf(value) || undefined,
    attributes: attributesOf(value),
    sourceUrl: firstText(value, ...URL) || undefined,
  };
}

function kindOf(value: JsonObject): ChangeKind {
  const told = firstText(value, ...KIND);
  const matched = KINDS.find(([pattern]) => pattern.test(told))?.[1];
  if (matched !== undefined) return matched;
  if (firstText(value, ...FLAG) !== '') return 'feature_flag';
  const isCommit = firstText(value, 'sha') !== '' && firstText(value, ...VERSION) === '';
  if (isCommit && (value['message'] !== undefined || value['diff'] !== undefined)) return 'commit';
  return firstText(value, ...REVISION) === '' ? 'other' : 'deployment';
}

/** `owner/name` of a repository stands for the service `name`. */
function entitiesOf(service: string): readonly EntityRef[] {
  const name = service.slice(service.lastIndexOf('/') + 1).replace(/\.git$/, '');
  return name === '' ? [] : [{ type: 'service', name }];
}

function idOf(value: JsonObject, kind: ChangeKind, service: string, revision: string, start: bigint): string {
  const id = firstText(value, ...ID);
  if (id !== '') return id;
  return kind === 'commit' && revision !== ''
    ? revision
    : [kind, service, revision, start].filter((part) => part !== '').join('/');
}

function titleOf(value: JsonObject, kind: ChangeKind, service: string, revision: string): string {
  const about = service === '' ? '' : ` ${service}`;
  if (kind === 'feature_flag') {
    const change =
      firstText(value, 'change', 'action') ||
      [firstText(value, 'old', 'from'), firstText(value, 'new', 'to', 'enabled')].filter((t) => t !== '').join('->');
    return `Flag ${firstText(value, ...FLAG) || firstText(value, ...TITLE)} ${change}${about === '' ? '' : ` on${about}`}`.trim();
  }
  const text = firstText(value, ...TITLE).split('\n', 1)[0] ?? '';
  if (text !== '') return text;
  const version = firstText(value, ...VERSION) || revision.slice(0, 12);
  return `${kind[0]?.toUpperCase() ?? ''}${kind.slice(1).replace('_', ' ')}${about === '' ? '' : ` of${about}`} ${version}`.trim();
}

function statusOf(text: string): ChangeStatus {
  if (/roll/i.test(text)) return 'rolled_back';
  if (/fail|error|abort|cancel/i.test(text)) return 'failed';
  if (/succe|done|complete|finish|^ok$|merged|active|deployed/i.test(text)) return 'succeeded';
  return /start|progress|running|pending/i.test(text) ? 'started' : 'unknown';
}

/** Message, changed files and diff, as a person would read them. */
function descriptionOf(value: JsonObject): string {
  const files = FILES.map((name) => value[name]).find(Array.isArray) as readonly unknown[] | undefined;
  const names = files?.map((file) => (isJsonObject(file) ? firstText(file, 'filename', 'path', 'name') : String(file)));
  const parts = [
    ...['title', 'summary', 'message', 'description'].map((name) => firstText(value, name)),
    names === undefined || names.length === 0 ? '' : `Files:\n${names.join('\n')}`,
    firstText(value, 'diff', 'patch'),
  ];
  return [...new Set(parts)]
    .filter((part) => part !== '')
    .join('\n\n')
    .slice(0, MAX_DESCRIPTION);
}

function attributesOf(value: JsonObject): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (USED.has(key) || member === null || member === undefined) continue;
    attributes[key] = toAttribute(member);
  }
  const files = FILES.map((name) => value[name]).find(Array.isArray);
  if (files !== undefined) attributes['files'] = toAttribute(files);
  return attributes;
}
