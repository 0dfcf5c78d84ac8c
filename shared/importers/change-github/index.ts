/** GitHub deployments, deployment statuses, workflow runs and jobs, pushes and releases: webhooks and API answers. */
import type { RecordBatch } from '../../model/record-batch.ts';
import { listInside, readDocuments, sampleObjects } from '../document-reader.ts';
import type { FileHead, Importer, Recognition } from '../importer.ts';
import type { JsonObject } from '../json-access.ts';
import { RecordCollector } from '../record-collector.ts';
import { changeOfGithub, shapeOf } from './github-changes.ts';

/** Members that hold the list in API answers. */
const LISTS = ['workflow_runs', 'jobs', 'deployments', 'commits', 'items'];

export const githubChangeImporter: Importer = {
  id: 'change-github',
  title: 'GitHub deployments, workflow runs, pushes and releases',
  version: 1,
  references: [
    'https://docs.github.com/en/webhooks/webhook-events-and-payloads',
    'https://docs.github.com/en/rest/deployments/deployments',
    'https://docs.github.com/en/rest/actions/workflow-runs',
  ],
  recognise(head: FileHead): Recognition {
    const objects = sampleObjects(head).flatMap(unwrapAnswer);
    const shapes = objects.map(shapeOf).filter((shape) => shape !== undefined);
    if (shapes.length > 0 && shapes.length >= 0.5 * objects.length)
      return { confidence: 0.9, reason: `JSON with the members of a GitHub ${shapes[0] ?? ''}.` };
    const isCut = !head.isWhole && objects.length === 0;
    if (
      isCut &&
      /"(?:deployment_status|workflow_run|workflow_job|statuses_url)"\s*:/.test(head.text) &&
      head.text.includes('github')
    )
      return { confidence: 0.8, reason: 'JSON with members that GitHub payloads have.' };
    return { confidence: 0, reason: 'No GitHub payload.' };
  },
  async *parse(chunks, context): AsyncIterable<RecordBatch> {
    const collector = new RecordCollector();
    const seen = new Set<string>();
    yield* readDocuments(chunks, {
      collector,
      context,
      listMembers: LISTS,
      onObject(value, place) {
        for (const item of unwrapAnswer(value)) {
          const shape = shapeOf(item);
          const change =
            shape === undefined ? 'No GitHub payload that stands for a change.' : changeOfGithub(item, shape);
          if (typeof change === 'string') {
            const excerpt = JSON.stringify(item).slice(0, 1_000);
            collector.reject({ line: place.line, byteOffset: place.byteOffset, reason: change, excerpt });
            continue;
          }
          const key = `${change.changeKind}/${change.externalId}/${change.status}/${change.startTime}`;
          if (seen.has(key)) context.countDuplicates(1);
          else collector.object({ change });
          if (seen.size < 100_000) seen.add(key);
        }
      },
    });
    yield* collector.finish();
  },
};

/** Items of a list answer; the payload itself otherwise. A webhook delivery log wraps the payload once more. */
function unwrapAnswer(value: JsonObject): readonly JsonObject[] {
  if (shapeOf(value) !== undefined) return [value];
  const payload = value['payload'] ?? value['body'];
  if (typeof payload === 'object' && payload !== null && shapeOf(payload as JsonObject) !== undefined)
    return [payload as JsonObject];
  return listInside(value, LISTS) ?? [value];
}
