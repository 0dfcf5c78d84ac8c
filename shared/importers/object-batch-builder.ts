/** Collects the low-volume records: alerts, changes, events, declared entities and edges; and what was rejected. */
import type { Alert } from '../model/alert.ts';
import type { ChangeEvent } from '../model/change-event.ts';
import type { DeclaredEdge, DeclaredEntity } from '../model/edge.ts';
import type { PlatformEvent } from '../model/event.ts';
import type { ObjectBatch, RejectedBatch, RejectedRecord } from '../model/record-batch.ts';

export interface ObjectFields {
  readonly alert?: Alert;
  readonly change?: ChangeEvent;
  readonly event?: PlatformEvent;
  readonly entity?: DeclaredEntity;
  readonly edge?: DeclaredEdge;
}

const CAPACITY = 4096;

export class ObjectBatchBuilder {
  readonly #capacity: number;
  #alerts: Alert[] = [];
  #changes: ChangeEvent[] = [];
  #events: PlatformEvent[] = [];
  #entities: DeclaredEntity[] = [];
  #edges: DeclaredEdge[] = [];
  length = 0;

  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
  }

  add(record: ObjectFields): void {
    if (record.alert) this.length += Number(this.#alerts.push(record.alert) > 0);
    if (record.change) this.length += Number(this.#changes.push(record.change) > 0);
    if (record.event) this.length += Number(this.#events.push(record.event) > 0);
    if (record.entity) this.length += Number(this.#entities.push(record.entity) > 0);
    if (record.edge) this.length += Number(this.#edges.push(record.edge) > 0);
  }

  isFull(): boolean {
    return this.length >= this.#capacity;
  }

  take(): ObjectBatch {
    const batch: ObjectBatch = {
      kind: 'objects',
      alerts: this.#alerts,
      changes: this.#changes,
      events: this.#events,
      entities: this.#entities,
      edges: this.#edges,
    };
    this.#alerts = [];
    this.#changes = [];
    this.#events = [];
    this.#entities = [];
    this.#edges = [];
    this.length = 0;
    return batch;
  }
}

/** Longest start of an offending text that is kept. */
const MAX_EXCERPT = 1000;

export class RejectedBatchBuilder {
  readonly #capacity: number;
  #records: RejectedRecord[] = [];

  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#records.length;
  }

  add(record: RejectedRecord): void {
    this.#records.push(
      record.excerpt.length > MAX_EXCERPT ? { ...record, excerpt: record.excerpt.slice(0, MAX_EXCERPT) } : record,
    );
  }

  isFull(): boolean {
    return this.#records.length >= this.#capacity;
  }

  take(): RejectedBatch {
    const records = this.#records;
    this.#records = [];
    return { kind: 'rejected', records };
  }
}
