/** Jaeger JSON: what the UI saves, what `/api/traces` answers, and spans dumped from Elasticsearch. */
import type { FileHead, Importer, Recognition } from '../importer.ts';
import { runJsonImport } from '../run-json-import.ts';
import { JaegerReader } from './jaeger-reader.ts';

function recognise(head: FileHead): Recognition {
  if (!/^[\s,]*[[{]/.test(head.text)) return { confidence: 0, reason: 'Not JSON.' };
  const hasId = /"spanID"\s*:/.test(head.text);
  const hasTimes = /"startTime"\s*:\s*"?\d/.test(head.text);
  const hasName = /"operationName"\s*:/.test(head.text);
  if (hasId && hasName && hasTimes) {
    return {
      confidence: 0.97,
      reason: 'JSON spans with "spanID", "operationName" and "startTime", as Jaeger writes them.',
    };
  }
  const isEmptyAnswer = /^\s*\{\s*"data"\s*:\s*(?:\[\s*\]|null)/.test(head.text);
  if (isEmptyAnswer && /"limit"\s*:[\s\S]*"offset"\s*:/.test(head.text)) {
    return { confidence: 0.6, reason: 'An answer of the Jaeger API without traces.' };
  }
  return { confidence: 0, reason: 'No Jaeger spans.' };
}

export const jaegerImporter: Importer = {
  id: 'jaeger-json',
  title: 'Jaeger JSON',
  version: 1,
  references: [
    'https://www.jaegertracing.io/docs/2.0/apis/#http-json',
    'https://github.com/jaegertracing/jaeger/blob/main/internal/uimodel/model.go',
  ],
  recognise,
  parse: (chunks, context) => runJsonImport(chunks, context, (collector) => new JaegerReader(collector, context)),
};
