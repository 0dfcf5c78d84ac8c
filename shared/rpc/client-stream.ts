/** The receiving end of a stream: a queue no longer than the credit granted, read as an async iterator. */
import { ContractError } from '../contract/contract-error.ts';

interface ClientStreamParts {
  readonly credit: number;
  /** Tells the sender that `count` more chunks are welcome. */
  grant(count: number): void;
  /** The stream is over on this side. */
  finish(isToBeCancelled: boolean): void;
}
type Step = IteratorResult<unknown, undefined>;
interface Waiter {
  resolve(step: Step): void;
  reject(error: ContractError): void;
}

export class ClientStream implements AsyncIterableIterator<unknown> {
  readonly #parts: ClientStreamParts;
  readonly #queue: unknown[] = [];
  readonly #waiters: Waiter[] = [];
  #isOver = false;
  #error: ContractError | undefined;
  /** Chunks the sender may still send. */
  #outstanding: number;

  constructor(parts: ClientStreamParts) {
    this.#parts = parts;
    this.#outstanding = parts.credit;
  }

  push(chunk: unknown): void {
    if (this.#isOver) return;
    if (this.#outstanding === 0) {
      return this.fail(new ContractError('internal', 'The engine sent more chunks than it was allowed to.'), true);
    }
    this.#outstanding--;
    const waiter = this.#waiters.shift();
    if (!waiter) return void this.#queue.push(chunk);
    this.#regrant();
    waiter.resolve({ done: false, value: chunk });
  }

  end(): void {
    this.#settle(undefined, false);
  }

  fail(error: ContractError, isToBeCancelled: boolean): void {
    this.#settle(error, isToBeCancelled);
  }

  next(): Promise<Step> {
    if (this.#queue.length > 0) {
      const value = this.#queue.shift();
      if (!this.#isOver) this.#regrant();
      return Promise.resolve({ done: false, value });
    }
    if (this.#error) {
      const error = this.#error;
      this.#error = undefined;
      return Promise.reject(error);
    }
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  return(): Promise<Step> {
    this.#queue.length = 0;
    this.#error = undefined;
    this.#settle(undefined, true);
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #regrant(): void {
    this.#outstanding++;
    this.#parts.grant(1);
  }

  #settle(error: ContractError | undefined, isToBeCancelled: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#parts.finish(isToBeCancelled);
    const first = error ? this.#waiters.shift() : undefined;
    if (error && first) first.reject(error);
    else this.#error = error;
    for (const waiter of this.#waiters.splice(0)) waiter.resolve({ done: true, value: undefined });
  }
}
