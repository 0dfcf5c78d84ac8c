/**
 * Reads the objects of a file whatever way JSON or YAML holds them: one document, one per line, concatenated, an array,
 * or a list inside an object. Memory is bounded by one object; a document too large to hold gives its list items one by
 * one.
 */
import type { RecordBatch, RejectedRecord } from '../model/record-batch.ts';
import type { FileHead, ImportContext } from './importer.ts';
import { isJsonObject, type JsonObject } from './json-access.ts';
import { excerptOf, parseRange, type JsonRange } from './json-stream/json-range.ts';
import { JsonStream, type JsonHandler } from './json-stream/json-stream.ts';
import { lineBlocks } from './lines.ts';
import type { RecordCollector } from './record-collector.ts';
import { parseYamlPiece, YamlSplitter, type YamlPiece } from './yaml-documents.ts';

/** Where an object stood. */
export interface DocumentPlace {
  /** 1-based. */
  readonly line: number;
  /** −1 when unknown. */
  readonly byteOffset: number;
  /** `kind` and `apiVersion` of the list around it, '' for none. */
  readonly listKind: string;
  readonly listApiVersion: string;
}
export interface DocumentReaderOptions {
  readonly collector: RecordCollector;
  readonly context: ImportContext;
  onObject(value: JsonObject, place: DocumentPlace): void;
  /** Members that hold the list in an object too large to be read as one. */
  readonly listMembers?: readonly string[];
  /** Told of each YAML piece before it is parsed; true = leave it out. */
  readonly skipsYaml?: (piece: YamlPiece) => boolean;
}

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Reads JSON or YAML, whichever the first character says. */
export async function* readDocuments(chunks: Chunks, options: DocumentReaderOptions): AsyncIterable<RecordBatch> {
  const iterator = nonEmpty(chunks)[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return;
  const all = resume(first.value, iterator);
  yield* isJsonStart(first.value) ? readJson(all, options) : readYaml(all, options);
}

async function* nonEmpty(chunks: Chunks): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) if (chunk.length > 0) yield chunk;
}

