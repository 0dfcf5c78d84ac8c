/**
 * Answers of the engine by procedure and input. An entry stays while someone looks at it and a little longer; when the
 * case changes, entries in use are asked again while their old answer stays on the screen (stale, never blank).
 */
import type { Contract } from '../../shared/contract/contract.ts';
import { ContractError } from '../../shared/contract/contract-error.ts';
import type { InputOf, OutputOf } from '../../shared/contract/derived-types.ts';
import type { Query } from '../../shared/contract/procedure.ts';
import { dependsOn } from './case-areas.ts';
import type { CaseArea } from './case-areas.ts';
import type { EngineProcedures } from './connection.ts';

export type QueryName = { [Name in keyof Contract]: Contract[Name] extends Query ? Name : never }[keyof Contract];
export type QueryInput<Name extends QueryName> = InputOf<Contract[Name]>;
export type QueryOutput<Name extends QueryName> = Contract[Name] extends Query ? OutputOf<Contract[Name]> : never;

export interface QueryState<Data> {
  readonly data: Data | undefined;
  readonly error: ContractError | null;
  readonly isLoading: boolean;
  /** `data` is of an earlier revision of the case, or of an engine that went away. */
  readonly isStale: boolean;
}

interface Entry {
  readonly name: QueryName;
  state: QueryState<unknown>;
  readonly listeners: Set<() => void>;
  readonly ask: (signal: AbortSignal) => Promise<unknown>;
  abort: AbortController | undefined;
  /** The case changed while it was being answered: asked once more afterwards, never cut off half-way. */
  isDue: boolean;
}

const NOTHING: QueryState<never> = { data: undefined, error: null, isLoading: true, isStale: false };
/** Entries nobody looks at that are kept for going back. */
const KEPT_ENTRIES = 64;

export class QueryCache {
  readonly #procedures: EngineProcedures;
  /** Areas that changed while the screen stands still; null = it does not. undefined in it = everything. */
  #held: (readonly CaseArea[] | undefined)[] | null = null;
  /** Least recently used first. */
  readonly #entries = new Map<string, Entry>();
  #resetCount = 0;

  constructor(procedures: EngineProcedures) {
    this.#procedures = procedures;
  }

  key(name: QueryName, input: unknown): string {
    return `${name} ${JSON.stringify(input, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))}`;
  }

  state(key: string): QueryState<unknown> {
    return this.#entries.get(key)?.state ?? NOTHING;
  }

