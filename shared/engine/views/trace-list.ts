/** Pages of traces that pass a filter. Orders are kept for a few filters, so that paging on costs nothing. */
import type { CaseDatabase } from '../storage/case-database.ts';
import { ascendingOrder } from '../storage/radix-order.ts';
import { blockGeneration } from '../storage/statements/column-blocks.ts';
import { nameIdOf, nameTexts, traceIdTexts, traceRowOf } from '../storage/statements/view-reads.ts';
import { bigintFree, RecentAnswers } from './recent-answers.ts';
import type { SpanRun } from './span-run.ts';
import type { SpanStore } from './span-store.ts';
import { offsetWindow, type OffsetWindow } from './time-window.ts';
import type { TraceListRequest, TraceSummary } from './view-answers.ts';

export class TraceLists {
  readonly #orders = new RecentAnswers<TraceOrder>(6);
  /** Single traces far down a list: the middle one of an operation, which every opened trace is compared with. */
  readonly #singles = new RecentAnswers<TraceOrder>(64);
  readonly #entities = new EntityCounts();

  page(
    database: CaseDatabase,
    store: SpanStore,
    request: TraceListRequest,
    throwIfCancelled: () => void = () => undefined,
  ): { readonly total: number; readonly traces: readonly TraceSummary[] } {
    const { offset, limit, ...question } = request;
    if (limit === 1 || offset === 'middle') {
      const moment = offset === 'middle' ? momentOf(store) : store.version;
      const { total, ordered } = this.#singles.get(`${moment} ${offset} ${bigintFree(question)}`, () => {
        const traces = passing(database, store, request);
        throwIfCancelled();
        return singleOf(store, traces, request.sort, offset === 'middle' ? Math.floor(traces.length / 2) : offset);
      });
      return { total, traces: summaries(database, store, this.#entities, ordered) };
    }
    const isWhole = offset + limit > PICKED;
    const { total, ordered } = this.#orders.get(`${store.version} ${isWhole} ${bigintFree(question)}`, () => {
      const traces = passing(database, store, request);
      throwIfCancelled();
      return orderOf(store, traces, request.sort, isWhole);
    });
    throwIfCancelled();
    return { total, traces: summaries(database, store, this.#entities, ordered.subarray(offset, offset + limit)) };
  }
}

const LARGE_CASE_TRACES = 5_000;
/**
 * The trace in the middle of a large case is still one of the middle when a few more have come: it is looked for anew with
 * every hundredth, not with every batch of an import. In a smaller case, with every change.
 */
function momentOf({ traces, generation, version }: SpanStore): string {
  return traces.limit < LARGE_CASE_TRACES
    ? `${version}`
    : `${generation} grown ${Math.floor(Math.log(traces.limit) / Math.log(1.01))}`;
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
  for (const run of store.runs) {
    const { name: names, trace } = run.rows;
    const mark = (i: number): void => {
      if (name === 0 || names[i] === name) marks[trace[i]!] = 1;
    };
    if (entity !== 0) run.eachOf(entity, mark);
    else for (let i = 0; i < run.length; i++) mark(i);
  }
  return marks;
}

/** Places of a list of which the first ones are in order: all that pass, `ordered` of them sorted. */
interface TraceOrder {
  readonly total: number;
  readonly ordered: Uint32Array;
}
/** Pages within so many traces are picked out with a heap; beyond, everything is sorted once. */
const PICKED = 2_000;

/** Greatest first; of equal ones the newer, then the one with the greater number. O(n log PICKED), or O(n) radix passes. */
function orderOf(store: SpanStore, traces: Uint32Array, sort: TraceListRequest['sort'], isWhole: boolean): TraceOrder {
  if (isWhole) {
    const { start } = store.traces.arrays;
    // Two stable sorts, the finer key first, read from the back.
    const byStart = reordered(traces, start);
    const byKey = sort === 'time' ? byStart : reordered(byStart, Float64Array.from(byStart, keyOf(store, sort)), true);
    return { total: traces.length, ordered: byKey.reverse() };
  }
  return { total: traces.length, ordered: firstOf(traces, PICKED, comparison(store, sort)) };
}

