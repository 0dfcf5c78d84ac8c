/**
 * Reads one OTLP span from its bytes into columns. Written for speed: ids, times and attributes go from bytes to columns
 * without strings in between; only rare fields (events, links, messages) are parsed as objects. Cost linear in bytes,
 * about 1.5 µs for a span of 700 bytes.
 */
import type { Resource } from '../../model/resource.ts';
import { NO_INDEX, SPAN_STATUS } from '../../model/span.ts';
import { ByteInterner } from '../byte-interner.ts';
import type { JsonCursor } from '../json-stream/json-cursor.ts';
import * as json from '../json-stream/json-bytes.ts';
import { decimalOf } from './decimal-bytes.ts';
import { decodeText } from '../json-stream/json-range.ts';
import type { RecordCollector } from '../record-collector.ts';
import type { SpanBatchBuilder } from '../span-batch-builder.ts';
import { writeHex128, writeHex64, writeHexBytes64, writeUnixNano } from '../wide-integers.ts';
import { AttributeWriter } from './attribute-writer.ts';
import { readEvents, readLinks } from './span-extras.ts';
import { normaliseId } from './otlp-ids.ts';
import { KEY, otlpKeys } from './otlp-keys.ts';

/** Attribute bytes that wait at most: they are copied on while they are in the processor's cache. */
const FLUSH_BYTES = 1 << 17;
/** Years 1970 to 2262: what a signed 64-bit count of nanoseconds holds. */
const MAX_SECONDS = 9_223_372_036;

const SPAN_KINDS: ReadonlyMap<string, number> = new Map([
  ['INTERNAL', 1],
  ['SERVER', 2],
  ['CLIENT', 3],
  ['PRODUCER', 4],
  ['CONSUMER', 5],
]);
const STATUS_CODES: ReadonlyMap<string, number> = new Map([
  ['OK', SPAN_STATUS.ok],
  ['ERROR', SPAN_STATUS.error],
]);

export class SpanReader {
  readonly #collector: RecordCollector;
  readonly #attributes = new AttributeWriter();
  readonly #names = new ByteInterner();
  #nameTexts: string[] = [];
  #nameIndex: number[] = [];
  #nameGeneration = 0;
  /** Index in the batch of each peer sign. */
  #batchPeers: number[] = [];
  #peerGeneration = 0;
  #builder: SpanBatchBuilder;
  /** Rows whose attributes wait in `#attributes`, and where each ends. */
  #pendingEnds: number[] = [];
  #resource: Resource | undefined;
  #resourceIndex = 0;

  /** Of the span being read. */
  #problem = '';
  #seconds = 0;
  #nanoseconds = 0;
  #extras = '';
  #kind = 0;
  #status = 0;

  constructor(collector: RecordCollector) {
    this.#collector = collector;
    this.#builder = collector.spans();
  }

  /**
   * Reads the span at the cursor. Undefined = kept; else a sentence that says why not. The cursor stands behind the span
   * unless it failed.
   */
  read(cursor: JsonCursor, resource: Resource, scopeJson: string): string | undefined {
    if (this.#builder.isFull()) this.#renewBuilder();
    if (resource !== this.#resource) {
      this.#resource = resource;
      this.#resourceIndex = this.#builder.resourceIndex(resource);
    }
    this.#attributes.beginSpan();
    const writtenBefore = this.#attributes.length;
    this.#problem = '';
    const isRead = this.#readMembers(cursor);
    if (!isRead || this.#problem !== '') {
      this.#attributes.length = writtenBefore;
      this.#clearIds();
      return this.#problem || 'The span is no valid JSON.';
    }
    this.#commit(scopeJson);
    return undefined;
  }

  /** A span that is refused may have left ids in the row, which the next one need not have. */
  #clearIds(): void {
    const { columns, length: row } = this.#builder;
    columns.traceIdHalves.fill(0, 4 * row, 4 * row + 4);
    columns.spanIdHalves.fill(0, 2 * row, 2 * row + 2);
    columns.parentSpanIdHalves.fill(0, 2 * row, 2 * row + 2);
  }

