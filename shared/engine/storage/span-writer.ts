/**
 * Writes batches of spans: dictionary ids for everything that repeats, repeats of a span counted instead of stored. A
 * span is told by trace, span id, start, sender and kind, so that the client and server halves of a Zipkin call, which
 * share an id, stay two spans. Without a span id its name and duration tell.
 */
import { Utf8TextsReader } from '../../base/utf8-texts.ts';
import { NO_INDEX } from '../../model/span.ts';
import type { CaseDatabase } from './case-database.ts';
import type { CaseDictionaries, KnownResource } from './case-dictionaries.ts';
import { BlockBuilder, runsAfter } from './column-blocks.ts';
import { HashSet64 } from './hash-set-64.ts';
import { finishHash, mixWord } from './hash-words.ts';
import type { BulkInsert } from './statements/bulk-insert.ts';
import { highestRow } from './statements/column-blocks.ts';
import { allResources } from './statements/dictionaries.ts';
import { spanInsert } from './statements/signals.ts';
import { unpackString, type StorableSpanBatch } from './storable-batch.ts';
import type { FileTimes } from './time-extent.ts';

const HIGH_SEED = 0x2545f491;
const LOW_SEED = 0x9e3779b9;

export class SpanWriter {
  readonly #insert: BulkInsert;
  readonly #seen = new HashSet64();
  readonly #block: BlockBuilder<'spans'>;

  constructor(database: CaseDatabase, stepAside?: () => void) {
    this.#insert = spanInsert(database, stepAside);
    this.#block = new BlockBuilder(database, 'spans');
    this.#remember(database);
  }

  /** The spans that are there already, from their column blocks: a million takes a quarter of a second. */
  #remember(database: CaseDatabase): void {
    const known = highestRow(database, 'spans');
    if (known === 0) return;
    this.#seen.reserve(known);
    const ownerOf = ownerByResource(database);
    for (const { rows, columns } of runsAfter(database, 'spans', 0)) {
      const { trace, spanId, time, resource, kindStatus, name, duration } = columns;
      for (let i = 0; i < rows; i++) {
        this.#isNew(
          trace[i]!,
          spanId[i * 2 + 1]!,
          spanId[i * 2]!,
          time[i * 2 + 1]!,
          time[i * 2]!,
          ownerOf[resource[i]!] ?? 0,
          kindStatus[i]! >> 2,
          name[i]!,
          duration[i]!,
        );
      }
    }
  }

  /** Returns the number of spans kept; the rest were repeats. */
  write(batch: StorableSpanBatch, sourceFileId: number, dictionaries: CaseDictionaries, times: FileTimes): number {
    const source = sourceOf(batch, sourceFileId, dictionaries);
    let kept = 0;
    for (let i = 0; i < batch.length; i++) if (this.#writeRow(source, i, times)) kept++;
    this.#insert.flush();
    return kept;
  }

  /** False for a repeat. A method of its own, so that it is compiled once and not anew inside every loop around it. */
  #writeRow(source: SpanSource, i: number, times: FileTimes): boolean {
    const { batch, startWords, spanWords } = source;
    const resource = source.resources[batch.resource[i]!] ?? NO_RESOURCE;
    const name = source.names[batch.name[i]!] ?? 0;
    const duration = Math.round(batch.durationNs[i]!);
    const isNew = this.#isNew(
      source.traces[i]!,
      spanWords[i * 2 + 1]!,
      spanWords[i * 2]!,
      startWords[i * 2 + 1]!,
      startWords[i * 2]!,
      resource.ownerId,
      batch.spanKind[i]!,
      name,
      duration,
    );
    if (!isNew) return false;
    times.addWords(startWords[i * 2 + 1]!, startWords[i * 2]!, duration);
    const peer = batch.peer[i] === NO_INDEX ? 0 : (source.peers[batch.peer[i]!] ?? 0);
    if (this.#block.isFull) this.flushBlock();
    this.#insertRow(source, i, { resource, name, duration, peer });
    this.#addToBlock(source, i, { resource, name, duration, peer });
    return true;
  }

  #insertRow(source: SpanSource, i: number, { resource, name, duration, peer }: ResolvedSpan): void {
    const { batch, spanIds, parentIds, parentWords } = source;
    const { values } = this.#insert;
    const at = this.#insert.nextRow();
    values[at] = source.sourceFileId;
    values[at + 1] = source.traces[i]!;
    values[at + 2] = spanIds[i]!;
    values[at + 3] = (parentWords[i * 2]! | parentWords[i * 2 + 1]!) === 0 ? null : parentIds[i]!;
    values[at + 4] = batch.startTimeUnixNano[i]!;
    values[at + 5] = duration;
    values[at + 6] = resource.id;
    values[at + 7] = resource.entityId;
    values[at + 8] = name;
    values[at + 9] = batch.spanKind[i]!;
    values[at + 10] = batch.status[i]!;
    values[at + 11] = peer || null;
    values[at + 12] = source.attributes.at(i) || null;
    values[at + 13] = source.extras[batch.extra.index[i]!] || null;
  }

  #addToBlock(source: SpanSource, i: number, { resource, name, duration, peer }: ResolvedSpan): void {
    const { batch, startWords, spanWords, parentWords } = source;
    const { columns } = this.#block;
    const row = this.#block.next();
    columns.time[row * 2] = startWords[i * 2]!;
    columns.time[row * 2 + 1] = startWords[i * 2 + 1]!;
    columns.duration[row] = duration;
    columns.spanId[row * 2] = spanWords[i * 2]!;
    columns.spanId[row * 2 + 1] = spanWords[i * 2 + 1]!;
    columns.parentId[row * 2] = parentWords[i * 2]!;
    columns.parentId[row * 2 + 1] = parentWords[i * 2 + 1]!;
    columns.trace[row] = source.traces[i]!;
    columns.resource[row] = resource.id;
    columns.name[row] = name;
    columns.peer[row] = peer;
    columns.kindStatus[row] = batch.spanKind[i]! * 4 + batch.status[i]!;
  }

  /** Writes the column block of the rows given so far; in their transaction. */
  flushBlock(): void {
    this.#insert.flush();
    this.#block.flush();
  }
  discardBlock(): void {
    this.#block.discard();
  }

  #isNew(
    trace: number,
    idHigh: number,
    idLow: number,
    startHigh: number,
    startLow: number,
    owner: number,
    kind: number,
    name: number,
    duration: number,
  ): boolean {
    let high = HIGH_SEED;
    let low = LOW_SEED;
    const hasId = (idHigh | idLow) !== 0;
    // The two halves mix the words in different orders, which makes them independent enough for 64 bits.
    high = mixWord(mixWord(mixWord(high, trace), hasId ? idHigh : name), hasId ? idLow : duration | 0);
    high = mixWord(mixWord(mixWord(mixWord(high, startHigh), startLow), owner), kind);
    low = mixWord(mixWord(mixWord(mixWord(low, kind), owner), startLow), startHigh);
    low = mixWord(mixWord(mixWord(low, hasId ? idLow : duration | 0), hasId ? idHigh : name), trace);
    return this.#seen.add(finishHash(high), finishHash(low));
  }
}

