/** CloudEvents 1.0 in structured and batch mode. Types that speak of deployments become such; the others stay 'other'. */
import type { ChangeEvent, ChangeKind, ChangeStatus } from '../../model/change-event.ts';
import type { EntityRef } from '../../model/entity.ts';
import type { RecordBatch } from '../../model/record-batch.ts';
import { listInside, readDocuments, sampleObjects } from '../document-reader.ts';
import type { FileHead, Importer, Recognition } from '../importer.ts';
import { firstText, isJsonObject, objectAt, textAt, textAttributes, type JsonObject } from '../json-access.ts';
import { RecordCollector } from '../record-collector.ts';
import { timeOfValue } from '../time-value.ts';

const CONTEXT_ATTRIBUTES = new Set([
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'datacontenttype',
  'dataschema',
  'data',
  'data_base64',
]);
/** The first pattern that a type matches decides; the words are those of CDEvents and of the CI systems. */
const KINDS: readonly (readonly [RegExp, ChangeKind])[] = [
  [/feature.?flag|flag\.(?:changed|updated)/i, 'feature_flag'],
  [/service\.(?:deployed|upgraded|rolledback|removed|published)|deploy|rollout|release/i, 'deployment'],
  [/config|secret|setting/i, 'configuration'],
  [/scal(?:e|ing)|autoscal/i, 'scaling'],
  [/certificate|tls/i, 'certificate'],
  [/change\.(?:merged|created)|commit|push|branch|repository/i, 'commit'],
  [/pipeline|taskrun|build|workflow|job|testsuite|testcase|artifact/i, 'pipeline'],
  [/environment|infrastructure|terraform|instance\.(?:created|terminated)/i, 'infrastructure'],
];

function isCloudEvent(value: JsonObject): boolean {
  return ['specversion', 'id', 'source', 'type'].every((name) => typeof value[name] === 'string');
}

export const cloudEventsChangeImporter: Importer = {
  id: 'change-cloudevents',
  title: 'CloudEvents',
  version: 1,
  references: [
    'https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md',
    'https://cdevents.dev/docs/',
  ],
  recognise(head: FileHead): Recognition {
    const objects = sampleObjects(head);
    const matching = objects.filter(isCloudEvent).length;
    return matching > 0 && matching >= 0.5 * objects.length
      ? { confidence: 0.9, reason: 'JSON with the context attributes of CloudEvents.' }
      : { confidence: 0, reason: 'No CloudEvent.' };
  },
  async *parse(chunks, context): AsyncIterable<RecordBatch> {
    const collector = new RecordCollector();
    const seen = new Map<string, number>();
    yield* readDocuments(chunks, {
      collector,
      context,
      listMembers: ['events'],
      onObject(value, place) {
        for (const item of isCloudEvent(value) ? [value] : (listInside(value, ['events', 'items']) ?? [value])) {
          const change = changeOf(item, context.fileTime);
          if (typeof change === 'string') {
            const excerpt = JSON.stringify(item).slice(0, 1_000);
            collector.reject({ line: place.line, byteOffset: place.byteOffset, reason: change, excerpt });
            continue;
          }
          // The standard wants source and id to be unique; senders that repeat them for other events exist.
          const exact = `${textAt(item, 'source')}\0${change.externalId}\0${change.startTime}\0${JSON.stringify(item['data'] ?? null).slice(0, 500)}`;
          if (seen.has(exact)) {
            context.countDuplicates(1);
            continue;
          }
          const repeats = seen.get(change.externalId) ?? 0;
          if (seen.size < 100_000) {
            seen.set(exact, 1);
            seen.set(change.externalId, repeats + 1);
          }
          collector.object({
            change: repeats === 0 ? change : { ...change, externalId: `${change.externalId}#${repeats + 1}` },
          });
        }
      },
    });
    yield* collector.finish();
  },
};

function changeOf(value: JsonObject, fileTime: ChangeEvent['startTime'] | undefined): ChangeEvent | string {
  if (!isCloudEvent(value)) return 'No CloudEvent: specversion, id, source or type is missing.';
  const time = timeOfValue(value['time']);
  if (time === undefined && fileTime === undefined) return 'A CloudEvent without time in a file without time.';
  const type = textAt(value, 'type');
  const subject = textAt(value, 'subject');
  const data = isJsonObject(value['data']) ? value['data'] : {};
  const extensions: Record<string, string> = {};
  for (const key of Object.keys(value))
    if (!CONTEXT_ATTRIBUTES.has(key)) extensions[`cloudevents.${key}`] = textAt(value, key);
  return {
    externalId: textAt(value, 'id'),
    changeKind: KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'other',
    title: subject === '' ? type : `${type}: ${subject}`,
    status: statusOf(type, data),
    startTime: time ?? fileTime ?? (0n as ChangeEvent['startTime']),
    entities: entitiesOf(data),
    revision: firstText(data, 'version', 'revision', 'sha', 'commit', 'artifactId') || undefined,
    author: firstText(data, 'author', 'actor', 'user') || undefined,
    description: value['data'] === undefined ? undefined : JSON.stringify(value['data']).slice(0, 4_000),
    attributes: textAttributes({
      'cloudevents.event_type': type,
      'cloudevents.event_source': textAt(value, 'source'),
      'cloudevents.event_subject': subject,
      'time.inferred': time === undefined ? true : undefined,
      ...extensions,
    }),
  };
}

function statusOf(type: string, data: JsonObject): ChangeStatus {
  const outcome = `${type} ${firstText(data, 'outcome', 'status', 'state')}`.toLowerCase();
  if (/rolled.?back/.test(outcome)) return 'rolled_back';
  if (/fail|error/.test(outcome)) return 'failed';
  if (/success|succeeded|finished|completed|deployed|upgraded|merged/.test(outcome)) return 'succeeded';
  return /started|queued|created/.test(outcome) ? 'started' : 'unknown';
}

function entitiesOf(data: JsonObject): readonly EntityRef[] {
  const content = objectAt(data, 'subject', 'content');
  const name =
    firstText(data, 'service', 'service_name', 'serviceName', 'app', 'application', 'component') ||
    textAt(content, 'service', 'id') ||
    (textAt(data, 'subject', 'type') === 'service' ? textAt(data, 'subject', 'id') : '');
  return name === '' ? [] : [{ type: 'service', name }];
}
