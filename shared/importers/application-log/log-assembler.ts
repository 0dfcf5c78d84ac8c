/**
 * Turns the lines of one log file into records: wrapper off, header off, structured fields read, continuation lines
 * joined, what a line does not say taken from its neighbours and marked as such. One assembler reads one file.
 *
 * Kept invariant: every non-empty line is part of exactly one record, and `lineCount` of the records adds up to them.
 */
import type { AttributeValue, Attributes, Resource } from '../../model/resource.ts';
import type { UnixNano } from '../../model/time.ts';
import {
  ATTR_DEPLOYMENT_ENVIRONMENT_NAME,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_TYPE,
  ATTR_HOST_NAME,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_K8S_CONTAINER_NAME,
  ATTR_K8S_NAMESPACE_NAME,
  ATTR_K8S_NODE_NAME,
  ATTR_K8S_POD_NAME,
  ATTR_PROCESS_PID,
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_VERSION,
} from '../../semconv/attribute-keys.ts';
import { isJsonObject, type JsonObject } from '../json-access.ts';
import type { RecordCollector } from '../record-collector.ts';
import { makeResource } from '../resource-table.ts';
import { TimeScanner } from '../time-scanner.ts';
import {
  clearHeaderValues,
  emptyHeaderValues,
  readLevel,
  readTime,
  skipSeparators,
  type HeaderValues,
} from './header-fields.ts';
import { HeaderReader } from './header-layout.ts';
import { stripAnsi, type LogSurvey } from './log-survey.ts';
import { readLogfmt } from './logfmt.ts';
import { exceptionOf, severityOfTrace, StackTracker } from './stack-tracker.ts';
import { readStructured, type StructuredRecord } from './structured-record.ts';
import { readPriority, readRfc5424 } from './syslog.ts';
import { emptyUnwrapped, unwrap } from './wrappers.ts';

export interface AssemblerOptions {
  /** What the file's place says about the sender. */
  readonly pathResource: Attributes;
  readonly fileTime: UnixNano | undefined;
  readonly zoneMinutes: number;
}

/** A record that may still grow. */
interface OpenRecord {
  time: UnixNano;
  isTimeInferred: boolean;
  severityNumber: number;
  resource: Resource;
  body: string;
  bodyLength: number;
  attributesJson: string;
  traceId: string;
  spanId: string;
  lineCount: number;
  /** Structured records are whole as they stand. */
  isGrowing: boolean;
  isAccessLine: boolean;
}
interface Partial {
  content: string;
  lineCount: number;
}
/** What is kept per source of a file that mixes several. */
interface SourceState {
  readonly name: string;
  readonly stack: StackTracker;
  open: OpenRecord | undefined;
  partial: Partial | undefined;
  lastTime: UnixNano | undefined;
}

