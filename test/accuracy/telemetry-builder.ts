/**
 * Collects records of one benchmark case and turns them into the Telemetry that analysis works on, the way storage
 * would: entities by type and name, dense indexes, columns ordered by time. Times come in as Unix nanoseconds (bigint) or
 * seconds and leave as nanoseconds after the earliest record.
 */
import type { Alert } from '../../shared/model/alert.ts';
import type { ChangeEvent } from '../../shared/model/change-event.ts';
import type { EdgeKind, EdgeProvenance } from '../../shared/model/edge.ts';
import { entityKey, type EntityRef } from '../../shared/model/entity.ts';
import type { MetricType } from '../../shared/model/metric.ts';
import type { Attributes } from '../../shared/model/resource.ts';
import type {
  LogTable,
  LogTemplate,
  MetricSeries,
  SpanTable,
  Telemetry,
  TelemetryEdge,
  TelemetryEntity,
} from '../../shared/model/telemetry.ts';
import { unixNano } from '../../shared/model/time.ts';

export interface SpanRecord {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
  readonly timeNs: bigint;
  readonly durationNs: number;
  readonly entity: number;
  readonly instance: number;
  readonly operation: string;
  readonly kind: number;
  readonly status: number;
  /** Entity that is called, where the span says so. */
  readonly peer?: number;
}
export interface LogRecordInput {
  readonly timeNs: bigint;
  readonly entity: number;
  readonly instance: number;
  readonly severity: number;
  readonly template: { readonly id: string; readonly text: string };
  readonly message: string;
  readonly traceId: string;
  readonly spanId: string;
}
interface SeriesDraft {
  readonly entity: number;
  readonly instance: number;
  readonly name: string;
  readonly unit: string;
  readonly type: MetricType;
  readonly attributes: Attributes;
  readonly points: [bigint, number][];
}

export class TelemetryBuilder {
  readonly #entities: (EntityRef & { isInstrumented: boolean })[] = [];
  readonly #entityIndex = new Map<string, number>();
  readonly #series = new Map<string, SeriesDraft>();
  readonly #spans: SpanRecord[] = [];
  readonly #logs: LogRecordInput[] = [];
  readonly #alerts: (Omit<Alert, 'entities'> & { entities: number[] })[] = [];
  readonly #changes: (Omit<ChangeEvent, 'entities'> & { entities: number[] })[] = [];
  readonly #edges: TelemetryEdge[] = [];

  entity(type: EntityRef['type'], name: string, isInstrumented = false): number {
    const key = entityKey({ type, name });
    let index = this.#entityIndex.get(key);
    if (index === undefined) {
      index = this.#entities.push({ type, name, isInstrumented }) - 1;
      this.#entityIndex.set(key, index);
    }
    if (isInstrumented) this.#entities[index]!.isInstrumented = true;
    return index;
  }
  find(type: EntityRef['type'], name: string): number {
    return this.#entityIndex.get(entityKey({ type, name })) ?? -1;
  }
  addPoint(
    key: { entity: number; instance?: number; name: string; unit?: string; type?: MetricType; attributes?: Attributes },
    timeNs: bigint,
    value: number,
  ): void {
    const id = `${key.entity}|${key.instance ?? -1}|${key.name}|${JSON.stringify(key.attributes ?? {})}`;
    let series = this.#series.get(id);
    if (!series) {
      series = {
        entity: key.entity,
        instance: key.instance ?? -1,
        name: key.name,
        unit: key.unit ?? '',
        type: key.type ?? 'gauge',
        attributes: key.attributes ?? {},
        points: [],
      };
      this.#series.set(id, series);
    }
    series.points.push([timeNs, value]);
  }
  addSpan(span: SpanRecord): void {
    this.#spans.push(span);
  }
  addLog(log: LogRecordInput): void {
    this.#logs.push(log);
  }
  addAlert(alert: Omit<Alert, 'entities'> & { entities: number[] }): void {
    this.#alerts.push(alert);
  }
  addChange(change: Omit<ChangeEvent, 'entities'> & { entities: number[] }): void {
    this.#changes.push(change);
  }
  addEdge(edgeKind: EdgeKind, from: number, to: number, provenance: EdgeProvenance): void {
    this.#edges.push({ rowId: this.#edges.length + 1, edgeKind, from, to, provenance });
  }