/** The trace at one place of the order. O(n): the rest stays unsorted. Reorders `traces`. */
function singleOf(store: SpanStore, traces: Uint32Array, sort: TraceListRequest['sort'], place: number): TraceOrder {
  const total = traces.length;
  if (place < total) select(traces, place, comparison(store, sort));
  return { total, ordered: traces.slice(place, place + 1) };
}

function keyOf(store: SpanStore, sort: TraceListRequest['sort']): (trace: number) => number {
  const { start, end, errors } = store.traces.arrays;
  if (sort === 'time') return (trace) => start[trace]!;
  return sort === 'duration' ? (trace) => end[trace]! - start[trace]! : (trace) => errors[trace]!;
}

function comparison(store: SpanStore, sort: TraceListRequest['sort']): (a: number, b: number) => boolean {
  const { start } = store.traces.arrays;
  const key = keyOf(store, sort);
  return (a, b) => (key(a) - key(b) || start[a]! - start[b]! || a - b) > 0;
}

/** Hoare's quickselect (Communications of the ACM 4, 1961): afterwards `items[place]` is what sorting would put there. */
function select(items: Uint32Array, place: number, isBefore: (a: number, b: number) => boolean): void {
  for (let low = 0, high = items.length - 1; low < high;) {
    const pivot = items[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (isBefore(items[i]!, pivot)) i++;
      while (isBefore(pivot, items[j]!)) j--;
      if (i > j) break;
      [items[i], items[j]] = [items[j]!, items[i]!];
      i++;
      j--;
    }
    if (place <= j) high = j;
    else if (place >= i) low = i;
    else return;
  }
}

/** The traces ascending by key, of equal keys in their given order. `isByPlace`: keys are by place, not by trace. */
function reordered(traces: Uint32Array, keys: Float64Array, isByPlace = false): Uint32Array {
  const own = isByPlace ? keys : Float64Array.from(traces, (trace) => keys[trace]!);
  const order = ascendingOrder(own);
  return order ? order.map((at) => traces[at]!) : traces.slice();
}

/** The first `count` items in order, without sorting the rest: a heap whose top is the last of those kept. */
function firstOf(items: Uint32Array, count: number, isBefore: (a: number, b: number) => boolean): Uint32Array {
  const heap: number[] = [];
  const sink = (): void => {
    for (let at = 0; ;) {
      let last = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && isBefore(heap[last]!, heap[child]!)) last = child;
      if (last === at) return;
      [heap[at], heap[last]] = [heap[last]!, heap[at]!];
      at = last;
    }
  };
  // Traces are numbered as they came, mostly by time: from the newest on, few displace another.
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i]!;
    if (heap.length < count) {
      let at = heap.push(item) - 1;
      for (let parent = (at - 1) >> 1; at > 0 && isBefore(heap[parent]!, heap[at]!); parent = (at - 1) >> 1) {
        [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
        at = parent;
      }
    } else if (isBefore(item, heap[0]!)) {
      heap[0] = item;
      sink();
    }
  }
  return Uint32Array.from(heap.sort((a, b) => (isBefore(a, b) ? -1 : 1)));
}

