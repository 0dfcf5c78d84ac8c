/**
 * Which log site follows which inside one span of one service, before and during. A service whose code takes another
 * branch shows here although no metric moves. One pass over the records, O(records).
 */
import type { EntityIndex, Telemetry } from '../../model/telemetry.ts';
import type { ServiceGraph } from '../topology/service-graph.ts';

/** Pseudo sites around each sequence. */
export const PATH_START = -1;
export const PATH_END = -2;

export interface Transition {
  readonly entity: EntityIndex;
  /** Template indexes, or PATH_START / PATH_END. */
  readonly from: number;
  readonly to: number;
  /** Operation of the span where `from` is PATH_START, so that a changed mix of requests is no divergence; else -1. */
  readonly operation: number;
  readonly baseline: number;
  readonly incident: number;
  /** Log rows of the incident that show it: of `from` where `to` is PATH_END; at most 3. */
  readonly examples: readonly number[];
  /** Span rows of the incident where there is no log row to show: spans that log nothing; at most 3. */
  readonly silentSpans: readonly number[];
}
interface Cell {
  readonly entity: number;
  readonly from: number;
  readonly to: number;
  readonly operation: number;
  baseline: number;
  incident: number;
  readonly examples: number[];
  readonly silentSpans: number[];
}

export function countTransitions(telemetry: Telemetry, graph: ServiceGraph): Transition[] {
  const { logs, spans } = telemetry;
  const { baseline, incident } = graph.windows;
  const operations = spans.operations.length;
  const width = logs.templates.length + 2;
  const fromWidth = width + operations;
  const cells = new Map<number, Cell>();
  const count = (entity: number, from: number, to: number, isDuring: boolean, row: number): void => {
    const span = logs.span[row]!;
    const operation = from === PATH_START && span >= 0 ? spans.operation[span]! : -1;
    const key = (entity * fromWidth + (operation >= 0 ? width + operation : from + 2)) * width + to + 2;
    let cell = cells.get(key);
    if (!cell) cells.set(key, (cell = emptyCell(entity, from, to, operation)));
    if (!isDuring) cell.baseline++;
    else if (++cell.incident <= 3) cell.examples.push(row);
  };
  /** Last row of each sequence: by span, else by (trace, service). */
  const lastOfSpan = new Int32Array(spans.length).fill(-1);
  const lastOfTrace = new Map<number, number>();
  const entities = telemetry.entities.length;
  const windowOf = (time: number): number =>
    time >= incident.startNs && time < incident.endNs ? 1 : time >= baseline.startNs && time < baseline.endNs ? 0 : -1;
  for (let row = 0; row < logs.length; row++) {
    const owner = logs.entity[row]!;
    const window = windowOf(logs.timeNs[row]!);
    if (owner < 0 || window < 0 || logs.template[row]! < 0) continue;
    const span = logs.span[row]!;
    const trace = logs.trace[row]!;
    if (span < 0 && trace < 0) continue;
    const entity = graph.foldedInto[owner]!;
    const traceKey = trace * entities + entity;
    const last = span >= 0 ? lastOfSpan[span]! : (lastOfTrace.get(traceKey) ?? -1);
    const from = last >= 0 && graph.foldedInto[logs.entity[last]!] === entity ? logs.template[last]! : PATH_START;
    count(entity, from, logs.template[row]!, window === 1, row);
    if (span >= 0) lastOfSpan[span] = row;
    else lastOfTrace.set(traceKey, row);
  }
  const close = (row: number): void => {
    const window = windowOf(logs.timeNs[row]!);
    count(graph.foldedInto[logs.entity[row]!]!, logs.template[row]!, PATH_END, window === 1, row);
  };
  for (const row of lastOfSpan) if (row >= 0) close(row);
  for (const row of lastOfTrace.values()) close(row);
  for (const cell of countSilentSpans(telemetry, graph, lastOfSpan, windowOf)) cells.set(-1 - cells.size, cell);
  return [...cells.values()].sort(
    (a, b) => a.entity - b.entity || a.from - b.from || a.operation - b.operation || a.to - b.to,
  );
}

function emptyCell(entity: number, from: number, to: number, operation: number): Cell {
  return { entity, from, to, operation, baseline: 0, incident: 0, examples: [], silentSpans: [] };
}

/**
 * Spans that log nothing although others of their operation do: start straight to end. Only spans inside the stretch in
 * which their service was heard count, so that traces kept longer than logs are no silence.
 */
function countSilentSpans(
  { logs, spans }: Telemetry,
  graph: ServiceGraph,
  lastOfSpan: Int32Array,
  windowOf: (time: number) => number,
): Cell[] {
  const operations = spans.operations.length;
  const keyOf = (row: number): number => graph.foldedInto[spans.entity[row]!]! * operations + spans.operation[row]!;
  const speaking = new Set<number>();
  /** Per entity and window: first and last record. */
  const heard = new Map<number, { first: number; last: number }>();
  for (let row = 0; row < logs.length; row++) {
    const span = logs.span[row]!;
    const owner = logs.entity[row]!;
    if (span < 0 || owner < 0 || spans.entity[span]! < 0) continue;
    speaking.add(keyOf(span));
    const time = logs.timeNs[row]!;
    const key = graph.foldedInto[owner]! * 2 + windowOf(time);
    const known = heard.get(key);
    if (!known) heard.set(key, { first: time, last: time });
    else {
      known.first = Math.min(known.first, time);
      known.last = Math.max(known.last, time);
    }
  }
  const cells = new Map<number, Cell>();
  if (speaking.size === 0) return [];
  for (let row = 0; row < spans.length; row++) {
    if (lastOfSpan[row]! >= 0 || spans.entity[row]! < 0) continue;
    const key = keyOf(row);
    if (!speaking.has(key)) continue;
    const time = spans.startNs[row]!;
    const window = windowOf(time);
    const entity = graph.foldedInto[spans.entity[row]!]!;
    const stretch = heard.get(entity * 2 + window);
    if (window < 0 || !stretch || time < stretch.first || time > stretch.last) continue;
    let cell = cells.get(key);
    const operation = spans.operation[row]!;
    if (!cell) cells.set(key, (cell = emptyCell(entity, PATH_START, PATH_END, operation)));
    if (window === 0) cell.baseline++;
    else if (++cell.incident <= 3) cell.silentSpans.push(row);
  }
  return [...cells.values()];
}

/** Templates that several services write: framework handlers, which say what failed but not where. */
export function findSharedTemplates(telemetry: Telemetry, smallestServices: number): Uint8Array {
  const { logs } = telemetry;
  const writers: Set<number>[] = logs.templates.map(() => new Set());
  for (let row = 0; row < logs.length; row++) writers[logs.template[row]!]?.add(logs.entity[row]!);
  return Uint8Array.from(writers, (set) => (set.size >= smallestServices ? 1 : 0));
}
