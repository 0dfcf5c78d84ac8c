/** Zipkin JSON, versions 1 and 2. */
import type { FileHead, Importer, Recognition } from '../importer.ts';
import { runJsonImport } from '../run-json-import.ts';
import { ZipkinReader } from './zipkin-reader.ts';

function recognise(head: FileHead): Recognition {
  if (!/^[\s,]*[[{]/.test(head.text)) return { confidence: 0, reason: 'Not JSON.' };
  const ids = /"traceId"\s*:\s*"[0-9a-fA-F]{1,32}"/.test(head.text) && /"id"\s*:\s*"[0-9a-fA-F]{1,16}"/.test(head.text);
  if (!ids) return { confidence: 0, reason: 'No Zipkin ids.' };
  if (/"(?:localEndpoint|remoteEndpoint)"\s*:/.test(head.text)) {
    return {
      confidence: 0.95,
      reason: 'JSON spans with "traceId", "id" and endpoints, as Zipkin version 2 writes them.',
    };
  }
  if (/"(?:binaryAnnotations|annotations)"\s*:/.test(head.text) && /"endpoint"\s*:/.test(head.text)) {
    return { confidence: 0.95, reason: 'JSON spans with annotations and endpoints, as Zipkin version 1 writes them.' };
  }
  if (/"timestamp"\s*:\s*\d{15,17}\b/.test(head.text) && /"duration"\s*:\s*\d/.test(head.text)) {
    return { confidence: 0.6, reason: 'JSON spans with "traceId", "id" and times in microseconds.' };
  }
  return { confidence: 0, reason: 'Ids, but nothing else that Zipkin spans have.' };
}

export const zipkinImporter: Importer = {
  id: 'zipkin-json',
  title: 'Zipkin JSON',
  version: 1,
  references: [
    'https://zipkin.io/zipkin-api/',
    'https://github.com/openzipkin/zipkin-api/blob/master/zipkin2-api.yaml',
  ],
  recognise,
  parse: (chunks, context) => runJsonImport(chunks, context, (collector) => new ZipkinReader(collector)),
};
