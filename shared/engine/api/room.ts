/** A room that follows a presenter: the newest state, and who follows. Nothing of it is kept in the case. */
import type { SequencedEvent } from '../../contract/derived-types.ts';
import type { Scope } from '../../contract/procedure.ts';

export interface RoomState {
  readonly stateJson: string;
  readonly presenter: string;
}

export class Room {
  readonly #followers = new Map<symbol, { readonly scope: Scope; readonly wake: () => void }>();
  #state: RoomState | undefined;
  #sequence = 0;

  publish(state: RoomState): void {
    this.#state = state;
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
  ): AsyncGenerator<SequencedEvent<RoomState>, void> {
    const key = Symbol();
    let seen = after ?? 0;
    let wake = (): void => undefined;
    const onAbort = (): void => wake();
    this.#followers.set(key, { scope, wake: () => wake() });
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      while (!signal.aborted) {
        if (this.#state && this.#sequence > seen) {
          seen = this.#sequence;
          yield { sequence: seen, event: this.#state };
        } else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#followers.delete(key);
      signal.removeEventListener('abort', onAbort);
    }
  }
}
