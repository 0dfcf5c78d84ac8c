/**
 * What screens are told about a case: that answers may have changed, and in which areas. Events are gathered, so that a
 * screen hears at most four a second however fast rows come in, and a slow one hears less often, never late news twice.
 */
import type { SequencedEvent } from '../../contract/derived-types.ts';
import type { CASE_AREAS } from '../../contract/room-schemas.ts';

export type CaseArea = (typeof CASE_AREAS)[number];
export interface CaseChange {
  readonly revision: number;
  readonly areas: CaseArea[];
}
const LEAST_GAP_MS = 250;

export class ChangeFeed {
  readonly #listeners = new Set<(areas: readonly CaseArea[]) => void>();
  #revision = 0;

  /** Rises with every change. */
  get revision(): number {
    return this.#revision;
  }

  get isFollowed(): boolean {
    return this.#listeners.size > 0;
  }

  /** Tells who follows; answers the new revision. */
  touch(...areas: readonly CaseArea[]): number {
    this.#revision++;
    for (const listener of this.#listeners) listener(areas);
    return this.#revision;
  }

  /** Changes after revision `after` (undefined = from now on) until the signal is raised. */
  async *follow(after: number | undefined, signal: AbortSignal): AsyncGenerator<SequencedEvent<CaseChange>, void> {
    // What exactly was missed is not kept: everything may differ.
    const areas = new Set<CaseArea>(after !== undefined && after < this.#revision ? ['case'] : []);
    let wake = (): void => undefined;
    const listener = (touched: readonly CaseArea[]): void => {
      for (const area of touched) areas.add(area);
      wake();
    };
    const onAbort = (): void => wake();
    this.#listeners.add(listener);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      while (!signal.aborted) {
        if (areas.size === 0) {
          await new Promise<void>((resolve) => (wake = resolve));
          continue;
        }
        const event = { revision: this.#revision, areas: [...areas] };
        areas.clear();
        yield { sequence: event.revision, event };
        await pause(LEAST_GAP_MS, signal);
      }
    } finally {
      this.#listeners.delete(listener);
      signal.removeEventListener('abort', onAbort);
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