  /** Asks unless the answer is there, and tells `listener` of every change until the returned function is called. */
  watch<Name extends QueryName>(key: string, name: Name, input: QueryInput<Name>, listener: () => void): () => void {
    const entry = this.#entry(key, name, input);
    entry.listeners.add(listener);
    // What another view asked for a moment ago is on its way already.
    if (!entry.abort && (entry.state.data === undefined || entry.state.isStale)) this.#ask(entry);
    return () => {
      entry.listeners.delete(listener);
      // Whoever is drawn anew in the same breath looks on, and finds the question still on its way.
      if (entry.listeners.size === 0) queueMicrotask(() => this.#leave(key, entry));
    };
  }

  #leave(key: string, entry: Entry): void {
    if (entry.listeners.size > 0) return;
    // Nobody waits for it any more: the engine may stop working on it.
    if (entry.abort) {
      entry.abort.abort();
      entry.abort = undefined;
      // The newer answer it was waiting for is still owed.
      entry.state = { ...entry.state, isLoading: false, isStale: true };
    }
    if (entry.state.data === undefined && this.#entries.get(key) === entry) this.#entries.delete(key);
    this.#trim();
  }

  /** While held, what is on the screen stands still; what changed meanwhile is caught up with on release. */
  hold(isHeld: boolean): void {
    if (isHeld) {
      this.#held ??= [];
      return;
    }
    const missed = this.#held ?? [];
    this.#held = null;
    if (missed.includes(undefined)) this.invalidate();
    else if (missed.length > 0) this.invalidate([...new Set(missed.flatMap((areas) => areas ?? []))]);
  }

  /** Answers that depend on these areas may differ now; those in use are asked again. Without areas: all of them. */
  invalidate(areas?: readonly CaseArea[]): void {
    if (this.#held) {
      this.#held.push(areas);
      return;
    }
    for (const [key, entry] of this.#entries) {
      if (areas && !dependsOn(entry.name, areas)) continue;
      if (entry.listeners.size === 0) {
        this.#entries.delete(key);
      } else if (entry.abort) {
        entry.isDue = true;
      } else {
        entry.state = { ...entry.state, isStale: true };
        this.#ask(entry);
      }
    }
  }

  /**
   * A connection stands, the first or another one: what an earlier one answered may be old, and what failed without one is
   * asked now. What is on its way goes over the new one already: the old one failed all that was asked of it.
   */
  reconnected(): void {
    if (this.#held) {
      this.#held.push(undefined);
      return;
    }
    for (const [key, entry] of this.#entries) {
      if (entry.abort) continue;
      if (entry.listeners.size === 0) {
        this.#entries.delete(key);
      } else {
        entry.state = { ...entry.state, isStale: true };
        this.#ask(entry);
      }
    }
  }

  /** Another number, another case: what is kept of answers elsewhere is of the last one. */
  get resetCount(): number {
    return this.#resetCount;
  }

  /** Another case: no answer of the last one may be shown as one of this. */
  reset(): void {
    this.#resetCount++;
    for (const [key, entry] of this.#entries) {
      entry.state = NOTHING;
      if (entry.listeners.size === 0) this.#entries.delete(key);
      else this.#ask(entry);
    }
  }

  #entry<Name extends QueryName>(key: string, name: Name, input: QueryInput<Name>): Entry {
    const known = this.#entries.get(key);
    if (known) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known;
    }
    const call = this.#procedures[name] as unknown as (
      input: QueryInput<Name>,
      options: { signal: AbortSignal },
    ) => Promise<unknown>;
    const entry: Entry = {
      name,
      state: NOTHING,
      listeners: new Set(),
      ask: (signal) => call(input, { signal }),
      abort: undefined,
      isDue: false,
    };
    this.#entries.set(key, entry);
    return entry;
  }

  #ask(entry: Entry): void {
    entry.abort?.abort();
    const abort = new AbortController();
    entry.abort = abort;
    entry.isDue = false;
    this.#put(entry, { ...entry.state, isLoading: true, error: null });
    entry.ask(abort.signal).then(
      (data) => this.#settle(entry, abort, { data, error: null, isLoading: false, isStale: entry.isDue }),
      (error: unknown) => {
        const known = error instanceof ContractError ? error : new ContractError('internal', String(error));
        // While the engine is away its last answer stays on the screen, as a stale one.
        const isAway = known.code === 'unavailable' && entry.state.data !== undefined;
        this.#settle(entry, abort, { ...entry.state, isStale: true, error: isAway ? null : known, isLoading: false });
      },
    );
  }

  #settle(entry: Entry, abort: AbortController, state: QueryState<unknown>): void {
    if (entry.abort !== abort) return;
    entry.abort = undefined;
    this.#put(entry, state);
    if (!entry.isDue || entry.listeners.size === 0) return;
    // Held since: caught up with on release, like what changes meanwhile.
    if (this.#held) this.#held.push(undefined);
    else this.#ask(entry);
  }

  #put(entry: Entry, state: QueryState<unknown>): void {
    entry.state = state;
    for (const listener of entry.listeners) listener();
  }

  #trim(): void {
    let surplus = this.#entries.size - KEPT_ENTRIES;
    for (const [key, entry] of this.#entries) {
      if (surplus <= 0) return;
      if (entry.listeners.size > 0) continue;
      this.#entries.delete(key);
      surplus--;
    }
  }
}