const MAX_JOINED_LINES = 2_000;
const MAX_JOINED_LENGTH = 262_144;
const MAX_SOURCES = 1_000;
const MAX_REMEMBERED = 4_096;
const TRACE_ID = /\b(?:trace[_.-]?id|traceId)["']?\s*[=:]\s*["']?([0-9a-fA-F]{16,32})\b/i;
const SPAN_ID = /\b(?:span[_.-]?id|spanId)["']?\s*[=:]\s*["']?([0-9a-fA-F]{16})\b/i;
const ACCESS_STATUS = /" ([1-5]\d\d) /;

export class LogAssembler {
  readonly #survey: LogSurvey;
  readonly #options: AssemblerOptions;
  readonly #collector: RecordCollector;
  readonly #outer: TimeScanner;
  readonly #scanner: TimeScanner;
  readonly #header: HeaderReader | undefined;
  readonly #values: HeaderValues = emptyHeaderValues();
  readonly #unwrapped = emptyUnwrapped();
  readonly #attachesHeadless: boolean;
  readonly #sources = new Map<string, SourceState>();
  readonly #resources = new Map<string, Resource>();
  readonly #attributeTexts = new Map<string, string>();
  #lastTime: UnixNano | undefined;
  /** Counts for the report. */
  nonEmptyLines = 0;
  records = 0;
  brokenJson = 0;
  zoneless = 0;
  yearless = 0;
  timeless = 0;

  constructor(survey: LogSurvey, options: AssemblerOptions, collector: RecordCollector) {
    this.#survey = survey;
    this.#options = options;
    this.#collector = collector;
    const reference = options.fileTime;
    const { zoneMinutes } = options;
    const isDayFirst = survey.hasDayFirstDates;
    this.#outer = new TimeScanner({ reference });
    this.#scanner = new TimeScanner({ reference, zoneMinutes, isDayFirst });
    const inner = new TimeScanner({ reference, zoneMinutes, isDayFirst });
    this.#header = survey.layout && new HeaderReader(survey.layout, this.#scanner, inner);
    this.#attachesHeadless = beginsWithHeaders(survey);
  }

  /** One physical line, without terminator. */
  line(raw: string): void {
    const text = stripAnsi(raw);
    if (isBlank(text)) return;
    this.nonEmptyLines += 1;
    const out = this.#unwrapped;
    if (this.#survey.wrappers.length === 0) {
      out.content = text;
      out.hasTime = false;
      out.isPartial = false;
      out.source = '';
    } else unwrap(this.#survey.wrappers, text, this.#outer, out);
    const source = this.#source(out.source);
    const outerTime = out.hasTime ? this.#outer.unixNano() : undefined;
    if (out.isPartial) {
      source.partial = joinPartial(source.partial, out.content);
      if (source.partial.content.length < MAX_JOINED_LENGTH) return;
      out.content = '';
    }
    const { partial } = source;
    source.partial = undefined;
    const content = partial === undefined ? out.content : partial.content + out.content;
    this.#content(source, content, outerTime, (partial?.lineCount ?? 0) + (out.isPartial ? 0 : 1));
  }

  /** One log record that came as a JSON value of its own (element of an array, pretty-printed document). */
  object(value: JsonObject, lineCount: number): void {
    this.nonEmptyLines += lineCount;
    const source = this.#source('');
    this.#structured(source, readStructured(value, this.#scanner), undefined, lineCount, '');
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

  #source(name: string): SourceState {
    let source = this.#sources.get(name);
    if (source === undefined) {
      if (this.#sources.size >= MAX_SOURCES) this.#forgetSources();
      source = {
        name,
        stack: new StackTracker(this.#attachesHeadless),
        open: undefined,
        partial: undefined,
        lastTime: undefined,
      };
      this.#sources.set(name, source);
    }
    return source;
  }

  #forgetSources(): void {
    this.finish();
    this.#sources.clear();
  }

  #content(source: SourceState, content: string, outerTime: UnixNano | undefined, lineCount: number): void {
    const first = content.charCodeAt(0);
    if (first === 123 && this.#tryJson(source, content, outerTime, lineCount)) return;
    if (this.#survey.logfmtShare >= 0.5 && this.#tryLogfmt(source, content, outerTime, lineCount)) return;
    if (first === 60 && this.#trySyslog(source, content, outerTime, lineCount)) return;
    if (this.#header?.read(content)) {
      const reader = this.#header;
      this.#plain(
        source,
        content,
        content.slice(reader.bodyStart),
        reader.values,
        reader.hasTime,
        outerTime,
        lineCount,
        '',
      );
      return;
    }
    const values = this.#values;
    clearHeaderValues(values);
    const stampEnd = this.#strayStamp(content, first);
    if (stampEnd > 0) {
      this.#plain(
        source,
        content,
        content.slice(skipSeparators(content, stampEnd)),
        values,
        true,
        outerTime,
        lineCount,
        '',
      );
      return;
    }
    if (source.open?.isGrowing === true && source.stack.continues(content)) {
      if (this.#grow(source.open, content, lineCount)) return;
    }
    const levelEnd = readLevel(content, 0, values);
    // Prose may begin with "error" too: only capitals or brackets are a level without a header.
    if (levelEnd > 0 && /[a-z]/.test(content.slice(0, levelEnd)) && first !== 91) values.severityNumber = 0;
    this.#plain(source, content, content, values, false, outerTime, lineCount, '');
  }

  /** End of a date and time that begins a line of a file whose other lines begin otherwise; -1 for none. */
  #strayStamp(content: string, first: number): number {
    if (first <= 32) return -1;
    const end = readTime(content, 0, this.#scanner);
    return end > 0 && this.#scanner.shape !== 'epoch' && this.#scanner.shape !== 'time-only' ? end : -1;
  }

  #tryJson(source: SourceState, content: string, outerTime: UnixNano | undefined, lineCount: number): boolean {
    let value: unknown;
    try {
      value = parseJsonLine(content);
    } catch {
      if (this.#survey.jsonShare >= 0.3) this.brokenJson += 1;
      return false;
    }
    if (!isJsonObject(value)) return false;
    this.#structured(source, readStructured(value, this.#scanner), outerTime, lineCount, content);
    return true;
  }

  #tryLogfmt(source: SourceState, content: string, outerTime: UnixNano | undefined, lineCount: number): boolean {
    const pairs = readLogfmt(content);
    if (pairs === undefined) return false;
    this.#structured(source, readStructured(pairs, this.#scanner), outerTime, lineCount, content);
    return true;
  }

  #trySyslog(source: SourceState, content: string, outerTime: UnixNano | undefined, lineCount: number): boolean {
    const priority = readPriority(content);
    if (priority === undefined) return false;
    if (priority.isVersioned) {
      const values = this.#values;
      clearHeaderValues(values);
      const attributes: Record<string, string> = {};
      const bodyStart = readRfc5424(content, priority.end, this.#scanner, values, attributes);
      if (bodyStart < 0) return false;
      values.severityNumber = priority.severityNumber;
      const extra = Object.keys(attributes).length === 0 ? '' : JSON.stringify(attributes);
      this.#plain(source, content, content.slice(bodyStart), values, true, outerTime, lineCount, extra);
      return true;
    }
    const rest = content.slice(priority.end);
    if (!this.#header?.read(rest)) return false;
    const reader = this.#header;
    if (reader.values.severityNumber === 0) reader.values.severityNumber = priority.severityNumber;
    this.#plain(source, rest, rest.slice(reader.bodyStart), reader.values, reader.hasTime, outerTime, lineCount, '');
    return true;
  }

  #structured(
    source: SourceState,
    record: StructuredRecord,
    outerTime: UnixNano | undefined,
    lineCount: number,
    original: string,
  ): void {
    this.#close(source);
    const time = record.time ?? outerTime;
    if (record.time !== undefined) {
      if (!record.hasZone) this.zoneless += 1;
      if (!record.isTimeComplete) this.yearless += 1;
    }
    const known = time ?? this.#inherit(source);
    const attributes: Record<string, AttributeValue> = record.attributes;
    const body = record.hasMessage ? record.message : bodyOfAttributes(attributes, original);
    source.open = {
      time: known,
      isTimeInferred: time === undefined || (record.time !== undefined && !record.isTimeComplete),
      severityNumber: record.severityNumber,
      resource: this.#resourceOf(source.name, record.sender.service, record.sender.host, record.sender),
      body,
      bodyLength: body.length,
      attributesJson: stringifyAttributes(attributes),
      traceId: record.traceId,
      spanId: record.spanId,
      lineCount,
      isGrowing: false,
      isAccessLine: false,
    };
    source.lastTime = known;
    if (time !== undefined) this.#lastTime = time;
  }

  #plain(
    source: SourceState,
    line: string,
    body: string,
    values: HeaderValues,
    hasTime: boolean,
    outerTime: UnixNano | undefined,
    lineCount: number,
    extraJson: string,
  ): void {
    this.#close(source);
    const own = hasTime ? this.#scanner : undefined;
    // The wrapper's time is exact and has a zone; the line's own is better only when it is both too.
    const isOwnTrusted =
      own !== undefined && (outerTime === undefined || (own.isComplete && own.hasZone && own.nanos !== 0));
    const time = isOwnTrusted ? own.unixNano() : outerTime;
    if (isOwnTrusted && !own.hasZone) this.zoneless += 1;
    if (isOwnTrusted && !own.isComplete) this.yearless += 1;
    const known = time ?? this.#inherit(source);
    source.stack.begin(body);
    source.open = {
      time: known,
      isTimeInferred: time === undefined || (isOwnTrusted && !own.isComplete),
      severityNumber: values.severityNumber,
      resource: this.#resourceOf(
        source.name,
        values.service === '' ? values.process : values.service,
        values.host,
        undefined,
      ),
      body: body === '' ? line : body,
      bodyLength: body.length,
      attributesJson: extraJson === '' ? this.#headerAttributes(values) : extraJson,
      traceId: values.traceId,
      spanId: values.spanId,
      lineCount,
      isGrowing: true,
      isAccessLine: this.#survey.layout?.fields[0] === 'lead',
    };
    source.lastTime = known;
    if (time !== undefined) this.#lastTime = time;
  }

  /** False when the record is as large as a record may become. */
  #grow(open: OpenRecord, line: string, lineCount: number): boolean {
    if (open.lineCount + lineCount > MAX_JOINED_LINES || open.bodyLength + line.length > MAX_JOINED_LENGTH)
      return false;
    open.body += `\n${line}`;
    open.bodyLength += line.length + 1;
    open.lineCount += lineCount;
    return true;
  }

  #inherit(source: SourceState): UnixNano {
    this.timeless += 1;
    return source.lastTime ?? this.#lastTime ?? this.#survey.firstTime ?? this.#options.fileTime ?? (0n as UnixNano);
  }

  #close(source: SourceState): void {
    const { open } = source;
    if (open === undefined) return;
    source.open = undefined;
    this.records += 1;
    if (open.isGrowing) this.#completePlain(open);
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

  #completePlain(open: OpenRecord): void {
    if (open.lineCount > 1) {
      if (open.severityNumber === 0) open.severityNumber = severityOfTrace(open.body);
      const exception = exceptionOf(open.body.slice(0, 4_096));
      if (exception !== undefined) {
        open.attributesJson = withMembers(open.attributesJson, {
          [ATTR_EXCEPTION_TYPE]: exception.type,
          ...(exception.message === '' ? {} : { [ATTR_EXCEPTION_MESSAGE]: exception.message.slice(0, 1_000) }),
        });
      }
    }
    if (open.isAccessLine) {
      const status = ACCESS_STATUS.exec(open.body);
      if (status !== null) {
        const code = Number(status[1]);
        open.severityNumber ||= code >= 500 ? 17 : 9;
        open.attributesJson = withMembers(open.attributesJson, { [ATTR_HTTP_RESPONSE_STATUS_CODE]: code });
      }
    }
    if (open.traceId === '' && open.body.includes('race')) open.traceId = TRACE_ID.exec(open.body)?.[1] ?? '';
    if (open.traceId !== '' && open.spanId === '') open.spanId = SPAN_ID.exec(open.body)?.[1] ?? '';
  }

  #headerAttributes(values: HeaderValues): string {
    if (values.thread === '' && values.logger === '' && values.pid === '' && values.source === '') return '';
    const key = `${values.thread}\0${values.logger}\0${values.pid}\0${values.source}`;
    let text = this.#attributeTexts.get(key);
    if (text === undefined) {
      text = JSON.stringify({
        ...(values.logger === '' ? {} : { logger: values.logger }),
        ...(values.thread === '' ? {} : { 'thread.name': values.thread }),
        ...(values.pid === ''
          ? {}
          : { [ATTR_PROCESS_PID]: /^\d+$/.test(values.pid) ? Number(values.pid) : values.pid }),
        ...(values.source === '' ? {} : { 'code.location': values.source }),
      });
      if (this.#attributeTexts.size >= MAX_REMEMBERED) this.#attributeTexts.clear();
      this.#attributeTexts.set(key, text);
    }
    return text;
  }

  #resourceOf(source: string, service: string, host: string, sender: StructuredRecord['sender'] | undefined): Resource {
    const key =
      sender === undefined ? `${source}\0${service}\0${host}` : `${source}\0${Object.values(sender).join('\0')}\0`;
    let resource = this.#resources.get(key);
    if (resource === undefined) {
      resource = makeResource(this.#resourceAttributes(source, service, host, sender));
      if (this.#resources.size >= MAX_REMEMBERED) this.#resources.clear();
      this.#resources.set(key, resource);
    }
    return resource;
  }

  #resourceAttributes(
    source: string,
    service: string,
    host: string,
    sender: StructuredRecord['sender'] | undefined,
  ): Attributes {
    const attributes: Record<string, AttributeValue> = { ...this.#options.pathResource };
    const set = (key: string, value: string | undefined): void => {
      if (value !== undefined && value !== '') attributes[key] = value;
    };
    if (source.includes('/')) {
      const [pod, container] = source.split('/');
      set(ATTR_K8S_POD_NAME, pod);
      set(ATTR_K8S_CONTAINER_NAME, container);
    } else if (source !== '') {
      set(ATTR_SERVICE_NAME, source.replace(/[-_]\d{1,3}$/, ''));
      if (/[-_]\d{1,3}$/.test(source)) set(ATTR_SERVICE_INSTANCE_ID, source);
    }
    set(ATTR_HOST_NAME, host);
    if (sender !== undefined) {
      set(ATTR_K8S_POD_NAME, sender.pod);
      set(ATTR_K8S_NAMESPACE_NAME, sender.namespace);
      set(ATTR_K8S_CONTAINER_NAME, sender.container);
      set(ATTR_K8S_NODE_NAME, sender.node);
      set(ATTR_SERVICE_INSTANCE_ID, sender.instance);
      set(ATTR_SERVICE_VERSION, sender.version);
      set(ATTR_DEPLOYMENT_ENVIRONMENT_NAME, sender.environment);
    }
    set(ATTR_SERVICE_NAME, service);
    return attributes;
  }
}

