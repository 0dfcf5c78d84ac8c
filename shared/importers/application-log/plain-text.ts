/**
 * Any file as lines of text, for when a person says so: each line that is not blank is one record and stays as it is, and
 * nothing is rejected. A line takes the first complete time stamp it holds, else that of the line before, else the
 * file's. Never chosen by recognition: whatever knows a format says more.
 */
import type { RecordBatch } from '../../model/record-batch.ts';
import type { UnixNano } from '../../model/time.ts';
import type { ImportContext, Importer, Recognition } from '../importer.ts';
import { lineBlocks } from '../lines.ts';
import { RecordCollector } from '../record-collector.ts';
import { TimeScanner } from '../time-scanner.ts';
import { severityOfLevelWord } from './header-fields.ts';
import { resourceOfPath } from './path-resource.ts';

/** A time stamp further in is part of the message. */
const SCANNED_CHARACTERS = 160;
const LEVEL = /\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|PANIC)\b/;

export const plainTextImporter: Importer = {
  id: 'plain-text',
  title: 'Plain text log (each line as it is)',
  version: 1,
  references: ['https://opentelemetry.io/docs/specs/otel/logs/data-model/'],
  recognise(): Recognition {
    return { confidence: 0, reason: 'Reads any bytes line by line; only a person chooses it.' };
  },
  parse,
};

async function* parse(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  context: ImportContext,
): AsyncIterable<RecordBatch> {
  const collector = new RecordCollector();
  const scanner = new TimeScanner({ reference: context.fileTime });
  const attributes = resourceOfPath(context.path);
  let time = context.fileTime ?? (0n as UnixNano);
  let timeless = 0;
  let records = 0;
  for await (const block of lineBlocks(chunks, { warn: (text) => context.warn(text) })) {
    context.throwIfCancelled();
    for (const text of block.texts) {
      if (text.trim() === '') continue;
      const hasTime = scanTime(text, scanner);
      if (hasTime) time = scanner.unixNano();
      else timeless += 1;
      records += 1;
      const logs = collector.logs();
      logs.add({
        timeUnixNano: time,
        isTimeInferred: !hasTime,
        severityNumber: severityOf(text),
        resource: logs.resource(attributes),
        body: text,
        attributesJson: '',
      });
      if (collector.hasReady()) yield* collector.drain();
    }
  }
  if (timeless > 0)
    context.warn(`${timeless} of ${records} lines carry no time and take that of the line before, or of the file`);
  yield* collector.finish();
}

/** True when the start of the line holds a complete time stamp, which the scanner then keeps. */
function scanTime(text: string, scanner: TimeScanner): boolean {
  const limit = Math.min(text.length, SCANNED_CHARACTERS);
  for (let at = 0; at < limit; at += 1) {
    if (isWordCode(text.charCodeAt(at - 1)) || !isWordCode(text.charCodeAt(at))) continue;
    if (scanner.scan(text, at) && scanner.isComplete && scanner.shape !== 'epoch') return true;
  }
  return false;
}

function isWordCode(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** By the first level in capitals near the start, as most loggers write it; 0 = unknown. */
function severityOf(text: string): number {
  const word = LEVEL.exec(text.length > SCANNED_CHARACTERS ? text.slice(0, SCANNED_CHARACTERS) : text)?.[0];
  return word === undefined ? 0 : severityOfLevelWord(word);
}
