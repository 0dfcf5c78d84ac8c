/**
 * What is told to the page of one window: menu items, opened files, links. The page may not listen yet (it loads, or
 * reloads), so commands wait; each is told once. The queue is bounded: of too many the oldest are forgotten.
 */
import type { FeedContext, SequencedEvent } from '../../shared/contract/derived-types.ts';
import type { HostCommand } from '../../shared/contract/host-contract.ts';

const MAX_WAITING = 64;

export class CommandQueue {
  readonly #waiting: SequencedEvent<HostCommand>[] = [];
  #listener: symbol | undefined;
  #wake: (() => void) | undefined;
  #lastSequence = 0;

  push(command: HostCommand): void {
    this.#waiting.push({ sequence: ++this.#lastSequence, event: command });
    if (this.#waiting.length > MAX_WAITING) this.#waiting.shift();
    this.#wake?.();
  }

  /** A window has one page: whoever listens last gets what comes, and an earlier listener is told that it is over. */
  async *follow({ signal }: Pick<FeedContext, 'signal'>): AsyncGenerator<SequencedEvent<HostCommand>, void> {
    const me = Symbol('listener');
    this.#listener = me;
    this.#wake?.();
    const onAbort = (): void => this.#wake?.();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      while (!signal.aborted && this.#listener === me) {
        const next = this.#waiting.shift();
        if (next) yield next;
        else await new Promise<void>((wake) => (this.#wake = wake));
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
