/**
 * Turns the lines of one log file into records: wrapper off, line parsed, continuation lines joined, what a line does not
 * say taken from its neighbours and marked as such. One assembler reads one file.
 *
 * Kept invariant: every non-empty line is part of exactly one record, and `lineCount` of the records adds up to them.
 */
import type { AttributeValue, Attributes } from '../../model/resource.ts';
import type { UnixNano } from '../../model/time.ts';
import type { JsonObject } from '../json-access.ts';
import type { RecordCollector } from '../record-collector.ts';
import { TimeScanner } from '../time-scanner.ts';
import { LineParser, type ParsedLine } from './line-parser.ts';
import { stripAnsi, type LogSurvey } from './log-survey.ts';
import { bodyOfAttributes, completeRecord, growRecord, MAX_JOINED_LENGTH, type OpenRecord } from './open-record.ts';
import { SenderTable } from './sender-table.ts';
import { StackTracker } from './stack-tracker.ts';
import type { StructuredRecord } from './structured-record.ts';
import { emptyUnwrapped, unwrap } from './wrappers.ts';

export interface AssemblerOptions {
  /** What the file's place says about the sender. */
  readonly pathResource: Attributes;
  readonly fileTime: UnixNano | undefined;
  readonly zoneMinutes: number;
}

/** What is kept per source of a file that mixes several. */
interface SourceState {
  readonly name: string;
  readonly stack: StackTracker;
  open: OpenRecord | undefined;
  /** A line that its wrapper says goes on. */
  partial: { readonly content: string; readonly lineCount: number } | undefined;
  lastTime: UnixNano | undefined;
}

const MAX_SOURCES = 1_000;

export class LogAssembler {
  readonly #survey: LogSurvey;
  readonly #fileTime: UnixNano | undefined;
  readonly #collector: RecordCollector;
  readonly #outer: TimeScanner;
  readonly #parser: LineParser;
  readonly #senders: SenderTable;
  readonly #unwrapped = emptyUnwrapped();
  readonly #attachesHeadless: boolean;
  readonly #isAccessLog: boolean;
  readonly #sources = new Map<string, SourceState>();
  #lastTime: UnixNano | undefined;
  /** Counts for the report. */
  nonEmptyLines = 0;
  records = 0;
  zoneless = 0;
  yearless = 0;
  timeless = 0;

