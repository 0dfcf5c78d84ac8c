/**
 * The sending end of a bounded queue between threads. Each message costs one credit; the receiver gives credit back when
 * it is done with a message, so never more than the first grant are under way.
 */
import type { MessagePort, Transferable } from 'node:worker_threads';
import { EngineError } from '../engine-error.ts';
import type { CreditMessage, ParsedMessage } from './contract.ts';

/** Messages a parse worker may be ahead of the writer: enough to keep both busy, about 30 MB of spans. */
export const QUEUE_BOUND = 6;

export class CreditGate {
  readonly #port: MessagePort;
  #credit = QUEUE_BOUND;
  #isStopped = false;
  #wake: (() => void) | undefined;

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', (message: CreditMessage) => {
      if (message.type === 'credit') this.#credit += message.count;
      else this.#isStopped = true;
      this.#wake?.();
    });
    // The writer's thread may die without a word.
    port.on('close', () => {
      this.#isStopped = true;
      this.#wake?.();
    });
  }

  /** Waits for credit, then sends. Throws `cancelled` when the writer wants no more. */
  async send(message: ParsedMessage, transfer: readonly Transferable[] = []): Promise<void> {
    while (this.#credit === 0 && !this.#isStopped) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#isStopped) throw new EngineError('cancelled', 'The import was stopped.');
    this.#credit--;
    this.#port.postMessage(message, transfer);
  }

  close(): void {
    this.#port.close();
  }
}
