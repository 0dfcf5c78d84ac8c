/**
 * Walks OTLP JSON of any layout down to its records: documents, arrays of documents, groups (`resourceSpans[]`), scopes
 * (`scopeSpans[]`), records. Works on the bytes of a value as long as the value can be held; for larger ones the JSON
 * stream enters the containers and this module keeps their context (resource, scope) on a stack of frames.
 * Invariant: each record is read once, with the resource of its group, or rejected with a reason.
 */
import type { Resource } from '../../model/resource.ts';
import type { RejectedRecord } from '../../model/record-batch.ts';
import type { ImportContext } from '../importer.ts';
import * as json from '../json-stream/json-bytes.ts';
import { JsonCursor } from '../json-stream/json-cursor.ts';
import { excerptOf, type JsonRange } from '../json-stream/json-range.ts';
import type { EnterReason, JsonHandler } from '../json-stream/json-stream.ts';
import type { RecordCollector } from '../record-collector.ts';
import { makeResource } from '../resource-table.ts';
import { ByteInterner } from '../byte-interner.ts';
import { attributesOf } from './any-value.ts';
import { readLogRecord } from './log-reader.ts';
import { MetricPointReader } from './metric-point-reader.ts';
import { readMetric } from './metric-reader.ts';
import { KEY, otlpKeyOf, otlpKeys, signalOfGroups, signalOfRecords, signalOfScopes, type Signal } from './otlp-keys.ts';
import { SpanReader } from './span-reader.ts';

type Level = 'documents' | 'document' | 'groups' | 'group' | 'scopes' | 'scope' | 'records' | 'record' | 'ignored';
const ARRAYS: readonly Level[] = ['documents', 'groups', 'scopes', 'records'];

/** A container that was entered, and what is known of its context. */
interface Frame {
  readonly level: Level;
  readonly signal: Signal;
  /** Of a group: its resource once seen, and the parts that came before it. */
  resource?: Resource;
  scopeJson?: string;
  readonly waiting?: Waiting[];
}
interface Waiting {
  readonly level: Level;
  readonly signal: Signal;
  readonly bytes: Uint8Array;
  readonly line: number;
  readonly byteOffset: number;
  readonly scopeJson: string;
}

/** Bytes of records kept while their resource has not come yet. */
const MAX_WAITING_BYTES = 32 << 20;
/** Documents inside documents (`{trace:{resourceSpans}}`) and lists of documents. */
const MAX_WRAPPERS = 4;
const NO_RESOURCE: Resource = makeResource({});

export class OtlpWalker implements JsonHandler {
  readonly #collector: RecordCollector;
  readonly #context: ImportContext;
  readonly #cursor = new JsonCursor();
  #spanReader: SpanReader | undefined;
  #pointReader: MetricPointReader | undefined;
  readonly #frames: Frame[] = [];
  readonly #resourceBytes = new ByteInterner(1 << 14);
  #resources: Resource[] = [];
  #resourceGeneration = 0;
  #waitingBytes = 0;
  /** Where the range being read begins, in its bytes and in the file. */
  #start = 0;
  #line = 0;
  #byteOffset = 0;
  #countedTo = 0;
  #countedLines = 0;
  #lastScope = '';
  #lastScopeName = '';

  constructor(collector: RecordCollector, context: ImportContext) {
    this.#collector = collector;
    this.#context = context;
  }

  /** Has to be called before the collector is emptied for good. */
  flush(): void {
    this.#spanReader?.flush();
  }

