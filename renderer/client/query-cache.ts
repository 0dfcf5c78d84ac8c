/**
 * Answers of the engine by procedure and input. An entry stays while someone looks at it and a little longer; when the
 * case changes, entries in use are asked again while their old answer stays on the screen (stale, never blank).
 */
import type { Contract } from '../../shared/contract/contract.ts';
import { ContractError } from '../../shared/contract/contract-error.ts';
import type { InputOf, OutputOf } from '../../shared/contract/derived-types.ts';
import type { Query } from '../../shared/contract/procedure.ts';
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
  state: QueryState<unknown>;
  readonly listeners: Set<() => void>;
  readonly ask: (signal: AbortSignal) => Promise<unknown>;
  abort: AbortController | undefined;
}

const NOTHING: QueryState<never> = { data: undefined, error: null, isLoading: true, isStale: false };
/** Entries nobody looks at that are kept for going back. */
const KEPT_ENTRIES = 64;

export class QueryCache {
  readonly #procedures: EngineProcedures;
  /** Least recently used first. */
  readonly #entries = new Map<string, Entry>();

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
    if (entry.state.data === undefined || entry.state.isStale) this.#ask(entry);
    return () => {
      entry.listeners.delete(listener);
      if (entry.listeners.size > 0) return;
      // Nobody waits for it any more: the engine may stop working on it.
      entry.abort?.abort();
      entry.abort = undefined;
      if (entry.state.data === undefined) this.#entries.delete(key);
      this.#trim();
    };
  }

  /** Everything may have changed; entries in use are asked again. */
  invalidate(): void {
    for (const [key, entry] of this.#entries) {
      if (entry.listeners.size === 0) {
        this.#entries.delete(key);
        continue;
      }
      entry.state = { ...entry.state, isStale: true };
      this.#ask(entry);
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
      state: NOTHING,
      listeners: new Set(),
      ask: (signal) => call(input, { signal }),
      abort: undefined,
    };
    this.#entries.set(key, entry);
    return entry;
  }

  #ask(entry: Entry): void {
    entry.abort?.abort();
    const abort = new AbortController();
    entry.abort = abort;
    this.#put(entry, { ...entry.state, isLoading: true, error: null });
    entry.ask(abort.signal).then(
      (data) => {
        if (entry.abort === abort) this.#put(entry, { data, error: null, isLoading: false, isStale: false });
      },
      (error: unknown) => {
        if (entry.abort !== abort) return;
        const known = error instanceof ContractError ? error : new ContractError('internal', String(error));
        this.#put(entry, { ...entry.state, error: known, isLoading: false });
      },
    );
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
