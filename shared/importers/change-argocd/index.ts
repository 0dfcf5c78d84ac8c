/** Argo CD applications (YAML or JSON): every deployment in the history, and the operation that runs or failed last. */
import type { ChangeEvent, ChangeStatus } from '../../model/change-event.ts';
import type { EntityRef } from '../../model/entity.ts';
import type { RecordBatch } from '../../model/record-batch.ts';
import { ATTR_K8S_NAMESPACE_NAME } from '../../semconv/attribute-keys.ts';
import { readDocuments } from '../document-reader.ts';
import type { FileHead, Importer, Recognition } from '../importer.ts';
import { isJsonObject, listAt, objectAt, textAt, textAttributes, timeAt, type JsonObject } from '../json-access.ts';
import { RecordCollector } from '../record-collector.ts';

const PHASES: Readonly<Record<string, ChangeStatus>> = {
  Succeeded: 'succeeded',
  Failed: 'failed',
  Error: 'failed',
  Running: 'started',
  Terminating: 'failed',
};

export const argocdChangeImporter: Importer = {
  id: 'change-argocd',
  title: 'Argo CD applications',
  version: 1,
  references: ['https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml'],
  recognise(head: FileHead): Recognition {
    const isJson =
      /"apiVersion"\s*:\s*"argoproj\.io\//.test(head.text) && /"kind"\s*:\s*"Application(?:List)?"/.test(head.text);
    const isYaml =
      /^[ -]*apiVersion:\s*["']?argoproj\.io\//m.test(head.text) && /^[ -]*kind:\s*["']?Application\b/m.test(head.text);
    return isJson || isYaml
      ? { confidence: 0.95, reason: 'An argoproj.io object of kind Application.' }
      : { confidence: 0, reason: 'No Argo CD application.' };
  },
  async *parse(chunks, context): AsyncIterable<RecordBatch> {
    const collector = new RecordCollector();
    yield* readDocuments(chunks, {
      collector,
      context,
      onObject(value, place) {
        const items = listAt(value, 'items').filter(isJsonObject);
        for (const application of Array.isArray(value['items']) ? items : [value]) {
          const changes = changesOfApplication(application);
          for (const change of changes) collector.object({ change });
          if (changes.length > 0) continue;
          collector.reject({
            line: place.line,
            byteOffset: place.byteOffset,
            reason: `Application ${textAt(application, 'metadata', 'name')} has neither sync history nor operation, so no dated change; export it with its status.`,
            excerpt: JSON.stringify(application).slice(0, 1_000),
          });
        }
      },
    });
    yield* collector.finish();
  },
};

function changesOfApplication(application: JsonObject): readonly ChangeEvent[] {
  const name = textAt(application, 'metadata', 'name');
  const history = listAt(application, 'status', 'history');
  const changes = history
    .map((entry) => historyChange(application, name, entry))
    .filter((change) => change !== undefined);
  const operation = operationChange(application, name);
  // A finished operation is in the history already.
  const isInHistory =
    operation !== undefined &&
    changes.some((change) => change.endTime === operation.endTime && change.revision === operation.revision);
  if (operation !== undefined && !(isInHistory && operation.status === 'succeeded')) changes.push(operation);
  return changes;
}

/** The application and what it manages, workloads as services. */
function entitiesOf(application: JsonObject, name: string): readonly EntityRef[] {
  const managed = listAt(application, 'status', 'resources')
    .filter((r) => /^(?:Deployment|StatefulSet|DaemonSet|Rollout)$/.test(textAt(r, 'kind')))
    .map((r) => textAt(r, 'name'));
  const names = managed.length > 0 ? [...new Set(managed)].sort() : [name];
  return names.filter((n) => n !== '').map((n) => ({ type: 'service', name: n }));
}

function historyChange(application: JsonObject, name: string, entry: unknown): ChangeEvent | undefined {
  const deployed = timeAt(entry, 'deployedAt');
  if (deployed === undefined) return undefined;
  const revision = textAt(entry, 'revision') || listAt(entry, 'revisions').join(', ');
  return {
    externalId: `${name}/${textAt(entry, 'id') || revision}`,
    changeKind: 'deployment',
    title: `Argo CD deployed ${name} at ${revision.slice(0, 12)}`,
    status: 'succeeded',
    startTime: timeAt(entry, 'deployStartedAt') ?? deployed,
    endTime: deployed,
    entities: entitiesOf(application, name),
    revision: revision || undefined,
    author:
      textAt(entry, 'initiatedBy', 'username') ||
      (textAt(entry, 'initiatedBy', 'automated') === 'true' ? 'automated' : undefined),
    attributes: attributesOf(application, objectAt(entry, 'source')),
  };
}

function operationChange(application: JsonObject, name: string): ChangeEvent | undefined {
  const state = objectAt(application, 'status', 'operationState');
  const started = timeAt(state, 'startedAt');
  if (started === undefined) return undefined;
  const revision = textAt(state, 'syncResult', 'revision') || textAt(state, 'operation', 'sync', 'revision');
  const phase = textAt(state, 'phase');
  return {
    externalId: `${name}/operation/${started}`,
    changeKind: 'deployment',
    title: `Argo CD sync of ${name}: ${phase}`,
    status: PHASES[phase] ?? 'unknown',
    startTime: started,
    endTime: timeAt(state, 'finishedAt'),
    entities: entitiesOf(application, name),
    revision: revision || undefined,
    author: textAt(state, 'operation', 'initiatedBy', 'username') || undefined,
    description: textAt(state, 'message') || undefined,
    attributes: attributesOf(application, objectAt(state, 'syncResult', 'source')),
  };
}

function attributesOf(application: JsonObject, source: JsonObject) {
  const from = Object.keys(source).length > 0 ? source : objectAt(application, 'spec', 'source');
  return textAttributes({
    'argocd.application': textAt(application, 'metadata', 'name'),
    'argocd.project': textAt(application, 'spec', 'project'),
    'vcs.repository.url.full': textAt(from, 'repoURL'),
    'argocd.source.path': textAt(from, 'path') || textAt(from, 'chart'),
    [ATTR_K8S_NAMESPACE_NAME]: textAt(application, 'spec', 'destination', 'namespace'),
    'argocd.sync.status': textAt(application, 'status', 'sync', 'status'),
    'argocd.health.status': textAt(application, 'status', 'health', 'status'),
  });
}
