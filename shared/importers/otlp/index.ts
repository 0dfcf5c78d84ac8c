/**
 * OTLP JSON as collectors, SDKs and Tempo write it: one document, lines, pretty-printed, concatenated; traces, metrics
 * and logs, mixed if need be.
 */
import type { RecordBatch } from '../../model/record-batch.ts';
import type { FileHead, ImportContext, Importer, Recognition } from '../importer.ts';
import { JsonStream } from '../json-stream/json-stream.ts';
import { RecordCollector } from '../record-collector.ts';
import { OtlpWalker } from './otlp-walker.ts';

const GROUPS = /"(?:resource_?(?:spans|metrics|logs|profiles)|batches)"\s*:\s*\[/i;
const SCOPES = /"(?:scope|instrumentation_?library)_?(?:spans|metrics|logs)"\s*:\s*\[/i;
const RECORDS = /"(?:spans|metrics|log_?records)"\s*:\s*\[/i;

function recognise(head: FileHead): Recognition {
  if (!/^[\s,]*[[{]/.test(head.text)) return { confidence: 0, reason: 'Not JSON.' };
  const group = GROUPS.exec(head.text);
  const isTempo = group?.[0].includes('batches') === true;
  if (group && SCOPES.test(head.text)) {
    const name = group[0].slice(1, group[0].indexOf('"', 1));
    return { confidence: 0.98, reason: `JSON with "${name}" and scopes inside, the shape of OTLP.` };
  }
  if (group && !isTempo) {
    const name = group[0].slice(1, group[0].indexOf('"', 1));
    return { confidence: 0.9, reason: `JSON with "${name}", the outermost member of OTLP.` };
  }
  if (SCOPES.test(head.text) && RECORDS.test(head.text)) {
    return { confidence: 0.8, reason: 'JSON with scopes and records of OTLP, without the outer list.' };
  }
  return { confidence: 0, reason: 'No member that OTLP has.' };
}

async function* parse(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  context: ImportContext,
): AsyncGenerator<RecordBatch> {
  const collector = new RecordCollector();
  const walker = new OtlpWalker(collector, context);
  const stream = new JsonStream(walker);
  for await (const chunk of chunks) {
    stream.push(chunk);
    if (collector.hasReady()) yield* collector.drain();
  }
  stream.finish();
  walker.flush();
  yield* collector.finish();
}

export const otlpImporter: Importer = {
  id: 'otlp-json',
  title: 'OTLP JSON',
  version: 1,
  references: [
    'https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding',
    'https://github.com/open-telemetry/opentelemetry-proto/tree/main/examples',
  ],
  recognise,
  parse,
};
