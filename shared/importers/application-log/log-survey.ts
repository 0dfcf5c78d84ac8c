/**
 * Looks at the first lines of a file and says how its records are written: wrappers, JSON, logfmt or a header learned
 * from the lines. The same survey decides whether a file is a log at all and how it is then read.
 */
import type { UnixNano } from '../../model/time.ts';
import { isJsonObject } from '../json-access.ts';
import { TimeScanner } from '../time-scanner.ts';
import { HeaderReader, learnLayout, type HeaderLayout } from './header-layout.ts';
import { readLogfmt } from './logfmt.ts';
import { isInsideTrace } from './stack-tracker.ts';
import { readStructured } from './structured-record.ts';
import { emptyUnwrapped, learnWrappers, unwrap, type WrapperKind } from './wrappers.ts';

export interface LogSurvey {
  /** Non-empty lines looked at. */
  readonly lineCount: number;
  readonly wrappers: readonly WrapperKind[];
  /** Share of lines that are JSON objects, and of those that hold a time, a level or a message. */
  readonly jsonShare: number;
  readonly jsonLogShare: number;
  readonly logfmtShare: number;
  /** Header of plain lines; undefined when they have none. */
  readonly layout: HeaderLayout | undefined;
  /** Share of plain lines outside traces that begin with a header. */
  readonly headerShare: number;
  /** Share of lines that begin with a syslog priority. */
  readonly priorityShare: number;
  /** Names of the sources in compose or kubectl prefixes. */
  readonly hasDayFirstDates: boolean;
  /** First time found, for the lines before it. */
  readonly firstTime: UnixNano | undefined;
}

const MAX_JSON_SAMPLE = 200;
const ANSI = /\u001b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
const LOGFMT_KEY = /(?:^|\s)(?:ts|time|t|timestamp|level|lvl|msg|message|severity|caller|err|error)=/;

/** Text without terminal control sequences. */
export function stripAnsi(text: string): string {
  return text.includes('\u001b') ? text.replace(ANSI, '') : text;
}

export function surveyLines(rawLines: readonly string[], reference: UnixNano | undefined): LogSurvey {
  const scanner = new TimeScanner({ reference });
  const nonEmpty = rawLines.map(stripAnsi).filter((line) => line.trim() !== '');
  const wrappers = learnWrappers(nonEmpty, scanner);
  const out = emptyUnwrapped();
  const contents = nonEmpty.map((line) => (unwrap(wrappers, line, scanner, out) ? out.content : line));
  const json = surveyJson(contents, scanner);
  const plain = contents.filter((line) => line.charCodeAt(0) !== 123);
  const logfmt = plain.filter((line) => LOGFMT_KEY.test(line) && readLogfmt(line) !== undefined).length;
  const prioritised = plain.filter((line) => /^<\d{1,3}>/.test(line)).length;
  const heads = plain
    .filter((line) => !/^<\d{1,3}>1 /.test(line))
    .map((line) => line.replace(/^<\d{1,3}>/, ''))
    .filter((line) => line !== '' && line.charCodeAt(0) > 32);
  const layout = logfmt > 0.5 * plain.length ? undefined : learnLayout(heads, scanner);
  const outside = heads.filter((line) => !isInsideTrace(line)).length;
  return {
    lineCount: nonEmpty.length,
    wrappers,
    jsonShare: ratio(json.objects, contents.length),
    jsonLogShare: ratio(json.logs, contents.length),
    logfmtShare: ratio(logfmt, plain.length),
    layout,
    headerShare: layout === undefined ? 0 : Math.min(1, (layout.share * heads.length) / Math.max(1, outside)),
    priorityShare: ratio(prioritised, plain.length),
    hasDayFirstDates: contents.some((line) => /^\W?(?:1[3-9]|2\d|3[01])[/-]\d{1,2}[/-]\d{4}\b/.test(line)),
    firstTime: json.firstTime ?? firstTimeOf(plain, layout, reference),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Counts objects over a sample and scales, since parsing every line of it twice would cost more than it tells. */
function surveyJson(
  contents: readonly string[],
  scanner: TimeScanner,
): { objects: number; logs: number; firstTime: UnixNano | undefined } {
  const starting = contents.filter((line) => line.charCodeAt(0) === 123);
  const step = Math.max(1, Math.ceil(starting.length / MAX_JSON_SAMPLE));
  let looked = 0;
  let objects = 0;
  let logs = 0;
  let firstTime: UnixNano | undefined;
  for (let i = 0; i < starting.length; i += step) {
    looked += 1;
    let value: unknown;
    try {
      value = JSON.parse(starting[i] ?? '');
    } catch {
      continue;
    }
    if (!isJsonObject(value)) continue;
    objects += 1;
    const record = readStructured(value, scanner);
    firstTime ??= record.time;
    const signs =
      (record.time === undefined ? 0 : 1) + (record.severityNumber > 0 ? 1 : 0) + (record.hasMessage ? 1 : 0);
    if (signs >= 2) logs += 1;
  }
  const scale = ratio(starting.length, looked);
  return { objects: objects * scale, logs: logs * scale, firstTime };
}

/** The first stamp of the plain lines, as their header reads it; incomplete ones only where a reference completes them. */
function firstTimeOf(
  sample: readonly string[],
  layout: HeaderLayout | undefined,
  reference: UnixNano | undefined,
): UnixNano | undefined {
  const scanner = new TimeScanner({ reference });
  const reader = layout && new HeaderReader(layout, scanner, new TimeScanner({ reference }));
  for (const line of sample) {
    const start = /^(?:<\d{1,3}>(?:1 )?|[[("])/.exec(line)?.[0].length ?? 0;
    const hasTime = (reader?.read(line) === true && reader.hasTime) || scanner.scan(line, start);
    if (hasTime && (scanner.isComplete || reference !== undefined)) return scanner.unixNano();
  }
  return undefined;
}