  value(range: JsonRange): boolean {
    this.#context.throwIfCancelled();
    const frame = this.#frames.at(-1);
    const level = frame === undefined ? 'documents' : childLevel(frame, range.key);
    const signal = this.#signalBelow(frame, range.key);
    this.#begin(range);
    try {
      if (frame && this.#isContext(frame, range.key)) this.#takeContext(frame, range.key);
      else if (frame && isBelowGroup(level)) this.#readInGroup(range, level, signal);
      else if (level !== 'ignored') this.#readAll(level);
    } catch (error) {
      // Values nested without measure exhaust the stack; that is the file's fault and costs only this value.
      if (!(error instanceof RangeError)) throw error;
      this.#reject('The value is nested too deeply to be read.', range.start);
    }
    return true;
  }

  enter(range: JsonRange, isArray: boolean, why: EnterReason): void {
    const frame = this.#frames.at(-1);
    let level: Level = isArray ? 'documents' : 'document';
    if (frame) level = childLevel(frame, range.key);
    const fits = level !== 'record' && isArray === ARRAYS.includes(level);
    if (!fits && level !== 'ignored' && why === 'large') {
      this.#begin(range);
      this.#reject(`This ${level} is too large to be read as one.`, range.start);
    }
    this.#frames.push({
      level: fits ? level : 'ignored',
      signal: this.#signalBelow(frame, range.key),
      ...((level === 'group' || level === 'document') && { waiting: [] }),
    });
  }

  leave(): void {
    const frame = this.#frames.pop();
    if (frame?.waiting) this.#readWaiting(frame, frame.resource ?? NO_RESOURCE);
  }

  #begin(range: Pick<JsonRange, 'bytes' | 'start' | 'end' | 'line' | 'byteOffset'>): void {
    this.#cursor.reset(range.bytes, range.start, Math.max(range.end, range.start));
    this.#start = range.start;
    this.#line = range.line;
    this.#byteOffset = range.byteOffset;
    this.#countedTo = range.start;
    this.#countedLines = 0;
  }

  reject(record: RejectedRecord): void {
    this.#collector.reject(record);
  }

  #signalBelow(frame: Frame | undefined, key: string | number | undefined): Signal {
    const code = otlpKeyOf(key);
    return signalOfGroups(code) ?? signalOfScopes(code) ?? signalOfRecords(code) ?? frame?.signal ?? 'spans';
  }

  #isContext(frame: Frame, key: string | number | undefined): boolean {
    const code = otlpKeyOf(key);
    if (code === KEY.resource) return frame.level === 'group' || frame.level === 'document';
    return code === KEY.scope && frame.level === 'scope';
  }

  #takeContext(frame: Frame, key: string | number | undefined): void {
    if (otlpKeyOf(key) === KEY.scope) {
      frame.scopeJson = this.#readScopeJson();
      return;
    }
    frame.resource = this.#readResource();
    this.#readWaiting(frame, frame.resource);
  }

  /** A part of an entered group: read now when the resource is known, else kept until it is. */
  #readInGroup(range: JsonRange, level: Level, signal: Signal): void {
    const group = this.#frames.findLast((frame) => frame.waiting !== undefined);
    const scopeJson = this.#frames.findLast((frame) => frame.level === 'scope')?.scopeJson ?? '';
    if (!group || group.resource) {
      this.#readPart(level, signal, group?.resource ?? NO_RESOURCE, scopeJson);
      return;
    }
    const { line, byteOffset } = range;
    const size = range.end - range.start;
    if (this.#waitingBytes + size > MAX_WAITING_BYTES) {
      this.#reject(
        `The resource of these ${signal} comes more than ${MAX_WAITING_BYTES >> 20} MB behind them; put it first.`,
        range.start,
      );
      return;
    }
    this.#waitingBytes += size;
    const bytes = range.bytes.slice(range.start, range.end);
    group.waiting?.push({ level, signal, bytes, line, byteOffset, scopeJson });
  }

  #readWaiting(frame: Frame, resource: Resource): void {
    for (const part of frame.waiting ?? []) {
      this.#waitingBytes -= part.bytes.length;
      this.#begin({ ...part, start: 0, end: part.bytes.length });
      this.#readPart(part.level, part.signal, resource, part.scopeJson);
    }
    frame.waiting?.splice(0);
  }

  #readPart(level: Level, signal: Signal, resource: Resource, scopeJson: string): void {
    if (level === 'scopes') this.#readScopes(signal, resource);
    else if (level === 'scope') this.#readScope(signal, resource);
    else if (level === 'records') this.#readRecords(signal, resource, scopeJson);
    else if (level === 'record') this.#readRecord(signal, resource, scopeJson);
    this.#reportCut();
  }

  /** Everything in the range: one value or, on a line, several. */
  #readAll(level: Level): void {
    const cursor = this.#cursor;
    while (!cursor.failed && cursor.peek() !== 0) {
      if (level === 'groups') this.#readGroups();
      else if (level === 'group') this.#readGroup();
      else this.#readDocument(0);
    }
    this.#reportCut();
  }

  /** The bytes ended, or made no sense, inside a container. */
  #reportCut(): void {
    if (!this.#cursor.failed) return;
    this.#reject('The JSON breaks off or is damaged here; what came before was read.', this.#cursor.position);
  }

  #readDocument(wrappers: number): void {
    const cursor = this.#cursor;
    const start = cursor.position;
    if (wrappers < MAX_WRAPPERS && cursor.open(json.OPEN_BRACKET)) {
      while (cursor.nextElement()) this.#readDocument(wrappers + 1);
      return;
    }
    if (!cursor.open(json.OPEN_BRACE)) {
      cursor.skipValue();
      this.#reject('An OTLP document has to be a JSON object.', start);
      return;
    }
    let isKnown = false;
    let resourceAt = -1;
    const parts: { readonly at: number; readonly signal: Signal }[] = [];
    while (cursor.nextKey()) {
      const code = otlpKeys.codeOf(cursor.bytes, cursor.keyStart, cursor.keyEnd);
      const signal = signalOfGroups(code);
      const scopesSignal = signalOfScopes(code);
      cursor.peek();
      if (signal) this.#readGroups();
      else if (code === KEY.wrapper && wrappers < MAX_WRAPPERS) this.#readDocument(wrappers + 1);
      else {
        if (code === KEY.resource) resourceAt = cursor.position;
        if (scopesSignal) parts.push({ at: cursor.position, signal: scopesSignal });
        if (code === KEY.resourceProfiles) this.#context.warn('Profiles (resourceProfiles) are not read.');
        cursor.skipValue();
      }
      isKnown ||=
        signal !== undefined || scopesSignal !== undefined || code === KEY.wrapper || code === KEY.resourceProfiles;
    }
    this.#readParts(parts, resourceAt);
    if (!isKnown && !cursor.failed && cursor.position > start + 2) {
      this.#reject('The document has neither resourceSpans, resourceMetrics nor resourceLogs.', start);
    }
  }

  #readGroups(): void {
    const cursor = this.#cursor;
    if (!cursor.open(json.OPEN_BRACKET)) return void cursor.skipValue();
    while (cursor.nextElement()) this.#readGroup();
  }

  #readGroup(): void {
    const cursor = this.#cursor;
    const start = cursor.position;
    if (!cursor.open(json.OPEN_BRACE)) {
      cursor.skipValue();
      this.#reject('A group of records by resource has to be a JSON object.', start);
      return;
    }
    let resource: Resource | undefined;
    let resourceAt = -1;
    const parts: { readonly at: number; readonly signal: Signal }[] = [];
    while (cursor.nextKey()) {
      const code = otlpKeys.codeOf(cursor.bytes, cursor.keyStart, cursor.keyEnd);
      cursor.peek();
      const scopesSignal = signalOfScopes(code);
      if (code === KEY.resource) {
        resourceAt = cursor.position;
        resource = this.#readResource();
      } else if (scopesSignal && resource) this.#readScopes(scopesSignal, resource);
      else {
        if (scopesSignal) parts.push({ at: cursor.position, signal: scopesSignal });
        cursor.skipValue();
      }
    }
    this.#readParts(parts, resourceAt);
  }

  /** Scopes that stand before the resource of their group, or that have none. */
  #readParts(parts: readonly { readonly at: number; readonly signal: Signal }[], resourceAt: number): void {
    if (parts.length === 0) return;
    const cursor = this.#cursor;
    const after = cursor.position;
    const isCut = cursor.failed;
    let resource = NO_RESOURCE;
    cursor.failed = false;
    if (resourceAt >= 0) {
      cursor.position = resourceAt;
      resource = this.#readResource();
    }
    for (const part of parts) {
      cursor.failed = false;
      cursor.position = part.at;
      this.#readScopes(part.signal, resource);
    }
    if (isCut) cursor.failed = true;
    if (!cursor.failed) cursor.position = after;
  }

  #readResource(): Resource {
    const cursor = this.#cursor;
    cursor.peek();
    const start = cursor.position;
    if (!cursor.skipValue()) return NO_RESOURCE;
    const id = this.#resourceBytes.intern(cursor.bytes, start, cursor.position);
    if (this.#resourceGeneration !== this.#resourceBytes.generation) {
      this.#resourceGeneration = this.#resourceBytes.generation;
      this.#resources = [];
    }
    return (this.#resources[id] ??= this.#makeResource(cursor.parse(start, cursor.position)));
  }

  #makeResource(value: unknown): Resource {
    const attributes =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['attributes'] : null;
    return makeResource(attributesOf(attributes));
  }

  #readScopes(signal: Signal, resource: Resource): void {
    const cursor = this.#cursor;
    if (!cursor.open(json.OPEN_BRACKET)) return void cursor.skipValue();
    while (cursor.nextElement()) this.#readScope(signal, resource);
  }

  #readScope(signal: Signal, resource: Resource): void {
    const cursor = this.#cursor;
    if (!cursor.open(json.OPEN_BRACE)) return void cursor.skipValue();
    let scopeJson = '';
    let recordsAt = -1;
    while (cursor.nextKey()) {
      const code = otlpKeys.codeOf(cursor.bytes, cursor.keyStart, cursor.keyEnd);
      cursor.peek();
      if (code === KEY.scope) scopeJson = this.#readScopeJson();
      else if (signalOfRecords(code) !== signal) cursor.skipValue();
      else if (scopeJson !== '' || recordsAt >= 0) this.#readRecords(signal, resource, scopeJson);
      else {
        recordsAt = this.#scopeFollows() ? cursor.position : -1;
        if (recordsAt < 0) this.#readRecords(signal, resource, '');
        else cursor.skipValue();
      }
    }
    if (recordsAt < 0 || cursor.failed) return;
    const after = cursor.position;
    cursor.position = recordsAt;
    this.#readRecords(signal, resource, scopeJson);
    if (!cursor.failed) cursor.position = after;
  }

  /** Whether a `scope` member stands behind the value at the cursor, which stays where it is. */
  #scopeFollows(): boolean {
    const cursor = this.#cursor;
    const start = cursor.position;
    let isFound = false;
    if (cursor.skipValue()) {
      while (!isFound && cursor.nextKey()) {
        isFound = otlpKeys.codeOf(cursor.bytes, cursor.keyStart, cursor.keyEnd) === KEY.scope;
        if (!cursor.skipValue()) break;
      }
    }
    cursor.position = start;
    cursor.failed = false;
    return isFound;
  }

  /** `{"name":…,"version":…}` of a scope, '' when it has neither. */
  #readScopeJson(): string {
    const value = this.#cursor.parseValue();
    if (typeof value !== 'object' || value === null) return '';
    const { name, version, attributes } = value as Record<string, unknown>;
    const plain = attributesOf(attributes);
    const scope = {
      ...(typeof name === 'string' && name !== '' && { name }),
      ...(typeof version === 'string' && version !== '' && { version }),
      ...(Object.keys(plain).length > 0 && { attributes: plain }),
    };
    return Object.keys(scope).length > 0 ? JSON.stringify(scope) : '';
  }

  #scopeName(scopeJson: string): string {
    if (scopeJson !== this.#lastScope) {
      this.#lastScope = scopeJson;
      const scope = JSON.parse(scopeJson || '{}') as { readonly name?: string };
      this.#lastScopeName = scope.name ?? '';
    }
    return this.#lastScopeName;
  }

  #readRecords(signal: Signal, resource: Resource, scopeJson: string): void {
    const cursor = this.#cursor;
    if (!cursor.open(json.OPEN_BRACKET)) return void cursor.skipValue();
    while (cursor.nextElement()) this.#readRecord(signal, resource, scopeJson);
  }

  /** One span, metric or log record at the cursor. One that cannot be read costs only itself, if its end can be found. */
  #readRecord(signal: Signal, resource: Resource, scopeJson: string): void {
    const cursor = this.#cursor;
    const start = cursor.position;
    if (signal === 'spans') {
      const reader = (this.#spanReader ??= new SpanReader(this.#collector));
      const problem = reader.read(cursor, resource, scopeJson);
      if (problem === undefined) return;
      cursor.failed = false;
      cursor.position = start;
      // Without an end this is the place where the file breaks off, reported as such.
      if (cursor.skipValue()) this.#reject(problem, start);
      return;
    }
    if (signal === 'metrics') {
      const reader = (this.#pointReader ??= new MetricPointReader(this.#collector));
      if (reader.read(cursor, resource, (text) => this.#reject(text, start))) return;
      cursor.failed = false;
      cursor.position = start;
    }
    if (!cursor.skipValue()) return;
    const value = cursor.parse(start, cursor.position);
    const problem =
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? 'The record is no valid JSON object.'
        : signal === 'logs'
          ? readLogRecord(value as Record<string, unknown>, resource, this.#scopeName(scopeJson), this.#collector)
          : readMetric(value as Record<string, unknown>, resource, this.#collector, (text) =>
              this.#reject(text, start),
            );
    if (problem !== undefined) this.#reject(problem, start);
  }

  #reject(reason: string, position: number): void {
    const { bytes, end } = this.#cursor;
    const byteOffset = this.#byteOffset + position - this.#start;
    this.#collector.reject({
      line: this.#lineOf(position),
      byteOffset,
      reason,
      excerpt: excerptOf(bytes, position, end),
    });
  }

  /** Positions mostly grow, so lines are counted on from the last one asked for. */
  #lineOf(position: number): number {
    if (position < this.#countedTo) {
      this.#countedTo = this.#start;
      this.#countedLines = 0;
    }
    const { bytes } = this.#cursor;
    for (; this.#countedTo < position; this.#countedTo++)
      if (bytes[this.#countedTo] === json.NEWLINE) this.#countedLines++;
    return this.#line + this.#countedLines;
  }
}

function isBelowGroup(level: Level): boolean {
  return level === 'scopes' || level === 'scope' || level === 'records' || level === 'record';
}

/** What a member of an entered container is. */
function childLevel(frame: Frame, key: string | number | undefined): Level {
  const code = otlpKeyOf(key);
  switch (frame.level) {
    case 'documents':
      return 'document';
    case 'document':
      if (signalOfGroups(code)) return 'groups';
      if (signalOfScopes(code)) return 'scopes';
      return code === KEY.wrapper ? 'document' : 'ignored';
    case 'groups':
      return 'group';
    case 'group':
      return signalOfScopes(code) ? 'scopes' : 'ignored';
    case 'scopes':
      return 'scope';
    case 'scope':
      return signalOfRecords(code) ? 'records' : 'ignored';
    case 'records':
      return 'record';
    default:
      return 'ignored';
  }
}