  constructor(survey: LogSurvey, options: AssemblerOptions, collector: RecordCollector) {
    this.#survey = survey;
    this.#fileTime = options.fileTime;
    this.#collector = collector;
    this.#outer = new TimeScanner({ reference: options.fileTime });
    this.#parser = new LineParser(survey, {
      reference: options.fileTime,
      zoneMinutes: options.zoneMinutes,
      isDayFirst: survey.hasDayFirstDates,
    });
    this.#senders = new SenderTable(options.pathResource);
    this.#attachesHeadless = beginsWithHeaders(survey);
    this.#isAccessLog = survey.layout?.fields[0] === 'lead';
  }

  /** Lines that looked like JSON among JSON lines and were not. */
  get brokenJson(): number {
    return this.#parser.brokenJson;
  }

  /** One physical line, without terminator. */
  line(raw: string): void {
    const text = stripAnsi(raw);
    if (isBlank(text)) return;
    this.nonEmptyLines += 1;
    if (this.#survey.wrappers.length === 0) this.#content(this.#source(''), text, undefined, 1);
    else this.#wrappedLine(text);
  }

  /** One log record that came as a JSON value of its own (element of an array, pretty-printed document). */
  object(value: JsonObject, lineCount: number): void {
    this.nonEmptyLines += lineCount;
    const { record } = this.#parser.structured(value);
    if (record !== undefined) this.#structured(this.#source(''), record, undefined, lineCount, '');
  }

  /** Closes what is open. */
  finish(): void {
    for (const source of this.#sources.values()) {
      if (source.partial !== undefined) {
        const { content, lineCount } = source.partial;
        source.partial = undefined;
        this.#content(source, content, undefined, lineCount);
      }
      this.#close(source);
    }
  }

  #wrappedLine(text: string): void {
    const out = this.#unwrapped;
    unwrap(this.#survey.wrappers, text, this.#outer, out);
    const source = this.#source(out.source);
    const outerTime = out.hasTime ? this.#outer.unixNano() : undefined;
    const content = (source.partial?.content ?? '') + out.content;
    const lineCount = (source.partial?.lineCount ?? 0) + 1;
    const isCut = out.isPartial && content.length < MAX_JOINED_LENGTH;
    source.partial = isCut ? { content, lineCount } : undefined;
    if (!isCut) this.#content(source, content, outerTime, lineCount);
  }

  #source(name: string): SourceState {
    let source = this.#sources.get(name);
    if (source === undefined) {
      if (this.#sources.size >= MAX_SOURCES) {
        this.finish();
        this.#sources.clear();
      }
      const stack = new StackTracker(this.#attachesHeadless);
      source = { name, stack, open: undefined, partial: undefined, lastTime: undefined };
      this.#sources.set(name, source);
    }
    return source;
  }

  #content(source: SourceState, content: string, outerTime: UnixNano | undefined, lineCount: number): void {
    const parsed = this.#parser.parse(content);
    if (parsed.record !== undefined) {
      this.#structured(source, parsed.record, outerTime, lineCount, content);
      return;
    }
    if (parsed.kind === 'headless' && source.open?.isGrowing === true && source.stack.continues(content)) {
      if (growRecord(source.open, content, lineCount)) return;
    }
    this.#plain(source, parsed, content, outerTime, lineCount);
  }

  #structured(
    source: SourceState,
    record: StructuredRecord,
    outerTime: UnixNano | undefined,
    lineCount: number,
    original: string,
  ): void {
    this.#close(source);
    const isOwn = record.time !== undefined;
    if (isOwn) this.#countDoubts(record.hasZone, record.isTimeComplete);
    const time = record.time ?? outerTime;
    source.open = {
      time: this.#settle(source, time),
      isTimeInferred: time === undefined || (isOwn && !record.isTimeComplete),
      severityNumber: record.severityNumber,
      resource: this.#senders.ofRecord(source.name, record.sender),
      body: record.hasMessage ? record.message : bodyOfAttributes(record.attributes, original),
      attributesJson: stringifyAttributes(record.attributes),
      traceId: record.traceId,
      spanId: record.spanId,
      lineCount,
      isGrowing: false,
      isAccessLine: false,
    };
  }

  #plain(
    source: SourceState,
    parsed: ParsedLine,
    line: string,
    outerTime: UnixNano | undefined,
    lineCount: number,
  ): void {
    this.#close(source);
    const { values } = parsed;
    const own = parsed.hasTime ? this.#parser.scanner : undefined;
    // The wrapper's time is exact and has a zone; the line's own is better only when it is both too.
    const isOwnTrusted =
      own !== undefined && (outerTime === undefined || (own.isComplete && own.hasZone && own.nanos !== 0));
    if (isOwnTrusted) this.#countDoubts(own.hasZone, own.isComplete);
    const time = isOwnTrusted ? own.unixNano() : outerTime;
    source.stack.begin(parsed.body);
    source.open = {
      time: this.#settle(source, time),
      isTimeInferred: time === undefined || (isOwnTrusted && !own.isComplete),
      severityNumber: values.severityNumber,
      resource: this.#senders.ofHeader(source.name, values),
      body: parsed.body === '' ? line : parsed.body,
      attributesJson: parsed.attributesJson !== '' ? parsed.attributesJson : this.#senders.headerAttributes(values),
      traceId: values.traceId,
      spanId: values.spanId,
      lineCount,
      isGrowing: true,
      isAccessLine: this.#isAccessLog,
    };
  }

  #countDoubts(hasZone: boolean, isComplete: boolean): void {
    if (!hasZone) this.zoneless += 1;
    if (!isComplete) this.yearless += 1;
  }

  /** The time a record gets: its own, or that of its neighbours, or of the file. */
  #settle(source: SourceState, time: UnixNano | undefined): UnixNano {
    if (time === undefined) this.timeless += 1;
    else this.#lastTime = time;
    const settled =
      time ?? source.lastTime ?? this.#lastTime ?? this.#survey.firstTime ?? this.#fileTime ?? (0n as UnixNano);
    source.lastTime = settled;
    return settled;
  }

  #close(source: SourceState): void {
    const { open } = source;
    if (open === undefined) return;
    source.open = undefined;
    this.records += 1;
    if (open.isGrowing) completeRecord(open);
    const logs = this.#collector.logs();
    logs.add({
      timeUnixNano: open.time,
      isTimeInferred: open.isTimeInferred,
      severityNumber: open.severityNumber,
      resource: logs.resourceIndex(open.resource),
      body: open.body,
      attributesJson: open.attributesJson,
      traceId: open.traceId,
      spanId: open.spanId,
      lineCount: open.lineCount,
    });
  }
}

/** True when a line without header can only be the continuation of the one before. */
function beginsWithHeaders(survey: LogSurvey): boolean {
  if (survey.jsonLogShare >= 0.5 || survey.priorityShare >= 0.5) return true;
  const hasTime = survey.layout?.fields.some((field) => field === 'time' || field === 'klog') ?? false;
  return hasTime ? survey.headerShare >= 0.5 : survey.headerShare >= 0.8 && survey.lineCount >= 10;
}

function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 32) return false;
  return true;
}

function stringifyAttributes(attributes: Readonly<Record<string, AttributeValue>>): string {
  for (const _ in attributes) return JSON.stringify(attributes);
  return '';
}
