/** Writes alerts, changes, events, declared entities and edges. Records that come twice complete the first copy. */
import type { Alert } from '../../model/alert.ts';
import type { ChangeEvent } from '../../model/change-event.ts';
import type { EntityRef } from '../../model/entity.ts';
import type { PlatformEvent } from '../../model/event.ts';
import type { RecordKey } from '../../model/import-report.ts';
import type { ObjectBatch, RejectedBatch } from '../../model/record-batch.ts';
import type { CaseDatabase } from './case-database.ts';
import { jsonOrNull, type CaseDictionaries } from './case-dictionaries.ts';
import * as rows from './statements/objects.ts';
import { clampToInt64, type FileTimes } from './time-extent.ts';

export interface ObjectCounts {
  readonly kept: Partial<Record<RecordKey, number>>;
  readonly duplicates: number;
}

export class ObjectWriter {
  readonly #insertAlert;
  readonly #updateAlert;
  readonly #insertChange;
  readonly #updateChange;
  readonly #insertEvent;
  readonly #updateEvent;
  readonly #insertEdge;
  readonly #insertQuarantined;
  readonly #subjects: Record<rows.SubjectTable, (rowId: number, position: number, entityId: number) => void>;

  constructor(database: CaseDatabase) {
    this.#insertAlert = rows.insertAlert(database);
    this.#updateAlert = rows.updateRepeatedAlert(database);
    this.#insertChange = rows.insertChange(database);
    this.#updateChange = rows.updateRepeatedChange(database);
    this.#insertEvent = rows.insertEvent(database);
    this.#updateEvent = rows.updateRepeatedEvent(database);
    this.#insertEdge = rows.insertEdge(database);
    this.#insertQuarantined = rows.insertQuarantined(database);
    this.#subjects = {
      alert: rows.insertSubject(database, 'alert'),
      change: rows.insertSubject(database, 'change'),
      event: rows.insertSubject(database, 'event'),
    };
  }

  write(batch: ObjectBatch, sourceFileId: number, dictionaries: CaseDictionaries, times: FileTimes): ObjectCounts {
    const kept: Partial<Record<RecordKey, number>> = {};
    let duplicates = 0;
    const tally = <T>(key: RecordKey, items: readonly T[] | undefined, isKept: (item: T) => boolean): void => {
      for (const item of items ?? []) {
        if (isKept(item)) kept[key] = (kept[key] ?? 0) + 1;
        else duplicates++;
      }
    };
    tally('entities', batch.entities, (entity) => dictionaries.declare(entity, 'declared') > 0);
    tally('alerts', batch.alerts, (alert) => this.#alert(alert, sourceFileId, dictionaries, times));
    tally('changes', batch.changes, (change) => this.#change(change, sourceFileId, dictionaries, times));
    tally('events', batch.events, (event) => this.#event(event, sourceFileId, dictionaries, times));
    tally('edges', batch.edges, ({ edgeKind, from, to, provenance, attributes }) =>
      this.#insertEdge({
        sourceFileId,
        kind: edgeKind,
        fromId: dictionaries.entityId(from),
        toId: dictionaries.entityId(to),
        provenance,
        attributes: jsonOrNull(attributes),
      }),
    );
    return { kept, duplicates };
  }

  writeRejected({ records }: RejectedBatch, sourceFileId: number): void {
    for (const { line, byteOffset, reason, excerpt } of records) {
      this.#insertQuarantined(sourceFileId, line, byteOffset, reason, excerpt.slice(0, MAX_EXCERPT_LENGTH));
    }
  }

  #alert(alert: Alert, sourceFileId: number, dictionaries: CaseDictionaries, times: FileTimes): boolean {
    const row: rows.AlertRow = {
      sourceFileId,
      externalId: alert.externalId,
      name: alert.name,
      summary: alert.summary,
      severity: alert.severity,
      state: alert.state,
      startTime: clampToInt64(alert.startTime),
      endTime: alert.endTime === undefined ? null : clampToInt64(alert.endTime),
      labels: jsonOrNull(alert.labels),
      annotations: jsonOrNull(alert.annotations),
      signal: alert.signal ? JSON.stringify(alert.signal) : null,
      sourceUrl: alert.sourceUrl ?? null,
    };
    return this.#keep('alert', this.#insertAlert(row), alert, dictionaries, times, () => this.#updateAlert(row));
  }

  #change(change: ChangeEvent, sourceFileId: number, dictionaries: CaseDictionaries, times: FileTimes): boolean {
    const row: rows.ChangeRow = {
      sourceFileId,
      externalId: change.externalId,
      kind: change.changeKind,
      title: change.title,
      status: change.status,
      startTime: clampToInt64(change.startTime),
      endTime: change.endTime === undefined ? null : clampToInt64(change.endTime),
      revision: change.revision ?? null,
      author: change.author ?? null,
      description: change.description ?? null,
      attributes: jsonOrNull(change.attributes),
      sourceUrl: change.sourceUrl ?? null,
    };
    return this.#keep('change', this.#insertChange(row), change, dictionaries, times, () => this.#updateChange(row));
  }

  #event(event: PlatformEvent, sourceFileId: number, dictionaries: CaseDictionaries, times: FileTimes): boolean {
    const row: rows.EventRow = {
      sourceFileId,
      externalId: event.externalId,
      reason: event.reason,
      message: event.message,
      severity: event.severity,
      startTime: clampToInt64(event.startTime),
      endTime: clampToInt64(event.endTime),
      count: event.count,
      isTimeInferred: event.isTimeInferred ? 1 : 0,
      attributes: jsonOrNull(event.attributes),
    };
    return this.#keep('event', this.#insertEvent(row), event, dictionaries, times, () => this.#updateEvent(row));
  }

  /** Links a new row to what it is about, or completes the copy that is there. */
  #keep(
    table: rows.SubjectTable,
    rowId: number | undefined,
    record: Dated,
    dictionaries: CaseDictionaries,
    times: FileTimes,
    complete: () => void,
  ): boolean {
    if (rowId === undefined) {
      complete();
      return false;
    }
    record.entities.forEach((ref, position) => this.#subjects[table](rowId, position, dictionaries.entityId(ref)));
    if (record.isTimeInferred) times.addInferred(clampToInt64(record.startTime));
    else times.add(clampToInt64(record.startTime));
    if (record.endTime !== undefined && record.endTime > record.startTime) times.add(clampToInt64(record.endTime));
    return true;
  }
}

interface Dated {
  readonly startTime: bigint;
  readonly endTime?: bigint | undefined;
  readonly isTimeInferred?: boolean | undefined;
  readonly entities: readonly EntityRef[];
}
const MAX_EXCERPT_LENGTH = 1_000;
