/**
 * Changes in plain JSON (docs/formats.md): an array, `{"changes": […]}` or one object per line, with the keys that teams
 * use when they write such files by hand or by script. Commits, deployments and feature flags are told by their keys.
 */
import type { RecordBatch } from '../../model/record-batch.ts';
import { listInside, readDocuments, sampleObjects, unwrapLists } from '../document-reader.ts';
import type { FileHead, Importer, Recognition } from '../importer.ts';
import { RecordCollector } from '../record-collector.ts';
import { changeOfPlain, isPlainChange } from './plain-change.ts';

const LISTS = ['changes', 'deployments', 'deploys', 'commits', 'flags', 'items', 'events', 'releases'];

export const changeListImporter: Importer = {
  id: 'change-list',
  title: 'Changes in plain JSON (deployments, commits, feature flags, configuration)',
  version: 1,
  references: ['docs/formats.md, "Changes in plain JSON"'],
  recognise(head: FileHead): Recognition {
    const objects = unwrapLists(sampleObjects(head));
    const matching = objects.filter(isPlainChange).length;
    if (matching === 0 || matching < 0.8 * objects.length) return { confidence: 0, reason: 'No list of changes.' };
    return {
      confidence: 0.8,
      reason: 'JSON objects with a time and the keys of a change (version, commit, flag, kind of change).',
    };
  },
  async *parse(chunks, context): AsyncIterable<RecordBatch> {
    const collector = new RecordCollector();
    yield* readDocuments(chunks, {
      collector,
      context,
      listMembers: LISTS,
      onObject(value, place) {
        for (const item of isPlainChange(value) ? [value] : (listInside(value, LISTS) ?? [value])) {
          const change = changeOfPlain(item);
          if (typeof change === 'string') {
            const excerpt = JSON.stringify(item).slice(0, 1_000);
            collector.reject({ line: place.line, byteOffset: place.byteOffset, reason: change, excerpt });
          } else collector.object({ change });
        }
      },
    });
    yield* collector.finish();
  },
};