function summaries(
  database: CaseDatabase,
  store: SpanStore,
  entities: EntityCounts,
  traces: Uint32Array,
): TraceSummary[] {
  const { start, end, spans, errors, rootEntity, rootName } = store.traces.arrays;
  const entityCounts = entities.of(store, traces);
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

const MOST_KNOWN = 50_000;

/** How many entities a trace has. Long traces head every list, and each costs a walk over all its time: counts are kept. */
class EntityCounts {
  /** By trace; a count holds for as long as the trace has so many spans. */
  readonly #known = new Map<number, { readonly spans: number; readonly entities: number }>();

  of(store: SpanStore, traces: Uint32Array): number[] {
    const { spans } = store.traces.arrays;
    if (this.#known.size > MOST_KNOWN) this.#known.clear();
    const unknown = traces.filter((trace) => this.#known.get(trace)?.spans !== spans[trace]);
    countEntities(store, unknown).forEach((entities, i) => {
      const trace = unknown[i]!;
      this.#known.set(trace, { spans: spans[trace]!, entities });
    });
    return Array.from(traces, (trace) => this.#known.get(trace)?.entities ?? 0);
  }
}

/** Looks each trace up where runs have lists; elsewhere walks the spans of its time, those of several traces once. */
function countEntities(store: SpanStore, traces: Uint32Array): number[] {
  const found = Array.from(traces, () => new Set<number>());
  const [settled, changing] = [[], []] as [SpanRun[], SpanRun[]];
  for (const run of store.runs) (run.isSettled ? settled : changing).push(run);
  for (const run of settled) {
    const { entity } = run.rows;
    traces.forEach((trace, slot) =>
      run.eachOfTrace(trace, windowOf(store, trace), (i) => found[slot]!.add(entity[i]!)),
    );
  }
  if (changing.length > 0) walkEntities(store, traces, changing, found);
  return found.map((entities) => entities.size - (entities.has(0) ? 1 : 0));
}

function walkEntities(
  store: SpanStore,
  traces: Uint32Array,
  runs: readonly SpanRun[],
  found: readonly Set<number>[],
): void {
  const slotOf = new Int32Array(store.traces.limit).fill(-1);
  traces.forEach((trace, slot) => (slotOf[trace] = slot));
  for (const window of stretchesOf(store, traces)) {
    for (const run of runs) {
      const { trace, entity } = run.rows;
      const { from, to } = run.range(window);
      for (let i = from; i < to; i++) {
        const slot = slotOf[trace[i]!]!;
        if (slot >= 0) found[slot]!.add(entity[i]!);
      }
    }
  }
}

/** From its first begin to just behind its last end. */
function windowOf(store: SpanStore, trace: number): OffsetWindow {
  const { start, end } = store.traces.arrays;
  return { start: start[trace]!, end: end[trace]! + 1 };
}

/** The time that the traces cover, as stretches that do not touch. */
function stretchesOf(store: SpanStore, traces: Uint32Array): readonly OffsetWindow[] {
  const { start, end } = store.traces.arrays;
  const stretches: { start: number; end: number }[] = [];
  for (const trace of traces.toSorted((a, b) => start[a]! - start[b]!)) {
    const last = stretches.at(-1);
    if (last && start[trace]! <= last.end) last.end = Math.max(last.end, end[trace]! + 1);
    else stretches.push({ start: start[trace]!, end: end[trace]! + 1 });
  }
  return stretches;
}

/** Within a generation spans are only added: its number of them tells whether a trace is what it was. */
export function traceEdition(database: CaseDatabase, store: SpanStore, traceId: string) {
  const row = traceOf(database, store, traceId);
  const spanCount = row === undefined ? 0 : store.traces.arrays.spans[row]!;
  return { generation: blockGeneration(database, 'spans'), spanCount };
}

/** Row ids of a trace's spans by start; undefined when the case has no such trace. */
export function spanRowsOfTrace(database: CaseDatabase, store: SpanStore, traceId: string): Int32Array | undefined {
  const row = traceOf(database, store, traceId);
  if (row === undefined) return undefined;
  const found: { readonly time: number; readonly rowId: number }[] = [];
  for (const run of store.runs) {
    const { rowId, time } = run.rows;
    run.eachOfTrace(row, windowOf(store, row), (i) => found.push({ time: time[i]!, rowId: rowId[i]! }));
  }
  found.sort((a, b) => a.time - b.time || a.rowId - b.rowId);
  return Int32Array.from(found, ({ rowId }) => rowId);
}

function traceOf(database: CaseDatabase, { traces }: SpanStore, traceId: string): number | undefined {
  const row = traceRowOf(database, Buffer.from(traceId.padStart(32, '0'), 'hex'));
  return row === undefined || row >= traces.limit || traces.arrays.spans[row] === 0 ? undefined : row;
}
