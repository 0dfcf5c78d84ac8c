/** Flat JSON that follows no standard but that people and scripts write alike: spans, alerts, log pattern summaries. */
import type { RecordBatch } from '../../model/record-batch.ts';
import { listInside, readDocuments, sampleObjects, unwrapLists } from '../document-reader.ts';
import type { FileHead, Importer, Recognition } from '../importer.ts';
import type { JsonObject } from '../json-access.ts';
import { RecordCollector } from '../record-collector.ts';
import { eventOfPattern, isLogPattern } from './log-pattern.ts';
import { alertOfPlain, isPlainAlert } from './plain-alert.ts';
import { isPlainSpan, PlainSpanReader } from './plain-span.ts';

type PlainKind = 'spans' | 'alerts' | 'log patterns';
const LISTS = ['spans', 'alerts', 'patterns', 'items', 'data', 'results', 'events'];

function kindOf(value: JsonObject): PlainKind | undefined {
  if (isPlainSpan(value)) return 'spans';
  if (isLogPattern(value)) return 'log patterns';
  return isPlainAlert(value) ? 'alerts' : undefined;
}

export const plainJsonImporter: Importer = {
  id: 'plain-json',
  title: 'Spans, alerts and log patterns in plain JSON',
  version: 1,
  references: ['docs/formats.md, "Plain JSON"'],
  recognise(head: FileHead): Recognition {
    const objects = unwrapLists(sampleObjects(head));
    const kinds = objects.map(kindOf).filter((kind) => kind !== undefined);
    if (kinds.length === 0 || kinds.length < 0.8 * objects.length)
      return { confidence: 0, reason: 'No plain spans, alerts or patterns.' };
    return { confidence: 0.8, reason: `JSON objects with the keys of ${[...new Set(kinds)].sort().join(' and ')}.` };
  },
  async *parse(chunks, context): AsyncIterable<RecordBatch> {
    const collector = new RecordCollector();
    const spans = new PlainSpanReader(collector);
    yield* readDocuments(chunks, {
      collector,
      context,
      listMembers: LISTS,
      onObject(value, place) {
        for (const item of kindOf(value) !== undefined ? [value] : (listInside(value, LISTS) ?? [value])) {
          const reason = addItem(item, collector, spans, context.fileTime);
          if (reason === undefined) continue;
          const excerpt = JSON.stringify(item).slice(0, 1_000);
          collector.reject({ line: place.line, byteOffset: place.byteOffset, reason, excerpt });
        }
      },
    });
    yield* collector.finish();
  },
};

/** A sentence when the object cannot be kept. */
function addItem(
  value: JsonObject,
  collector: RecordCollector,
  spans: PlainSpanReader,
  fileTime: Parameters<typeof eventOfPattern>[1],
): string | undefined {
  switch (kindOf(value)) {
    case 'spans':
      return spans.add(value);
    case 'log patterns':
      collector.object({ event: eventOfPattern(value, fileTime) });
      return undefined;
    case 'alerts': {
      const alert = alertOfPlain(value);
      if (typeof alert === 'string') return alert;
      collector.object({ alert });
      return undefined;
    }
    case undefined:
      return 'The object has neither the keys of a span nor of an alert nor of a log pattern.';
  }
}
