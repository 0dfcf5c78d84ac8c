/**
 * Traces that were read, so that coming back to one, or comparing with one, costs nothing. Each holds while the case tells
 * the same edition of it; the earlier one stays until a newer is laid out, and a reading under way is never cut off by a
 * newer edition (a trace that grows with an import would never be shown).
 */
import { ContractError } from '../../../shared/contract/contract-error.ts';
import { loadTraceModel } from '../../charts/waterfall/load-trace-model.ts';
import type { SpanChunk } from '../../charts/waterfall/span-table.ts';
import type { TraceModel } from '../../charts/waterfall/trace-model.ts';
import type { QueryOutput } from '../../client/query-cache.ts';

export type TraceEdition = QueryOutput<'trace.edition'>;
type ReadSpans = (traceId: string, signal: AbortSignal) => AsyncIterable<SpanChunk>;

export interface TraceState {
  readonly model: TraceModel | null;
  /** Spans that came so far of the reading under way. */
  readonly spanCount: number;
  /** Why the last reading failed; null while an earlier model is still right to show. */
  readonly error: ContractError | null;
}

interface Entry {
  state: TraceState;
  /** Of `state.model`. */
  edition: TraceEdition | undefined;
  wanted: TraceEdition | undefined;
  abort: AbortController | undefined;
  readonly listeners: Set<() => void>;
}

const NOTHING: TraceState = { model: null, spanCount: 0, error: null };
/** Kept for going back; about 150 bytes each. */
const KEPT_SPANS = 250_000;

export class LoadedTraces {
  readonly #read: ReadSpans;
  readonly #keptSpans: number;
  /** Least recently opened first. */
  readonly #entries = new Map<string, Entry>();

  constructor(read: ReadSpans, keptSpans = KEPT_SPANS) {
    this.#read = read;
    this.#keptSpans = keptSpans;
  }

  state(traceId: string): TraceState {
    return this.#entries.get(traceId)?.state ?? NOTHING;
  }

  /** Tells `listener` of every change until the returned function is called. */
  watch(traceId: string, listener: () => void): () => void {
    const entry = this.#entries.get(traceId) ?? newEntry();
    this.#entries.delete(traceId);
    this.#entries.set(traceId, entry);
    entry.listeners.add(listener);
    return () => {
      entry.listeners.delete(listener);
      // Whoever is drawn anew in the same breath looks on.
      if (entry.listeners.size === 0) queueMicrotask(() => this.#leave(entry));
    };
  }

  /** The case holds this edition now: reads the trace unless it is the one that was read. */
  want(edition: TraceEdition): void {
    const entry = this.#entries.get(edition.traceId);
    if (!entry) return;
    entry.wanted = edition;
    if (!entry.abort && !isSame(entry.edition, edition)) void this.#load(entry, edition);
  }

  async #load(entry: Entry, edition: TraceEdition): Promise<void> {
    const abort = new AbortController();
    entry.abort = abort;
    const put = (state: Partial<TraceState>): void => {
      if (!abort.signal.aborted) putState(entry, state);
    };
    put({ spanCount: 0 });
    try {
      const chunks: SpanChunk[] = [];
      for await (const chunk of this.#read(edition.traceId, abort.signal)) {
        chunks.push(chunk);
        put({ spanCount: entry.state.spanCount + chunk.rowCount });
      }
      const model = await loadTraceModel(chunks, abort.signal);
      put({ model, error: null });
      entry.edition = edition;
    } catch (error) {
      const known = error instanceof ContractError ? error : new ContractError('internal', String(error));
      put(known.code === 'not_found' ? { model: null, error: known } : { error: entry.state.model ? null : known });
      // What a lost connection failed is asked again over the next one.
      entry.edition = known.code === 'unavailable' ? undefined : edition;
    }
    if (abort.signal.aborted) return;
    entry.abort = undefined;
    const { wanted } = entry;
    if (wanted && !isSame(wanted, edition)) void this.#load(entry, wanted);
  }

  #leave(entry: Entry): void {
    if (entry.listeners.size > 0) return;
    entry.abort?.abort();
    entry.abort = undefined;
    let spans = 0;
    for (const { state } of this.#entries.values()) spans += state.model?.table.count ?? 0;
    for (const [traceId, { state, listeners }] of this.#entries) {
      if (listeners.size > 0 || (state.model && spans <= this.#keptSpans)) continue;
      this.#entries.delete(traceId);
      spans -= state.model?.table.count ?? 0;
    }
  }
}

function newEntry(): Entry {
  return { state: NOTHING, edition: undefined, wanted: undefined, abort: undefined, listeners: new Set() };
}

function putState(entry: Entry, state: Partial<TraceState>): void {
  entry.state = { ...entry.state, ...state };
  for (const listener of entry.listeners) listener();
}

function isSame(one: TraceEdition | undefined, other: TraceEdition): boolean {
  return one?.generation === other.generation && one.spanCount === other.spanCount;
}
