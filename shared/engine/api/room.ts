/**
 * A room that follows a presenter: the newest state, who follows, and whether guests may read names. Nothing of it is kept
 * in the case. Until a presenter has shown something, and from every masking until it is lifted, guests get no names.
 */
import type { SequencedEvent } from '../../contract/derived-types.ts';
import type { Scope } from '../../contract/procedure.ts';

export interface RoomState {
  /** '' = nobody has shown anything. */
  readonly stateJson: string;
  readonly presenter: string;
}
export interface RoomEvent extends RoomState {
  readonly isMasked: boolean;
}

export class Room {
  readonly #followers = new Map<symbol, { readonly scope: Scope; readonly wake: () => void }>();
  #state: RoomState = { stateJson: '', presenter: '' };
  /** undefined: nobody has said so yet. */
  #isMasked: boolean | undefined;
  #sequence = 1;
  #isOfOpenCase = false;

  /** False: what is shown is of a case closed since, or of none, so nobody knows the names in it. */
  get isOfOpenCase(): boolean {
    return this.#isOfOpenCase;
  }

  get isMasked(): boolean {
    return this.#isMasked ?? true;
  }

  /** Whether sessions of this scope get pseudonyms in place of names. */
  isHiddenFrom(scope: Scope): boolean {
    return scope === 'viewer' && this.isMasked;
  }

  /** A second window that shows names of its own accord does not unmask what another one has masked. */
  publish(state: RoomState, isOfOpenCase: boolean): void {
    this.#state = state;
    this.#isOfOpenCase = isOfOpenCase;
    this.#isMasked ??= false;
    this.#changed();
  }

  caseClosed(): void {
    this.#isOfOpenCase = false;
  }

  mask(isMasked: boolean): void {
    if (this.#isMasked === isMasked) return;
    this.#isMasked = isMasked;
    this.#changed();
  }

  #changed(): void {
    this.#sequence++;
    for (const { wake } of this.#followers.values()) wake();
  }

  members(): { readonly viewers: number; readonly operators: number } {
    const scopes = [...this.#followers.values()].map(({ scope }) => scope);
    const viewers = scopes.filter((scope) => scope === 'viewer').length;
    return { viewers, operators: scopes.length - viewers };
  }

  /** The newest state at once when it is newer than `after`, then every later one; a slow follower skips to the newest. */
  async *follow(
    after: number | undefined,
    scope: Scope,
    signal: AbortSignal,
  ): AsyncGenerator<SequencedEvent<RoomEvent>, void> {
    const key = Symbol();
    let seen = after ?? 0;
    let wake = (): void => undefined;
    const onAbort = (): void => wake();
    this.#followers.set(key, { scope, wake: () => wake() });
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      while (!signal.aborted) {
        if (this.#sequence > seen) {
          seen = this.#sequence;
          yield { sequence: seen, event: { ...this.#state, isMasked: this.isMasked } };
        } else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#followers.delete(key);
      signal.removeEventListener('abort', onAbort);
    }
  }
}