const LONG_INTEGER = /([:[,]\s*)(-?\d{17,})(?=\s*[,}\]])/g;

/** Integers that a double cannot hold are read as text. Throws what JSON.parse throws. */
function parseJsonLine(text: string): unknown {
  if (/\d{17}/.test(text)) {
    try {
      return JSON.parse(text.replace(LONG_INTEGER, '$1"$2"'));
    } catch {
      // The digits stood inside a string.
    }
  }
  return JSON.parse(text);
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

function joinPartial(partial: Partial | undefined, content: string): Partial {
  return partial === undefined
    ? { content, lineCount: 1 }
    : { content: partial.content + content, lineCount: partial.lineCount + 1 };
}

/** A structured record without a message is its attributes, as `key=value` pairs. */
function bodyOfAttributes(attributes: Record<string, AttributeValue>, original: string): string {
  const parts: string[] = [];
  for (const key in attributes) {
    const value = attributes[key];
    parts.push(`${key}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
    if (parts.length >= 30) break;
  }
  return parts.length === 0 ? original.slice(0, 1_000) : parts.join(' ');
}

function stringifyAttributes(attributes: Record<string, AttributeValue>): string {
  for (const _ in attributes) return JSON.stringify(attributes);
  return '';
}

function withMembers(json: string, members: Record<string, AttributeValue>): string {
  const added = JSON.stringify(members);
  return json === '' ? added : `${json.slice(0, -1)},${added.slice(1)}`;
}
