/**
 * Collects spans into columns. Names, resources and peers are interned per batch, so a batch can travel alone.
 * Invariant: columns 0 … length-1 are complete; a span that cannot be written leaves no trace.
 */
import { Utf8TextsBuilder } from '../base/utf8-texts.ts';
import type { EntityRef } from '../model/entity.ts';
import { entityKey } from '../model/entity.ts';
import type { Attributes, Resource } from '../model/resource.ts';
import { NO_INDEX, type SpanBatch } from '../model/span.ts';
import type { UnixNano } from '../model/time.ts';
import { ResourceTable } from './resource-table.ts';
import { halvesOf, writeHex128, writeHex64 } from './wide-integers.ts';

export interface SpanFields {
  /** Up to 32 hex digits. */
  readonly traceId: string;
  /** Up to 16 hex digits, '' for none. */
  readonly spanId: string;
  /** Up to 16 hex digits, '' for a root. */
  readonly parentSpanId: string;
  readonly startTimeUnixNano: UnixNano;
  readonly durationNs: number;
  readonly spanKind: number;
  readonly status: number;
  /** From `resource()`. */
  readonly resource: number;
  readonly name: string;
  readonly attributesJson: string;
  readonly peer?: EntityRef | undefined;
  readonly extraJson: string;
}

const CAPACITY = 8192;

function allocate(capacity: number) {
  const traceId = new BigUint64Array(2 * capacity);
  const spanId = new BigUint64Array(capacity);
  const parentSpanId = new BigUint64Array(capacity);
  const startTimeUnixNano = new BigInt64Array(capacity);
  return {
    traceId,
    traceIdHalves: halvesOf(traceId),
    spanId,
    spanIdHalves: halvesOf(spanId),
    parentSpanId,
    parentSpanIdHalves: halvesOf(parentSpanId),
    startTimeUnixNano,
    startHalves: halvesOf(startTimeUnixNano),
    durationNs: new Float64Array(capacity),
    spanKind: new Uint8Array(capacity),
    status: new Uint8Array(capacity),
    resource: new Uint32Array(capacity),
    name: new Uint32Array(capacity),
    peer: new Uint32Array(capacity),
    extraJson: [] as string[],
  };
}
/**
 * Columns being filled; a fast reader writes row `length` itself and then calls `commitRow`, and before the batch is taken
 * `attributes.addMany`.
 */
export type SpanColumns = ReturnType<typeof allocate>;

export class SpanBatchBuilder {
  readonly #capacity: number;
  readonly #resources = new ResourceTable();
  #nameIndex = new Map<string, number>();
  #names: string[] = [];
  #peerIndex = new Map<string, number>();
  #peers: EntityRef[] = [];
  columns: SpanColumns;
  readonly attributes: Utf8TextsBuilder;
  length = 0;

  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
    this.columns = allocate(capacity);
    this.attributes = new Utf8TextsBuilder(capacity);
  }

  /** Index of a resource with these attributes; entities follow from the attributes unless `override` names them. */
  resource(attributes: Attributes, override?: Partial<Resource>): number {
    return this.#resources.indexOf(attributes, override);
  }

  /** Index of a resource object; equal objects are told by identity, so pass the same one again. */
  resourceIndex(resource: Resource): number {
    return this.#resources.indexOfResource(resource);
  }

  nameIndex(name: string): number {
    let index = this.#nameIndex.get(name);
    if (index === undefined) {
      index = this.#names.push(name) - 1;
      this.#nameIndex.set(name, index);
    }
    return index;
  }

  peerIndex(peer: EntityRef | undefined): number {
    if (peer === undefined) return NO_INDEX;
    const key = entityKey(peer);
    let index = this.#peerIndex.get(key);
    if (index === undefined) {
      index = this.#peers.push(peer) - 1;
      this.#peerIndex.set(key, index);
    }
    return index;
  }

  /** Adds one span. Returns a sentence when it cannot be kept (bad id, negative duration), else undefined. */
  add(span: SpanFields): string | undefined {
    const row = this.length;
    const columns = this.columns;
    if (!writeHex128(columns.traceIdHalves, row, span.traceId)) return `Trace id "${span.traceId}" is not hex.`;
    if (!writeHex64(columns.spanIdHalves, row, span.spanId)) return `Span id "${span.spanId}" is not hex.`;
    if (!writeHex64(columns.parentSpanIdHalves, row, span.parentSpanId)) {
      return `Parent span id "${span.parentSpanId}" is not hex.`;
    }
    if (!(span.durationNs >= 0)) return 'The span ends before it begins.';
    columns.startTimeUnixNano[row] = span.startTimeUnixNano;
    columns.durationNs[row] = span.durationNs;
    columns.spanKind[row] = span.spanKind;
    columns.status[row] = span.status;
    columns.resource[row] = span.resource;
    columns.name[row] = this.nameIndex(span.name);
    columns.peer[row] = this.peerIndex(span.peer);
    this.attributes.add(span.attributesJson);
    this.commitRow(span.extraJson);
    return undefined;
  }

  /** Completes the row a fast reader has written into `columns`. */
  commitRow(extraJson: string): void {
    this.columns.extraJson.push(extraJson);
    this.length++;
  }

  isFull(): boolean {
    return this.length >= this.#capacity;
  }

  /** The batch so far; the builder starts anew and indexes given out before are void. */
  take(): SpanBatch {
    const n = this.length;
    const full = n === this.#capacity;
    const c = this.columns;
    const batch: SpanBatch = {
      kind: 'spans',
      length: n,
      traceId: full ? c.traceId : c.traceId.slice(0, 2 * n),
      spanId: full ? c.spanId : c.spanId.slice(0, n),
      parentSpanId: full ? c.parentSpanId : c.parentSpanId.slice(0, n),
      startTimeUnixNano: full ? c.startTimeUnixNano : c.startTimeUnixNano.slice(0, n),
      durationNs: full ? c.durationNs : c.durationNs.slice(0, n),
      spanKind: full ? c.spanKind : c.spanKind.slice(0, n),
      status: full ? c.status : c.status.slice(0, n),
      resource: full ? c.resource : c.resource.slice(0, n),
      name: full ? c.name : c.name.slice(0, n),
      peer: full ? c.peer : c.peer.slice(0, n),
      attributesJson: this.attributes.take(),
      extraJson: c.extraJson,
      resources: this.#resources.take(),
      names: this.#names,
      peers: this.#peers,
    };
    this.#nameIndex = new Map();
    this.#names = [];
    this.#peerIndex = new Map();
    this.#peers = [];
    this.columns = allocate(this.#capacity);
    this.length = 0;
    return batch;
  }
}