  #readMembers(cursor: JsonCursor): boolean {
    const row = this.#builder.length;
    const columns = this.#builder.columns;
    let startSeconds = -1;
    let startNanoseconds = 0;
    let endSeconds = -1;
    let endNanoseconds = 0;
    let nameId = -1;
    let hasAttributes = false;
    this.#extras = '';
    this.#kind = 0;
    this.#status = 0;
    if (!cursor.open(json.OPEN_BRACE)) {
      cursor.skipValue();
      this.#problem = 'A span has to be a JSON object.';
      return false;
    }
    while (cursor.nextKey()) {
      switch (otlpKeys.codeOf(cursor.bytes, cursor.keyStart, cursor.keyEnd)) {
        case KEY.traceId:
          this.#readTraceId(cursor, columns.traceIdHalves, row);
          break;
        case KEY.spanId:
          this.#readSpanId(cursor, columns.spanIdHalves, row, 'span');
          break;
        case KEY.parentSpanId:
          this.#readSpanId(cursor, columns.parentSpanIdHalves, row, 'parent span');
          break;
        case KEY.name:
          nameId = this.#readName(cursor);
          break;
        case KEY.kind:
          this.#kind = readEnum(cursor, SPAN_KINDS, 5);
          break;
        case KEY.startTime:
          if (this.#readTime(cursor)) {
            startSeconds = this.#seconds;
            startNanoseconds = this.#nanoseconds;
          }
          break;
        case KEY.endTime:
          if (this.#readTime(cursor)) {
            endSeconds = this.#seconds;
            endNanoseconds = this.#nanoseconds;
          }
          break;
        case KEY.attributes:
          if (hasAttributes) cursor.skipValue();
          else if (!this.#attributes.writeAttributes(cursor))
            this.#problem ||= 'The attributes of the span cannot be read.';
          hasAttributes = true;
          break;
        case KEY.status:
          this.#readStatus(cursor);
          break;
        case KEY.events:
          this.#addExtra('events', readEvents(cursor.parseValue()));
          break;
        case KEY.links:
          this.#addExtra('links', readLinks(cursor.parseValue()));
          break;
        case KEY.traceState:
          if (cursor.readString())
            this.#addExtra('traceState', cursor.textEnd > cursor.textStart ? cursor.text() : undefined);
          else cursor.skipValue();
          break;
        default:
          cursor.skipValue();
      }
      if (cursor.failed) return false;
    }
    if (cursor.failed) return false;
    if (startSeconds < 0 || (startSeconds === 0 && startNanoseconds === 0))
      this.#problem ||= 'The span has no start time.';
    // An unfinished span has no end; it is kept with the duration known of it: none.
    const hasEnd = endSeconds > 0 || endNanoseconds > 0;
    const durationNs = hasEnd ? (endSeconds - startSeconds) * 1e9 + (endNanoseconds - startNanoseconds) : 0;
    if (durationNs < 0) this.#problem ||= 'The span ends before it begins.';
    if (this.#problem !== '') return true;
    writeUnixNano(columns.startHalves, row, startSeconds, startNanoseconds);
    columns.durationNs[row] = durationNs;
    columns.name[row] = this.#batchName(nameId);
    return true;
  }

  #commit(scopeJson: string): void {
    const builder = this.#builder;
    const columns = builder.columns;
    const row = builder.length;
    columns.spanKind[row] = this.#kind;
    columns.status[row] = this.#status;
    columns.resource[row] = this.#resourceIndex;
    columns.peer[row] = this.#peerIndex();
    let extras = this.#extras;
    if (scopeJson !== '') extras += (extras === '' ? '"scope":' : ',"scope":') + scopeJson;
    builder.commitRow(extras === '' ? '' : this.#extras === '' ? this.#scopeOnly(scopeJson) : `{${extras}}`);
    this.#pendingEnds.push(this.#attributes.length);
    if (this.#attributes.length > FLUSH_BYTES) this.flush();
  }

  #peerIndex(): number {
    const sign = this.#attributes.peerSign(this.#kind);
    if (sign < 0) return NO_INDEX;
    if (this.#attributes.peerGeneration !== this.#peerGeneration) {
      this.#peerGeneration = this.#attributes.peerGeneration;
      this.#batchPeers = [];
    }
    return (this.#batchPeers[sign] ??= this.#builder.peerIndex(this.#attributes.peerOfSign(sign)));
  }

  /** One string for all spans of a scope. */
  #scopeOnly(scopeJson: string): string {
    if (scopeJson !== this.#lastScope) {
      this.#lastScope = scopeJson;
      this.#lastScopeExtra = `{"scope":${scopeJson}}`;
    }
    return this.#lastScopeExtra;
  }
  #lastScope = '';
  #lastScopeExtra = '';

  #renewBuilder(): void {
    this.flush();
    this.#builder = this.#collector.spans();
    this.#nameIndex = [];
    this.#batchPeers = [];
    this.#resource = undefined;
  }

  /** Adds the attributes of the rows since the last flush. Has to be called before the collector is emptied. */
  flush(): void {
    this.#builder.attributes.addMany(this.#attributes.out, this.#pendingEnds);
    this.#pendingEnds = [];
    this.#attributes.length = 0;
  }

