/**
 * Application logs: plain text with any of the usual headers, JSON lines, logfmt, syslog lines, container wrappers and
 * multi-line stack traces. Also the last resort for any text that is made of lines.
 */
import type { RecordBatch } from '../../model/record-batch.ts';
import type { FileHead, ImportContext, Importer, Recognition } from '../importer.ts';
import { isJsonObject } from '../json-access.ts';
import { JsonStream } from '../json-stream/json-stream.ts';
import { parseRange, type JsonRange } from '../json-stream/json-range.ts';
import { lineBlocks } from '../lines.ts';
import { RecordCollector } from '../record-collector.ts';
import { LogAssembler } from './log-assembler.ts';
import { surveyLines } from './log-survey.ts';
import { resourceOfPath } from './path-resource.ts';
import { recogniseText } from './recognise-text.ts';

/** Lines looked at before the first record is read. */
const SURVEY_LINES = 2_000;
const SURVEY_BYTES = 1_048_576;
const CANCEL_CHECK_LINES = 4_096;

export const applicationLogImporter: Importer = {
  id: 'application-log',
  title: 'Application log (plain text, JSON lines, logfmt, container wrappers)',
  version: 1,
  references: [
    'https://opentelemetry.io/docs/specs/otel/logs/data-model/',
    'https://www.rfc-editor.org/rfc/rfc5424',
    'https://www.rfc-editor.org/rfc/rfc3164',
    'https://kubernetes.io/docs/concepts/cluster-administration/logging/',
    'https://www.elastic.co/guide/en/ecs/current/ecs-log.html',
    'https://clef-json.org/',
  ],
  recognise(head: FileHead): Recognition {
    return recogniseText(head);
  },
  parse,
};

async function* parse(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  context: ImportContext,
): AsyncIterable<RecordBatch> {
  const collector = new RecordCollector();
  const opening: string[] = [];
  let openingLength = 0;
  let reader: Reader | undefined;
  let sinceCheck = 0;
  for await (const block of lineBlocks(chunks, { warn: (text) => context.warn(text) })) {
    for (const text of block.texts) {
      if (reader === undefined) {
        opening.push(text);
        openingLength += text.length;
        if (opening.length < SURVEY_LINES && openingLength < SURVEY_BYTES) continue;
        reader = beginReading(opening, collector, context);
      } else reader.line(text);
    }
    sinceCheck += block.texts.length;
    if (sinceCheck >= CANCEL_CHECK_LINES) {
      sinceCheck = 0;
      context.throwIfCancelled();
    }
    if (collector.hasReady()) yield* collector.drain();
  }
  reader ??= beginReading(opening, collector, context);
  reader.finish();
  report(reader.assembler, context);
  yield* collector.finish();
}

interface Reader {
  readonly assembler: LogAssembler;
  line(text: string): void;
  finish(): void;
}

/** Chooses how the file is read from its first lines and reads those. */
function beginReading(opening: readonly string[], collector: RecordCollector, context: ImportContext): Reader {
  const survey = surveyLines(opening, context.fileTime);
  const zoneMinutes = zoneOption(context);
  const assembler = new LogAssembler(
    survey,
    { pathResource: resourceOfPath(context.path), fileTime: context.fileTime, zoneMinutes },
    collector,
  );
  const isDocument = survey.jsonShare < 0.3 && survey.wrappers.length === 0 && isJsonDocument(opening);
  const reader = isDocument ? documentReader(assembler, collector) : lineReader(assembler);
  for (const text of opening) reader.line(text);
  return reader;
}

function lineReader(assembler: LogAssembler): Reader {
  return { assembler, line: (text) => assembler.line(text), finish: () => assembler.finish() };
}

/** True when the file is an array of objects, or objects over several lines each. */
export function isJsonDocument(opening: readonly string[]): boolean {
  const first = opening.find((line) => line.trim() !== '')?.trim() ?? '';
  return /^\[\s*(?:\{|$)/.test(first) || first === '{' || /^\{\s*"[^"]*"\s*:\s*\S.*,$/.test(first);
}

/** Array elements and pretty-printed objects, each a record; lines are counted as they go by. */
function documentReader(assembler: LogAssembler, collector: RecordCollector): Reader {
  let pending = 0;
  const stream = new JsonStream({
    value(range: JsonRange): boolean {
      const first = range.bytes[range.start];
      if (first === 0x5b) return false;
      const value = parseRange(range);
      if (!isJsonObject(value)) return false;
      assembler.object(value, pending);
      pending = 0;
      return true;
    },
    reject: (record) => collector.reject(record),
  });
  const encoder = new TextEncoder();
  return {
    assembler,
    line(text) {
      if (text.trim() !== '') pending += 1;
      stream.push(encoder.encode(`${text}\n`));
    },
    finish() {
      stream.finish();
      assembler.nonEmptyLines += pending;
      assembler.finish();
    },
  };
}

function zoneOption(context: ImportContext): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(context.options['log.zone'] ?? '');
  return match === null ? 0 : (Number(match[2]) * 60 + Number(match[3])) * (match[1] === '-' ? -1 : 1);
}

function report(assembler: LogAssembler, context: ImportContext): void {
  context.countOther('lines', assembler.nonEmptyLines);
  const say = (n: number, text: string): void => {
    if (n > 0) context.warn(`${n} of ${assembler.records} records ${text}`);
  };
  say(assembler.brokenJson, 'look like JSON but could not be parsed; they are kept as text');
  if (context.options['log.zone'] === undefined)
    say(assembler.zoneless, 'carry a time without zone, read as UTC (option log.zone=+HH:MM changes that)');
  say(assembler.yearless, 'carry a time without year or day, completed from the time of the file');
  say(assembler.timeless, 'carry no time and take that of their neighbours, or of the file');
}