async function* resume(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** Looks past byte order mark and blanks. */
function isJsonStart(chunk: Uint8Array): boolean {
  for (const byte of chunk) {
    if (byte === 0x7b || byte === 0x5b) return true;
    const isMark = byte === 0xef || byte === 0xbb || byte === 0xbf || byte === 0xff || byte === 0xfe || byte === 0;
    if (byte > 32 && !isMark) return false;
  }
  return false;
}

async function* readJson(
  chunks: AsyncIterable<Uint8Array>,
  options: DocumentReaderOptions,
): AsyncIterable<RecordBatch> {
  const { collector, context } = options;
  const stream = new JsonStream(objectHandler(options));
  for await (const chunk of chunks) {
    stream.push(chunk);
    context.throwIfCancelled();
    if (collector.hasReady()) yield* collector.drain();
  }
  stream.finish();
}

const TOO_LARGE = 'An object is too large to be read, and holds no list that is looked for.';

/** A container that was entered because it is too large to hold, or damaged. */
interface Level {
  /** A list of documents; an object that may hold one; the list in it; a piece of an object that nobody can read. */
  readonly role: 'list' | 'wrapper' | 'items' | 'part';
  hasList: boolean;
  /** What to report when it turns out to hold no list. */
  readonly lost: RejectedRecord | undefined;
}

function objectHandler(options: DocumentReaderOptions): JsonHandler {
  const { collector } = options;
  const listMembers = new Set(options.listMembers ?? ['items']);
  const levels: Level[] = [];
  let listKind = '';
  let listApiVersion = '';
  let hasWhole = false;
  return {
    value(range: JsonRange): boolean {
      const level = levels.at(-1);
      if (level?.role === 'part') return true;
      const first = range.bytes[range.start];
      if (typeof range.key === 'string') {
        // Members of an object too large to be held: only its list is wanted.
        if (first === 0x5b && listMembers.has(range.key)) return false;
        if (range.key === 'kind') listKind = String(parseRange(range));
        if (range.key === 'apiVersion') listApiVersion = String(parseRange(range));
        return true;
      }
      if (first === 0x5b) return false;
      const place = { line: range.line, byteOffset: range.byteOffset };
      const value = first === 0x7b ? parseRange(range) : undefined;
      // Whether the object ends with its line is for the stream to find out.
      if (first === 0x7b && value === undefined && range.isAssumed) return false;
      hasWhole ||= range.depth === 0;
      if (isJsonObject(value)) options.onObject(value, { ...place, listKind, listApiVersion });
      else {
        collector.reject({
          ...place,
          reason: first === 0x7b ? 'A JSON object with a syntax error.' : 'A JSON value that is no object.',
          excerpt: excerptOf(range.bytes, range.start, range.end),
        });
      }
      return true;
    },
    enter(range, isArray, why) {
      const { line, byteOffset } = range;
      const outer = levels.at(-1);
      const isList = typeof range.key !== 'string' || listMembers.has(range.key);
      let role: Level['role'] = 'part';
      if (outer === undefined || outer.role === 'list') {
        // Behind whole objects, or beside others in a list, one that breaks off is one of them and no list.
        const isOneOfMany = why === 'cut' && (outer !== undefined || hasWhole);
        role = isArray ? 'list' : isOneOfMany ? 'part' : 'wrapper';
      } else if (outer.role === 'wrapper' && isArray && isList) {
        role = 'items';
        outer.hasList = true;
      }
      const isLost = why !== 'cut' && !isArray && outer?.role !== 'part';
      const excerpt = excerptOf(range.bytes, range.start, range.start + 200);
      levels.push({
        role,
        hasList: false,
        lost: isLost ? { line, byteOffset, excerpt, reason: TOO_LARGE } : undefined,
      });
    },
    leave() {
      const level = levels.pop();
      if (level?.lost && !level.hasList && levels.at(-1)?.role !== 'wrapper') collector.reject(level.lost);
    },
    reject: (record) => collector.reject(record),
  };
}

async function* readYaml(
  chunks: AsyncIterable<Uint8Array>,
  options: DocumentReaderOptions,
): AsyncIterable<RecordBatch> {
  const { collector, context } = options;
  const splitter = new YamlSplitter(
    (piece) => readPiece(piece, options),
    (line, reason, excerpt) => collector.reject({ line, byteOffset: -1, reason, excerpt }),
  );
  for await (const block of lineBlocks(chunks, { warn: (text) => context.warn(text) })) {
    for (const text of block.texts) splitter.line(text);
    context.throwIfCancelled();
    if (collector.hasReady()) yield* collector.drain();
  }
  splitter.finish();
}

function readPiece(piece: YamlPiece, options: DocumentReaderOptions): void {
  if (options.skipsYaml?.(piece) === true) return;
  const reject = (reason: string): void =>
    options.collector.reject({ line: piece.line, byteOffset: -1, reason, excerpt: piece.text });
  let value: unknown;
  try {
    value = parseYamlPiece(piece.text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    reject(`The YAML document that begins here cannot be read: ${why.slice(0, 200)}`);
    return;
  }
  const { line, listKind, listApiVersion } = piece;
  if (isJsonObject(value)) options.onObject(value, { line, byteOffset: -1, listKind, listApiVersion });
  else if (value !== null && value !== undefined) reject('A YAML document that is no object.');
}

/** Lists that files wrap their objects in. */
const WRAPPERS = [
  'changes',
  'items',
  'spans',
  'alerts',
  'deployments',
  'commits',
  'flags',
  'events',
  'data',
  'results',
];
const MAX_SAMPLE = 20;
const samples = new WeakMap<FileHead, readonly JsonObject[]>();

/** The first objects of a JSON file, out of its head: top-level ones, array elements, or items of a wrapping list. */
export function sampleObjects(head: FileHead): readonly JsonObject[] {
  const known = samples.get(head);
  if (known !== undefined) return known;
  const found: JsonObject[] = [];
  if (/^\s*[[{]/.test(head.text)) {
    const stream = new JsonStream({
      value(range: JsonRange): boolean {
        const first = range.bytes[range.start];
        if (first === 0x5b) return typeof range.key === 'string' && !WRAPPERS.includes(range.key);
        if (first !== 0x7b || (typeof range.key === 'string' && range.depth > 0)) return true;
        const value = found.length < MAX_SAMPLE ? parseRange(range) : undefined;
        if (isJsonObject(value)) found.push(value);
        return true;
      },
      reject: () => undefined,
    });
    stream.push(head.bytes);
    stream.finish();
  }
  samples.set(head, found);
  return found;
}

/** Objects of the sample, with those inside a wrapping list in place of the list. */
export function unwrapLists(objects: readonly JsonObject[]): readonly JsonObject[] {
  return objects.flatMap((object) => listInside(object) ?? [object]);
}

/**
 * The objects of the list that an object wraps; undefined when it wraps none. An empty list counts where nothing but
 * numbers stands beside it, as in an answer without results: it holds no record, so there is none to reject.
 */
export function listInside(object: JsonObject, names: readonly string[] = WRAPPERS): readonly JsonObject[] | undefined {
  for (const name of names) {
    const list = object[name];
    if (Array.isArray(list) && list.length > 0 && list.every(isJsonObject)) return list as readonly JsonObject[];
  }
  const isEmptyAnswer =
    names.some((name) => Array.isArray(object[name])) &&
    Object.values(object).every((value) => typeof value === 'number' || (Array.isArray(value) && value.length === 0));
  return isEmptyAnswer ? [] : undefined;
}