  build(): Telemetry {
    const { first, last } = this.#timeSpan();
    const relative = (time: bigint): number => Number(time - first);
    const spans = this.#spanTable(relative);
    return {
      origin: unixNano(first),
      startNs: 0,
      endNs: relative(last),
      entities: this.#entities.map((e, i): TelemetryEntity => ({ ...e, rowId: i + 1, attributes: {} })),
      spans: spans.table,
      logs: this.#logTable(relative, spans.rows, spans.traces),
      metrics: [...this.#series.values()].map((draft, i) => finishSeries(draft, i + 1, relative)),
      alerts: this.#alerts.map((alert, i) => ({ ...alert, rowId: i + 1 })),
      changes: this.#changes.map((change, i) => ({ ...change, rowId: i + 1 })),
      events: [],
      edges: this.#edges,
      knownGaps: [],
    };
  }

  #timeSpan(): { first: bigint; last: bigint } {
    let first: bigint | undefined;
    let last = 0n;
    const note = (time: bigint): void => {
      if (first === undefined || time < first) first = time;
      if (time > last) last = time;
    };
    for (const s of this.#series.values()) for (const [time] of s.points) note(time);
    for (const s of this.#spans) note(s.timeNs);
    for (const l of this.#logs) note(l.timeNs);
    for (const a of this.#alerts) note(a.startTime);
    for (const c of this.#changes) note(c.startTime);
    return { first: first ?? 0n, last };
  }

  #spanTable(relative: (time: bigint) => number): {
    table: SpanTable;
    rows: Map<string, number>;
    traces: Map<string, number>;
  } {
    const list = this.#spans.sort((a, b) => (a.timeNs < b.timeNs ? -1 : a.timeNs > b.timeNs ? 1 : 0));
    const rows = new Map<string, number>();
    list.forEach((span, i) => rows.set(`${span.traceId}/${span.spanId}`, i));
    const traces = new Map<string, number>();
    const operations = new Map<string, number>();
    const table = {
      length: list.length,
      rowId: Float64Array.from(list, (_, i) => i + 1),
      startNs: Float64Array.from(list, (s) => relative(s.timeNs)),
      durationNs: Float64Array.from(list, (s) => s.durationNs),
      entity: Int32Array.from(list, (s) => s.entity),
      instance: Int32Array.from(list, (s) => s.instance),
      operation: Int32Array.from(list, (s) => intern(operations, s.operation)),
      kind: Uint8Array.from(list, (s) => s.kind),
      status: Uint8Array.from(list, (s) => s.status),
      parent: Int32Array.from(list, (s) => (s.parentId === '' ? -1 : (rows.get(`${s.traceId}/${s.parentId}`) ?? -2))),
      peer: Int32Array.from(list, ({ peer }) => peer ?? -1),
      trace: Int32Array.from(list, (s) => intern(traces, s.traceId)),
    };
    return { table: { ...table, operations: [...operations.keys()] }, rows, traces };
  }

  #logTable(relative: (time: bigint) => number, rows: Map<string, number>, traces: Map<string, number>): LogTable {
    const list = this.#logs
      .map((log, order) => ({ log, order }))
      .sort((a, b) => (a.log.timeNs < b.log.timeNs ? -1 : a.log.timeNs > b.log.timeNs ? 1 : a.order - b.order))
      .map(({ log }) => log);
    const ids = new Map<string, number>();
    const templates: LogTemplate[] = [];
    for (const log of list) {
      if (ids.has(log.template.id)) continue;
      ids.set(log.template.id, templates.length);
      templates.push({ rowId: templates.length + 1, ...log.template, example: log.message });
    }
    return {
      length: list.length,
      rowId: Float64Array.from(list, (_, i) => i + 1),
      timeNs: Float64Array.from(list, (l) => relative(l.timeNs)),
      entity: Int32Array.from(list, (l) => l.entity),
      instance: Int32Array.from(list, (l) => l.instance),
      severity: Uint8Array.from(list, (l) => l.severity),
      template: Int32Array.from(list, (l) => ids.get(l.template.id) ?? -1),
      templates,
      span: Int32Array.from(list, (l) => rows.get(`${l.traceId}/${l.spanId}`) ?? -1),
      trace: Int32Array.from(list, (l) => traces.get(l.traceId) ?? -1),
    };
  }
}

function intern(map: Map<string, number>, key: string): number {
  let index = map.get(key);
  if (index === undefined) map.set(key, (index = map.size));
  return index;
}
function finishSeries(draft: SeriesDraft, rowId: number, relative: (time: bigint) => number): MetricSeries {
  const points = draft.points.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  return {
    rowId,
    entity: draft.entity,
    instance: draft.instance,
    name: draft.name,
    unit: draft.unit,
    type: draft.type,
    temporality: 'unspecified',
    attributes: draft.attributes,
    timesNs: Float64Array.from(points, ([time]) => relative(time)),
    values: Float64Array.from(points, ([, value]) => value),
  };
}
