/**
 * Kubernetes: events, objects and audit events, as `kubectl get -o json|yaml`, must-gather, support bundles and
 * `cluster-info dump` write them: single objects, lists, concatenated or several documents.
 */
import type { RecordBatch } from '../../model/record-batch.ts';
import type { FileHead, ImportContext, Importer, Recognition } from '../importer.ts';
import { isJsonObject } from '../json-access.ts';
import { parseRange, type JsonRange } from '../json-stream/json-range.ts';
import { JsonStream } from '../json-stream/json-stream.ts';
import { lineBlocks } from '../lines.ts';
import { RecordCollector } from '../record-collector.ts';
import { KubernetesReader } from './kubernetes-reader.ts';
import { recogniseKubernetes } from './recognise-kubernetes.ts';
import { parseYamlPiece, YamlSplitter, type YamlPiece } from './yaml-documents.ts';

export const kubernetesImporter: Importer = {
  id: 'kubernetes',
  title: 'Kubernetes events, objects and audit log (JSON, YAML)',
  version: 1,
  references: [
    'https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/',
    'https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/',
    'https://github.com/openshift/must-gather',
    'https://troubleshoot.sh/docs/support-bundle/collecting/',
  ],
  recognise(head: FileHead): Recognition {
    return recogniseKubernetes(head);
  },
  async *parse(chunks, context): AsyncIterable<RecordBatch> {
    const collector = new RecordCollector();
    const reader = new KubernetesReader(collector, context);
    const iterator = asAsync(chunks)[Symbol.asyncIterator]();
    const first = await iterator.next();
    if (!first.done) {
      const rest = restOf(first.value, iterator);
      yield* isJsonStart(first.value)
        ? readJson(rest, reader, collector, context)
        : readYaml(rest, reader, collector, context);
    }
    reader.finish();
    yield* collector.finish();
  },
};

async function* asAsync(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) if (chunk.length > 0) yield chunk;
}

async function* restOf(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
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
  reader: KubernetesReader,
  collector: RecordCollector,
  context: ImportContext,
): AsyncIterable<RecordBatch> {
  let listKind = '';
  let listApiVersion = '';
  const stream = new JsonStream({
    value(range: JsonRange): boolean {
      const isObject = range.bytes[range.start] === 0x7b;
      const isArray = range.bytes[range.start] === 0x5b;
      if (range.depth > 0 && typeof range.key === 'string') {
        // Members of a list too large to be held: its items are wanted one by one.
        if (range.key === 'items' && isArray) return false;
        if (range.key === 'kind') listKind = String(parseRange(range));
        if (range.key === 'apiVersion') listApiVersion = String(parseRange(range));
        return true;
      }
      if (isArray) return false;
      const value = isObject ? parseRange(range) : undefined;
      if (isJsonObject(value)) {
        const isItem = range.depth > 0;
        reader.document(value, isItem ? listKind : '', isItem ? listApiVersion : '', range.line, range.byteOffset);
      } else return false;
      return true;
    },
    reject: (record) => collector.reject(record),
  });
  for await (const chunk of chunks) {
    stream.push(chunk);
    context.throwIfCancelled();
    if (collector.hasReady()) yield* collector.drain();
  }
  stream.finish();
}

async function* readYaml(
  chunks: AsyncIterable<Uint8Array>,
  reader: KubernetesReader,
  collector: RecordCollector,
  context: ImportContext,
): AsyncIterable<RecordBatch> {
  const splitter = new YamlSplitter(
    (piece) => readPiece(piece, reader, collector),
    (line, reason, excerpt) => collector.reject({ line, byteOffset: -1, reason, excerpt }),
  );
  for await (const block of lineBlocks(chunks, { warn: (text) => context.warn(text) })) {
    for (const text of block.texts) splitter.line(text);
    context.throwIfCancelled();
    if (collector.hasReady()) yield* collector.drain();
  }
  splitter.finish();
}

const KIND_LINES = /^( *)kind:\s*["']?([A-Za-z]+)/gm;

/** The kind of the object itself: the least indented of the kinds in its text. */
function kindOf(text: string): string | undefined {
  let kind: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const match of text.matchAll(KIND_LINES)) {
    const indent = match[1]?.length ?? 0;
    if (indent < least) {
      least = indent;
      kind = match[2];
    }
  }
  return kind;
}

function readPiece(piece: YamlPiece, reader: KubernetesReader, collector: RecordCollector): void {
  // Objects that will not be kept need not be understood.
  const kind = kindOf(piece.text) ?? piece.listKind.replace(/List$/, '');
  if (reader.skipsKind(kind)) return;
  let value: unknown;
  try {
    value = parseYamlPiece(piece.text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    collector.reject({
      line: piece.line,
      byteOffset: -1,
      reason: `The YAML document that begins here cannot be read: ${why.slice(0, 200)}`,
      excerpt: piece.text.slice(0, 1_000),
    });
    return;
  }
  if (isJsonObject(value))
    reader.document(value, piece.listKind.replace(/List$/, ''), piece.listApiVersion, piece.line, -1);
  else if (value !== null && value !== undefined)
    collector.reject({
      line: piece.line,
      byteOffset: -1,
      reason: 'A YAML document that is no Kubernetes object.',
      excerpt: piece.text.slice(0, 1_000),
    });
}
