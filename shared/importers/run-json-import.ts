/** The loop every importer of JSON runs: chunks in, batches out as soon as they are full. */
import type { RecordBatch } from '../model/record-batch.ts';
import type { ImportContext } from './importer.ts';
import { jsonValueStream, type JsonValueReader } from './json-stream/json-values.ts';
import { RecordCollector } from './record-collector.ts';

/** A reader of parsed values that may have something left to say at the end of the file. */
export interface JsonRecordReader extends JsonValueReader {
  finish?(): void;
}

/** Reads the whole file with the reader that `makeReader` makes for it. */
export async function* runJsonImport(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  context: ImportContext,
  makeReader: (collector: RecordCollector, context: ImportContext) => JsonRecordReader,
): AsyncGenerator<RecordBatch> {
  const collector = new RecordCollector();
  const reader = makeReader(collector, context);
  const stream = jsonValueStream(reader, (record) => collector.reject(record));
  for await (const chunk of chunks) {
    context.throwIfCancelled();
    stream.push(chunk);
    if (collector.hasReady()) yield* collector.drain();
  }
  stream.finish();
  reader.finish?.();
  yield* collector.finish();
}
