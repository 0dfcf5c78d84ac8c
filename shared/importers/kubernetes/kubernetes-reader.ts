/** Sends each Kubernetes document to where its kind belongs, and counts what is left out. One reader reads one file. */
import type { ImportContext } from '../importer.ts';
import { isJsonObject, listAt, textAt, type JsonObject } from '../json-access.ts';
import type { RecordCollector } from '../record-collector.ts';
import { addAuditEvent, isAuditEvent, isEarlyStage } from './audit-record.ts';
import { readEvent } from './event-record.ts';
import { readObject } from './kubernetes-object.ts';
import { addObject, isKeptKind } from './object-records.ts';

/** Events remembered to tell a page collected twice. */
const MAX_REMEMBERED = 100_000;

export class KubernetesReader {
  readonly #collector: RecordCollector;
  readonly #context: ImportContext;
  readonly #seenEvents = new Set<string>();
  readonly #leftOut = new Map<string, number>();
  #items = 0;
  #earlyStages = 0;

  constructor(collector: RecordCollector, context: ImportContext) {
    this.#collector = collector;
    this.#context = context;
  }

  /** True, and counted, when objects of the kind are left out unread. */
  skipsKind(kind: string): boolean {
    if (kind === '' || kind === 'Event' || kind.endsWith('List') || isKeptKind(kind)) return false;
    this.#leaveOut(kind);
    return true;
  }

  /** A document: an object, or a list of objects. `kind` is what the list around it says. */
  document(value: JsonObject, kind: string, apiVersion: string, line: number, byteOffset: number): void {
    const ownKind = textAt(value, 'kind');
    const isList = Array.isArray(value['items']) || (ownKind.endsWith('List') && value['metadata'] !== undefined);
    if (isList) {
      const itemKind = ownKind === 'List' ? '' : ownKind.replace(/List$/, '');
      for (const item of listAt(value, 'items'))
        if (isJsonObject(item)) this.#item(item, itemKind, textAt(value, 'apiVersion'), line, byteOffset);
        else this.#reject(item, 'An item of a Kubernetes list that is no object.', line, byteOffset);
      return;
    }
    // `kubectl get --watch -o json` and API watches wrap each object.
    const watched = value['object'];
    if (isJsonObject(watched) && value['type'] !== undefined && ownKind === '')
      this.#item(watched, '', '', line, byteOffset);
    else this.#item(value, kind === 'List' ? '' : kind, apiVersion, line, byteOffset);
  }

  finish(): void {
    // One line per item, as `kubectl get` prints them.
    this.#context.countOther('lines', this.#items);
    if (this.#earlyStages > 0)
      this.#context.warn(
        `${this.#earlyStages} audit events of earlier stages are left out; the completed request says more`,
      );
    if (this.#leftOut.size === 0) return;
    const kinds = [...this.#leftOut].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const named = kinds.slice(0, 8).map(([kind, count]) => `${count} ${kind}`);
    const more = kinds.length > 8 ? ` and ${kinds.length - 8} more kinds` : '';
    this.#context.warn(`objects without a place in the topology were counted but not kept: ${named.join(', ')}${more}`);
  }

  #item(value: JsonObject, kind: string, apiVersion: string, line: number, byteOffset: number): void {
    const object = readObject(value, kind, apiVersion);
    if (object.kind === 'Event' && isAuditEvent(object.apiVersion)) {
      this.#items += 1;
      if (isEarlyStage(value)) {
        this.#earlyStages += 1;
        this.#context.countDuplicates(1);
      } else addAuditEvent(value, this.#context.fileTime, this.#collector);
    } else if (object.kind === 'Event') this.#event(value, line, byteOffset);
    else if (object.kind === '' ? object.name === '' : object.name === '' && isKeptKind(object.kind))
      this.#reject(value, 'No Kubernetes object: kind or metadata.name is missing.', line, byteOffset);
    else if (isKeptKind(object.kind)) {
      this.#items += 1;
      addObject(object, this.#context.fileTime, this.#collector);
    } else this.#leaveOut(object.kind === '' ? 'object of a kind not told' : object.kind);
  }

  #event(value: JsonObject, line: number, byteOffset: number): void {
    const event = readEvent(value, this.#context.fileTime);
    if (event === undefined) {
      this.#reject(value, 'A Kubernetes event without reason, message and object.', line, byteOffset);
      return;
    }
    const key = `${event.externalId}\0${event.count}\0${event.endTime}`;
    if (this.#seenEvents.has(key)) {
      this.#context.countDuplicates(1);
      return;
    }
    if (this.#seenEvents.size < MAX_REMEMBERED) this.#seenEvents.add(key);
    this.#items += 1;
    this.#collector.object({ event });
  }

  #leaveOut(kind: string): void {
    this.#items += 1;
    this.#leftOut.set(kind, (this.#leftOut.get(kind) ?? 0) + 1);
  }

  #reject(value: unknown, reason: string, line: number, byteOffset: number): void {
    this.#collector.reject({ line, byteOffset, reason, excerpt: (JSON.stringify(value) ?? '').slice(0, 1_000) });
  }
}
