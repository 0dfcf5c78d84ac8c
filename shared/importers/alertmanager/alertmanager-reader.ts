/**
 * Reads Alertmanager JSON: API v2 alerts, alert groups and silences, webhook notifications (version 4, also Grafana's),
 * single or many. Invariant: an alert that is told more than once is one alert with its latest state; the repeats are
 * counted as duplicates.
 */
import type { Alert, AlertState } from '../../model/alert.ts';
import type { UnixNano } from '../../model/time.ts';
import type { ImportContext } from '../importer.ts';
import { isObject, listOf, numberOf, textOf, type JsonObject } from '../json-fields.ts';
import type { JsonPath, JsonPlace } from '../json-stream/json-values.ts';
import { alertTime, labelSetId, labelsOf, makeAlert } from '../prometheus-alert.ts';
import type { RecordCollector } from '../record-collector.ts';
import type { JsonRecordReader } from '../run-json-import.ts';

/** Alerts held to fold repeats into; beyond, they are handed out and a later repeat counts anew. */
const MAX_HELD = 100_000;
const MAX_NESTING = 4;

export class AlertmanagerReader implements JsonRecordReader {
  readonly #collector: RecordCollector;
  readonly #context: ImportContext;
  #held = new Map<string, Alert>();

  constructor(collector: RecordCollector, context: ImportContext) {
    this.#collector = collector;
    this.#context = context;
  }

  isRecord(path: JsonPath): boolean {
    const last = path.at(-1);
    return typeof last === 'string' ? last !== 'alerts' && last !== 'data' : path.at(-2) === 'alerts';
  }

  value(value: unknown, place: JsonPlace): void {
    const last = place.path.at(-1);
    if (last === undefined || typeof last === 'number') this.#document(value, place, 0, '');
    else if (last === 'alerts' || last === 'data') {
      for (const alert of listOf(value)) this.#document(alert, place, 1, '');
    } else if (last === 'truncatedAlerts') this.#reportTruncation(value);
  }

  leave(_path: JsonPath): void {
    this.#context.throwIfCancelled();
  }

  finish(): void {
    for (const alert of this.#held.values()) this.#collector.object({ alert });
    this.#held = new Map();
  }

  #document(value: unknown, place: JsonPlace, nesting: number, outerState: string): void {
    if (Array.isArray(value) && nesting < MAX_NESTING) {
      for (const item of value) this.#document(item, place, nesting + 1, outerState);
    } else if (!isObject(value)) place.reject('An alert has to be a JSON object.', value);
    else if (Array.isArray(value['alerts']) && nesting < MAX_NESTING) {
      this.#reportTruncation(value['truncatedAlerts']);
      for (const alert of value['alerts']) this.#document(alert, place, nesting + 1, textOf(value['status']));
    } else if (Array.isArray(value['matchers']) && !('labels' in value)) {
      place.reject('A silence tells which alerts were muted; it is no alert itself and is only kept here.', value);
    } else if (Array.isArray(value['data']) && nesting < MAX_NESTING)
      this.#document(value['data'], place, nesting + 1, '');
    else if (isObject(value['labels'])) this.#alert(value, place, outerState);
    else place.reject('The document speaks of alerts but holds none: no "labels" with "startsAt".', value);
  }

  #reportTruncation(value: unknown): void {
    const count = numberOf(value);
    if (count > 0) this.#context.warn(`Alertmanager left out ${count} alerts of a notification (truncatedAlerts).`);
  }

  #alert(alert: JsonObject, place: JsonPlace, outerState: string): void {
    const startTime = alertTime(alert['startsAt']) ?? alertTime(alert['activeAt']);
    if (startTime === undefined) return place.reject('The alert has no start time (startsAt).', alert);
    const labels = labelsOf(alert['labels']);
    const { state, endTime } = this.#stateOf(alert, outerState);
    this.#hold(
      makeAlert({
        externalId: textOf(alert['fingerprint']) || labelSetId(labels),
        labels,
        annotations: labelsOf(alert['annotations']),
        state,
        startTime,
        endTime,
        generatorUrl: textOf(alert['generatorURL']) || textOf(alert['panelURL']),
      }),
    );
  }

  /**
   * An end in the future is when the alert would time out, not when it ended. "Future" is seen from the last update, else
   * from the time the file was written.
   */
  #stateOf(
    alert: JsonObject,
    outerState: string,
  ): { readonly state: AlertState; readonly endTime: UnixNano | undefined } {
    const status = alert['status'];
    const word = isObject(status) ? textOf(status['state']) : textOf(status) || outerState;
    const end = alertTime(alert['endsAt']);
    const now = alertTime(alert['updatedAt']) ?? this.#context.fileTime;
    const isOver = end !== undefined && (now === undefined || end <= now);
    if (word === 'suppressed') return { state: 'suppressed', endTime: isOver ? end : undefined };
    if (word === 'resolved') return { state: 'resolved', endTime: end };
    if (word === 'firing' || word === 'active' || word === 'unprocessed')
      return { state: 'firing', endTime: undefined };
    return isOver ? { state: 'resolved', endTime: end } : { state: 'firing', endTime: undefined };
  }

  #hold(alert: Alert): void {
    const id = `${alert.externalId}@${alert.startTime}`;
    const earlier = this.#held.get(id);
    if (earlier) {
      this.#context.countDuplicates(1);
      // The end, once told, stays.
      if (earlier.state !== 'resolved') this.#held.set(id, alert);
      return;
    }
    if (this.#held.size >= MAX_HELD) this.finish();
    this.#held.set(id, alert);
  }
}