  #readTraceId(cursor: JsonCursor, halves: Uint32Array, row: number): void {
    if (!cursor.readString()) return this.#absent(cursor);
    const { bytes, textStart, textEnd } = cursor;
    if (
      textEnd - textStart === 32 &&
      writeHexBytes64(halves, 2 * row, bytes, textStart) &&
      writeHexBytes64(halves, 2 * row + 1, bytes, textStart + 16)
    ) {
      return;
    }
    const id = normaliseId(cursor.text() ?? '!', 32);
    if (id === undefined || !writeHex128(halves, row, id)) this.#problem ||= 'The trace id is neither hex nor base64.';
  }

  #readSpanId(cursor: JsonCursor, halves: Uint32Array, row: number, what: string): void {
    if (!cursor.readString()) return this.#absent(cursor);
    const { bytes, textStart, textEnd } = cursor;
    if (textEnd - textStart === 16 && writeHexBytes64(halves, row, bytes, textStart)) return;
    const id = normaliseId(cursor.text() ?? '!', 16);
    if (id === undefined || !writeHex64(halves, row, id)) this.#problem ||= `The ${what} id is neither hex nor base64.`;
  }

  /** null, or something that is no string, where a string belongs: taken as absent. */
  #absent(cursor: JsonCursor): void {
    if (!cursor.failed) cursor.skipValue();
  }

  #readName(cursor: JsonCursor): number {
    if (!cursor.readString()) {
      this.#absent(cursor);
      return -1;
    }
    const id = this.#names.intern(cursor.bytes, cursor.textStart, cursor.textEnd);
    if (this.#names.generation !== this.#nameGeneration) {
      this.#nameGeneration = this.#names.generation;
      this.#nameTexts = [];
      this.#nameIndex = [];
    }
    if (id >= this.#nameTexts.length) {
      const text = cursor.text();
      if (text === undefined) this.#problem ||= 'The name of the span is no valid JSON string.';
      this.#nameTexts[id] = text ?? '';
    }
    return id;
  }

  #batchName(nameId: number): number {
    if (nameId < 0) return this.#builder.nameIndex('');
    return (this.#nameIndex[nameId] ??= this.#builder.nameIndex(this.#nameTexts[nameId] ?? ''));
  }

  /** Nanoseconds since the epoch, as string or number. False, and a problem noted, when it is neither. */
  #readTime(cursor: JsonCursor): boolean {
    if (cursor.peek() === json.QUOTE ? !cursor.readString() : !cursor.readLiteral()) {
      this.#absent(cursor);
      return false;
    }
    const { bytes, textStart, textEnd } = cursor;
    const split = textEnd - 9 > textStart ? textEnd - 9 : textStart;
    const seconds = decimalOf(bytes, textStart, split);
    const nanoseconds = decimalOf(bytes, split, textEnd);
    if (seconds < 0 || nanoseconds < 0 || seconds > MAX_SECONDS) return this.#readOddTime(cursor);
    this.#seconds = seconds;
    this.#nanoseconds = nanoseconds;
    return true;
  }

  /** A time that is not just digits: a double such as 1.7e18, or null. */
  #readOddTime(cursor: JsonCursor): boolean {
    const text = decodeText(cursor.bytes, cursor.textStart, cursor.textEnd);
    if (text === 'null') return false;
    const value = Number(text);
    if (!(value >= 0 && value <= MAX_SECONDS * 1e9)) {
      this.#problem ||= `The time "${text.slice(0, 40)}" is no count of nanoseconds since 1970.`;
      return false;
    }
    this.#seconds = Math.floor(value / 1e9);
    this.#nanoseconds = Math.floor(value - this.#seconds * 1e9);
    return true;
  }

  #readStatus(cursor: JsonCursor): void {
    if (!cursor.open(json.OPEN_BRACE)) return void cursor.skipValue();
    while (cursor.nextKey()) {
      const code = otlpKeys.codeOf(cursor.bytes, cursor.keyStart, cursor.keyEnd);
      if (code === KEY.code) this.#status = readEnum(cursor, STATUS_CODES, 2);
      else if (code === KEY.message && cursor.readString()) {
        this.#addExtra('statusMessage', cursor.textEnd > cursor.textStart ? cursor.text() : undefined);
      } else cursor.skipValue();
    }
  }

  #addExtra(name: string, value: unknown): void {
    if (value === undefined) return;
    this.#extras += `${this.#extras === '' ? '' : ','}"${name}":${JSON.stringify(value)}`;
  }
}

/** An enum as number, numeric string or name with any prefix (`SPAN_KIND_CLIENT`); 0 for what is unknown. */
function readEnum(cursor: JsonCursor, names: ReadonlyMap<string, number>, max: number): number {
  if (cursor.peek() === json.QUOTE ? !cursor.readString() : !cursor.readLiteral()) {
    if (!cursor.failed) cursor.skipValue();
    return 0;
  }
  const number = decimalOf(cursor.bytes, cursor.textStart, cursor.textEnd);
  if (number >= 0) return number <= max ? number : 0;
  const name = decodeText(cursor.bytes, cursor.textStart, cursor.textEnd).toUpperCase();
  return names.get(name.slice(name.lastIndexOf('_') + 1)) ?? 0;
}
