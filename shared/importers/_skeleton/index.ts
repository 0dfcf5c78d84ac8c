/**
 * A whole importer, small enough to copy: `cp -r shared/importers/_skeleton shared/importers/<format>`, rename, and add a
 * line to shared/importers/index.ts. It reads a made-up format, one record per line after a title line:
 *
 *     #pulse 1
 *     2026-06-23T09:45:00Z checkout payment took 3 s
 *
 * Memory is bounded: a line and a batch at a time. What cannot be read is rejected with line and offset, never dropped.
 */
import type { RecordBatch } from '../../model/record-batch.ts';
import { parseRfc3339 } from '../../model/time.ts';
import { ATTR_SERVICE_NAME } from '../../semconv/attribute-keys.ts';
import type { FileHead, Importer, Recognition } from '../importer.ts';
import { lines } from '../lines.ts';
import { RecordCollector } from '../record-collector.ts';

const TITLE = '#pulse 1';
const EXCERPT_LENGTH = 1_000;

export const skeletonImporter: Importer = {
  id: 'skeleton',
  title: 'Pulse lines (an example to copy)',
  version: 1,
  references: ['shared/importers/README.md'],

  recognise(head: FileHead): Recognition {
    // Content decides. Stay below 0.5 when others might claim the file as well, and say what was seen.
    const isTitled = head.text.startsWith(TITLE);
    return isTitled
      ? { confidence: 0.95, reason: `The first line is "${TITLE}".` }
      : { confidence: 0, reason: `The first line is not "${TITLE}".` };
  },

  async *parse(chunks, context): AsyncIterable<RecordBatch> {
    const collector = new RecordCollector();
    for await (const line of lines(chunks, { warn: (text) => context.warn(text) })) {
      context.throwIfCancelled();
      if (line.text === '' || line.text.startsWith('#')) continue;
      const [stamp = '', service = '', ...words] = line.text.split(' ');
      const time = parseRfc3339(stamp);
      if (time === undefined || service === '' || words.length === 0) {
        collector.reject({
          line: line.number,
          byteOffset: line.byteOffset,
          reason: 'A pulse line is an RFC 3339 time, a service and a message, separated by single spaces.',
          excerpt: line.text.slice(0, EXCERPT_LENGTH),
        });
      } else {
        const logs = collector.logs();
        const resource = logs.resource({ [ATTR_SERVICE_NAME]: service });
        logs.add({ timeUnixNano: time, severityNumber: 0, resource, body: words.join(' '), attributesJson: '' });
      }
      if (collector.hasReady()) yield* collector.drain();
    }
    yield* collector.finish();
  },
};
