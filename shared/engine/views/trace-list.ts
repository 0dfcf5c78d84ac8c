/** Pages of traces that pass a filter. Orders are kept for a few filters, so that paging on costs nothing. */
import type { CaseDatabase } from '../storage/case-database.ts';
import { nameIdOf, nameTexts, traceIdTexts, traceRowOf } from '../storage/statements/view-reads.ts';
import { bigintFree, RecentAnswers } from './recent-answers.ts';
import type { SpanStore } from './span-store.ts';
import { offsetWindow } from './time-window.ts';
import type { TraceListRequest, TraceSummary } from './view-answers.ts';

export class TraceLists {
  readonly #orders = new RecentAnswers<Uint32Array>(6);

  page(
    database: CaseDatabase,
    store: SpanStore,
    request: TraceListRequest,
  ): { readonly total: number; readonly traces: readonly TraceSummary[] } {
    const { offset, limit, ...question } = request;
    const order = this.#orders.get(`${store.version} ${bigintFree(question)}`, () =>
      sorted(store, passing(database, store, request), request.sort),
    );
    const listed = order.subarray(offset, offset + limit);
    return { total: order.length, traces: summaries(database, store, listed) };
  }
}

function passing(database: CaseDatabase, store: SpanStore, request: TraceListRequest): Uint32Array {
  const { arrays, limit } = store.traces;
  const window = offsetWindow(store.origin, request, store.extent);
  const hasSpan = tracesWithSpan(database, store, request);
  const passed = new Uint32Array(limit);
  let count = 0;
  for (let trace = 0; trace < limit; trace++) {
    if (arrays.spans[trace] === 0) continue;
    if (arrays.start[trace]! >= window.end || arrays.end[trace]! < window.start) continue;
    if (request.onlyErrors && arrays.errors[trace] === 0) continue;
    if (request.minDurationNs !== undefined && arrays.end[trace]! - arrays.start[trace]! < request.minDurationNs)
      continue;
    if (hasSpan && hasSpan[trace] === 0) continue;
    passed[count++] = trace;
  }
  return passed.subarray(0, count);
}

/** 1 for each trace with a span of the entity and name asked for; undefined when none was. */
function tracesWithSpan(database: CaseDatabase, store: SpanStore, request: TraceListRequest): Uint8Array | undefined {
  if (!request.entity && request.operation === undefined) return undefined;
  const marks = new Uint8Array(store.traces.limit);
  const entity = request.entity ? store.dictionary.idOf(request.entity) : 0;
  const name = request.operation === undefined ? 0 : (nameIdOf(database, request.operation) ?? -1);
  if ((request.entity && entity === 0) || name < 0) return marks;
  const { entity: entities, name: names, trace } = store.rows;
  for (let i = 0; i < store.spans.length; i++) {
    if ((entity === 0 || entities[i] === entity) && (name === 0 || names[i] === name)) marks[trace[i]!] = 1;
  }
  return marks;
}

/** Greatest first; of equal ones the newer, then the one with the greater number. O(n log n). */
function sorted(store: SpanStore, traces: Uint32Array, sort: TraceListRequest['sort']): Uint32Array {
  const { start, end, errors } = store.traces.arrays;
  const keys = new Float64Array(traces.length);
  for (let i = 0; i < traces.length; i++) {
    const trace = traces[i]!;
    keys[i] = sort === 'time' ? start[trace]! : sort === 'duration' ? end[trace]! - start[trace]! : errors[trace]!;
  }
  const order = new Uint32Array(traces.length).map((_, i) => i);
  order.sort((a, b) => keys[b]! - keys[a]! || start[traces[b]!]! - start[traces[a]!]! || traces[b]! - traces[a]!);
  return order.map((i) => traces[i]!);
}

function summaries(database: CaseDatabase, store: SpanStore, traces: Uint32Array): TraceSummary[] {
  const { start, end, spans, errors, rootEntity, rootName } = store.traces.arrays;
  const entityCounts = countEntities(store, traces);
  const nameOf = nameTexts(database);
  const idOf = traceIdTexts(database);
  return Array.from(traces, (trace, i) => ({
    traceId: idOf(trace),
    rootEntity: store.dictionary.entity(rootEntity[trace]!) ?? null,
    rootName: nameOf(rootName[trace]!),
    startTime: store.origin.timeOf(start[trace]!),
    durationNs: end[trace]! - start[trace]!,
    spanCount: spans[trace]!,
    errorCount: errors[trace]!,
    entityCount: entityCounts[i]!,
  }));
}

/** One pass over the spans between the first begin and the last end of these traces. */
function countEntities(store: SpanStore, traces: Uint32Array): number[] {
  const found = Array.from(traces, () => new Set<number>());
  if (traces.length === 0) return [];
  const slotOf = new Int32Array(store.traces.limit).fill(-1);
  let [first, last] = [Infinity, -Infinity];
  traces.forEach((trace, slot) => {
    slotOf[trace] = slot;
    first = Math.min(first, store.traces.arrays.start[trace]!);
    last = Math.max(last, store.traces.arrays.end[trace]!);
  });
  const { trace, entity } = store.rows;
  const { from, to } = store.range({ start: first, end: last + 1 });
  for (let i = from; i < to; i++) {
    const slot = slotOf[trace[i]!]!;
    if (slot >= 0) found[slot]!.add(entity[i]!);
  }
  return found.map((entities) => entities.size - (entities.has(0) ? 1 : 0));
}

/** Row ids of a trace's spans by start; undefined when the case has no such trace. */
export function spanRowsOfTrace(database: CaseDatabase, store: SpanStore, traceId: string): Int32Array | undefined {
  const row = traceRowOf(database, Buffer.from(traceId.padStart(32, '0'), 'hex'));
  const { arrays, limit } = store.traces;
  if (row === undefined || row >= limit || arrays.spans[row] === 0) return undefined;
  const { trace, rowId } = store.rows;
  const { from, to } = store.range({ start: arrays.start[row]!, end: arrays.end[row]! + 1 });
  const ids = new Int32Array(arrays.spans[row]!);
  let count = 0;
  for (let i = from; i < to; i++) if (trace[i] === row) ids[count++] = rowId[i]!;
  return ids.subarray(0, count);
}