/** A batch with the dictionary rows of what it names; 64-bit columns also as words, low word first. */
interface SpanSource {
  readonly batch: StorableSpanBatch;
  readonly sourceFileId: number;
  readonly resources: readonly KnownResource[];
  readonly names: readonly number[];
  readonly peers: readonly number[];
  readonly attributes: Utf8TextsReader;
  readonly extras: readonly string[];
  /** By span. */
  readonly traces: Int32Array;
  readonly spanIds: BigInt64Array;
  readonly parentIds: BigInt64Array;
  readonly spanWords: Int32Array;
  readonly parentWords: Int32Array;
  readonly startWords: Int32Array;
}
interface ResolvedSpan {
  readonly resource: KnownResource;
  readonly name: number;
  readonly duration: number;
  /** Entity id, 0 = none. */
  readonly peer: number;
}

function sourceOf(batch: StorableSpanBatch, sourceFileId: number, dictionaries: CaseDictionaries): SpanSource {
  const { strings } = batch.extra;
  return {
    batch,
    sourceFileId,
    resources: batch.resources.map((resource) => dictionaries.resource(resource, 'spans', sourceFileId)),
    names: batch.names.map((name) => dictionaries.nameId(name)),
    peers: batch.peers.map((peer) => dictionaries.entityId(peer)),
    attributes: new Utf8TextsReader(batch.attributesJson),
    extras: Array.from(strings.ends, (_, i) => unpackString(strings, i)),
    traces: dictionaries.traces.rowsOf(wordsOf(batch.traceId), { isZeroNone: false }),
    spanIds: signed(batch.spanId),
    parentIds: signed(batch.parentSpanId),
    spanWords: wordsOf(batch.spanId),
    parentWords: wordsOf(batch.parentSpanId),
    startWords: wordsOf(batch.startTimeUnixNano),
  };
}

/** As `KnownResource.ownerId`, by resource id. */
function ownerByResource(database: CaseDatabase): Int32Array {
  const resources = allResources(database);
  const ownerOf = new Int32Array((resources.at(-1)?.id ?? 0) + 1);
  for (const { id, entityId } of resources) ownerOf[id] = entityId ?? -id;
  return ownerOf;
}

const NO_RESOURCE: KnownResource = { id: 0, entityId: null, ownerId: 0 };

/** The 64-bit numbers of a column as pairs of 32-bit words, low word first (every platform Node runs on). */
export function wordsOf(column: BigUint64Array | BigInt64Array): Int32Array {
  return new Int32Array(column.buffer, column.byteOffset, column.length * 2);
}

/** SQLite integers are signed; the bits stay. */
export function signed(column: BigUint64Array): BigInt64Array {
  return new BigInt64Array(column.buffer, column.byteOffset, column.length);
}
