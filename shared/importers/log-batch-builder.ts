/** Collects log records into columns; resources are interned per batch. */
import type { LogBatch } from '../model/log-record.ts';
import type { Attributes, Resource } from '../model/resource.ts';
import type { UnixNano } from '../model/time.ts';
import { ResourceTable } from './resource-table.ts';
import { halvesOf, writeHex128, writeHex64 } from './wide-integers.ts';

export interface LogFields {
  readonly timeUnixNano: UnixNano;
  readonly isTimeInferred?: boolean;
  /** SeverityNumber, 0 = unknown. */
  readonly severityNumber: number;
  /** From `resource()`. */
  readonly resource: number;
  readonly body: string;
  /** Compact JSON object, '' for none. */
  readonly attributesJson: string;
  /** Hex; anything that is not is taken as none. */
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  /** Non-empty physical lines; 1 unless told. */
  readonly lineCount?: number;
}

const CAPACITY = 8192;

function allocate(capacity: number) {
  const traceId = new BigUint64Array(2 * capacity);
  const spanId = new BigUint64Array(capacity);
  return {
    timeUnixNano: new BigInt64Array(capacity),
    isTimeInferred: new Uint8Array(capacity),
    severityNumber: new Uint8Array(capacity),
    resource: new Uint32Array(capacity),
    body: [] as string[],
    attributesJson: [] as string[],
    traceId,
    traceIdHalves: halvesOf(traceId),
    spanId,
    spanIdHalves: halvesOf(spanId),
    lineCount: new Uint32Array(capacity),
  };
}

export class LogBatchBuilder {
  readonly #capacity: number;
  readonly #resources = new ResourceTable();
  #columns: ReturnType<typeof allocate>;
  length = 0;

  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
    this.#columns = allocate(capacity);
  }

  /** Index of a resource with these attributes; entities follow from the attributes unless `override` names them. */
  resource(attributes: Attributes, override?: Partial<Resource>): number {
    return this.#resources.indexOf(attributes, override);
  }

  /** Index of a resource object; equal objects are told by identity, so pass the same one again. */
  resourceIndex(resource: Resource): number {
    return this.#resources.indexOfResource(resource);
  }

  add(record: LogFields): void {
    const row = this.length++;
    const columns = this.#columns;
    columns.timeUnixNano[row] = record.timeUnixNano;
    columns.isTimeInferred[row] = record.isTimeInferred ? 1 : 0;
    columns.severityNumber[row] = record.severityNumber;
    columns.resource[row] = record.resource;
    columns.body.push(record.body);
    columns.attributesJson.push(record.attributesJson);
    columns.lineCount[row] = record.lineCount ?? 1;
    if (record.traceId && !writeHex128(columns.traceIdHalves, row, record.traceId)) {
      columns.traceIdHalves.fill(0, 4 * row, 4 * row + 4);
    }
    if (record.spanId) writeHex64(columns.spanIdHalves, row, record.spanId);
  }

  isFull(): boolean {
    return this.length >= this.#capacity;
  }

  /** The batch so far; the builder starts anew and indexes given out before are void. */
  take(): LogBatch {
    const n = this.length;
    const full = n === this.#capacity;
    const c = this.#columns;
    const batch: LogBatch = {
      kind: 'logs',
      length: n,
      timeUnixNano: full ? c.timeUnixNano : c.timeUnixNano.slice(0, n),
      isTimeInferred: full ? c.isTimeInferred : c.isTimeInferred.slice(0, n),
      severityNumber: full ? c.severityNumber : c.severityNumber.slice(0, n),
      resource: full ? c.resource : c.resource.slice(0, n),
      body: c.body,
      attributesJson: c.attributesJson,
      traceId: full ? c.traceId : c.traceId.slice(0, 2 * n),
      spanId: full ? c.spanId : c.spanId.slice(0, n),
      lineCount: full ? c.lineCount : c.lineCount.slice(0, n),
      resources: this.#resources.take(),
    };
    this.#columns = allocate(this.#capacity);
    this.length = 0;
    return batch;
  }
}
