/**
 * Writes batches of spans: dictionary ids for everything that repeats, repeats of a span counted instead of stored. A
 * span is told by trace, span id, start, sender and kind, so that the client and server halves of a Zipkin call, which
 * share an id, stay two spans. Without a span id its name and duration tell.
 */
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
    const resources = batch.resources.map((resource) => dictionaries.resource(resource, 'spans', sourceFileId));
    const names = batch.names.map((name) => dictionaries.nameId(name));
    const peers = batch.peers.map((peer) => dictionaries.entityId(peer));
    const traceWords = wordsOf(batch.traceId);
    const spanWords = wordsOf(batch.spanId);
    const startWords = wordsOf(batch.startTimeUnixNano);
    const spanIds = signed(batch.spanId);
    const parentIds = signed(batch.parentSpanId);
    const parentWords = wordsOf(batch.parentSpanId);
    const { values } = this.#insert;
    const { columns } = this.#block;
    let kept = 0;
    for (let i = 0; i < batch.length; i++) {
      const trace = dictionaries.traces.rowOf(traceWords, i * 4);
      const resource = resources[batch.resource[i] ?? 0] ?? NO_RESOURCE;
      const name = names[batch.name[i] ?? 0] ?? 0;
      const kind = batch.spanKind[i] ?? 0;
      const duration = Math.round(batch.durationNs[i] ?? 0);
      const isNew = this.#isNew(
        trace,
        spanWords[i * 2 + 1] ?? 0,
        spanWords[i * 2] ?? 0,
        startWords[i * 2 + 1] ?? 0,
        startWords[i * 2] ?? 0,
        resource.ownerId,
        kind,
        name,
        duration,
      );
      if (!isNew) continue;
      kept++;
      const start = batch.startTimeUnixNano[i] ?? 0n;
      times.add(start, duration);
      const parent = parentIds[i] ?? 0n;
      const peer = batch.peer[i] ?? NO_INDEX;
      if (this.#block.isFull) this.flushBlock();
      const at = this.#insert.nextRow();
      values[at] = sourceFileId;
      values[at + 1] = trace;
      values[at + 2] = spanIds[i] ?? 0n;
      values[at + 3] = parent === 0n ? null : parent;
      values[at + 4] = start;
      values[at + 5] = duration;
      values[at + 6] = resource.id;
      values[at + 7] = resource.entityId;
      values[at + 8] = name;
      values[at + 9] = kind;
      values[at + 10] = batch.status[i] ?? 0;
      values[at + 11] = peer === NO_INDEX ? null : (peers[peer] ?? null);
      values[at + 12] = unpackString(batch.attributes, i) || null;
      values[at + 13] = unpackString(batch.extra, i) || null;
      const row = this.#block.next();
      columns.time[row * 2] = startWords[i * 2] ?? 0;
      columns.time[row * 2 + 1] = startWords[i * 2 + 1] ?? 0;
      columns.duration[row] = duration;
      columns.spanId[row * 2] = spanWords[i * 2] ?? 0;
      columns.spanId[row * 2 + 1] = spanWords[i * 2 + 1] ?? 0;
      columns.parentId[row * 2] = parentWords[i * 2] ?? 0;
      columns.parentId[row * 2 + 1] = parentWords[i * 2 + 1] ?? 0;
      columns.trace[row] = trace;
      columns.resource[row] = resource.id;
      columns.name[row] = name;
      columns.peer[row] = peer === NO_INDEX ? 0 : (peers[peer] ?? 0);
      columns.kindStatus[row] = kind * 4 + (batch.status[i] ?? 0);
    }
    this.#insert.flush();
    return kept;
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
