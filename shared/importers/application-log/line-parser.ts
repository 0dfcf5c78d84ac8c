/**
 * Reads one unwrapped line by itself: a structured record, a plain line with a header, or a line without one. What a
 * line means among its neighbours is the assembler's business.
 */
import { isJsonObject, type JsonObject } from '../json-access.ts';
import { TimeScanner, type TimeScannerOptions } from '../time-scanner.ts';
import {
  clearHeaderValues,
  emptyHeaderValues,
  readLevel,
  readTime,
  skipSeparators,
  type HeaderValues,
} from './header-fields.ts';
import { HeaderReader } from './header-layout.ts';
import type { LogSurvey } from './log-survey.ts';
import { readLogfmt } from './logfmt.ts';
import { readStructured, type StructuredRecord } from './structured-record.ts';
import { readPriority, readRfc5424 } from './syslog.ts';

/** Reused: valid until the next line is parsed. */
export interface ParsedLine {
  /** `headless` lines may continue the record before them. */
  kind: 'structured' | 'headed' | 'headless';
  /** Set for structured lines. */
  record: StructuredRecord | undefined;
  /** The message of a plain line. */
  body: string;
  values: HeaderValues;
  /** True when a plain line carried a time; it is then in the scanner. */
  hasTime: boolean;
  /** Attributes beyond the header's own, '' for none. */
  attributesJson: string;
}

export class LineParser {
  /** Holds the time of the line parsed last. */
  readonly scanner: TimeScanner;
  /** Lines that looked like JSON among JSON lines and were not. */
  brokenJson = 0;
  readonly #survey: LogSurvey;
  readonly #header: HeaderReader | undefined;
  readonly #own: HeaderValues = emptyHeaderValues();
  readonly #parsed: ParsedLine;

  constructor(survey: LogSurvey, options: TimeScannerOptions) {
    this.#survey = survey;
    this.scanner = new TimeScanner(options);
    this.#header = survey.layout && new HeaderReader(survey.layout, this.scanner, new TimeScanner(options));
    this.#parsed = {
      kind: 'headless',
      record: undefined,
      body: '',
      values: this.#own,
      hasTime: false,
      attributesJson: '',
    };
  }

  parse(content: string): ParsedLine {
    const parsed = this.#parsed;
    parsed.record = undefined;
    parsed.attributesJson = '';
    const first = content.charCodeAt(0);
    if (first === 123 && this.#json(content)) return parsed;
    if (this.#survey.logfmtShare >= 0.5 && this.#logfmt(content)) return parsed;
    if (first === 60 && this.#syslog(content)) return parsed;
    if (this.#headed(content) || this.#strayStamp(content, first)) return parsed;
    return this.#headless(content, first);
  }

  /** A record that came as a JSON value. */
  structured(value: JsonObject): ParsedLine {
    this.#parsed.kind = 'structured';
    this.#parsed.record = readStructured(value, this.scanner);
    this.#parsed.body = '';
    return this.#parsed;
  }

  #json(content: string): boolean {
    let value: unknown;
    try {
      value = parseJsonLine(content);
    } catch {
      if (this.#survey.jsonShare >= 0.3) this.brokenJson += 1;
      return false;
    }
    if (!isJsonObject(value)) return false;
    this.structured(value);
    return true;
  }

  #logfmt(content: string): boolean {
    const pairs = readLogfmt(content);
    if (pairs === undefined) return false;
    this.structured(pairs);
    return true;
  }

  #syslog(content: string): boolean {
    const priority = readPriority(content);
    if (priority === undefined) return false;
    if (!priority.isVersioned) {
      if (!this.#headed(content.slice(priority.end))) return false;
      const { values } = this.#parsed;
      if (values.severityNumber === 0) values.severityNumber = priority.severityNumber;
      return true;
    }
    clearHeaderValues(this.#own);
    const attributes: Record<string, string> = {};
    const bodyStart = readRfc5424(content, priority.end, this.scanner, this.#own, attributes);
    if (bodyStart < 0) return false;
    this.#own.severityNumber = priority.severityNumber;
    // A dash stands for a time that is not known.
    this.#set('headed', content.slice(bodyStart), this.#own, content.charCodeAt(priority.end) !== 45);
    for (const _ in attributes) {
      this.#parsed.attributesJson = JSON.stringify(attributes);
      break;
    }
    return true;
  }

  #headed(content: string): boolean {
    const reader = this.#header;
    if (reader === undefined || !reader.read(content)) return false;
    this.#set('headed', content.slice(reader.bodyStart), reader.values, reader.hasTime);
    return true;
  }

  /** A date and time that begins a line of a file whose other lines begin otherwise. */
  #strayStamp(content: string, first: number): boolean {
    if (first <= 32) return false;
    const end = readTime(content, 0, this.scanner);
    if (end <= 0 || this.scanner.shape === 'epoch' || this.scanner.shape === 'time-only') return false;
    clearHeaderValues(this.#own);
    this.#set('headed', content.slice(skipSeparators(content, end)), this.#own, true);
    return true;
  }

  #headless(content: string, first: number): ParsedLine {
    const values = this.#own;
    clearHeaderValues(values);
    const levelEnd = readLevel(content, 0, values);
    // Prose may begin with "error" too: only capitals or brackets are a level without a header.
    if (levelEnd > 0 && /[a-z]/.test(content.slice(0, levelEnd)) && first !== 91) values.severityNumber = 0;
    return this.#set('headless', content, values, false);
  }

  #set(kind: ParsedLine['kind'], body: string, values: HeaderValues, hasTime: boolean): ParsedLine {
    const parsed = this.#parsed;
    parsed.kind = kind;
    parsed.body = body;
    parsed.values = values;
    parsed.hasTime = hasTime;
    return parsed;
  }
}

const LONG_INTEGER = /([:[,]\s*)(-?\d{16,})(?=\s*[,}\]])/g;

/** Integers that a double cannot hold are read as text. Throws what JSON.parse throws. */
function parseJsonLine(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!holdsUnsafeInteger(value, 0)) return value;
  try {
    return JSON.parse(text.replace(LONG_INTEGER, '$1"$2"'));
  } catch {
    // Digits inside a string were quoted too.
    return value;
  }
}

function holdsUnsafeInteger(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER;
  if (typeof value !== 'object' || value === null || depth > 4) return false;
  for (const key in value) {
    const member = (value as JsonObject)[key];
    if (typeof member !== 'string' && holdsUnsafeInteger(member, depth + 1)) return true;
  }
  return false;
}
