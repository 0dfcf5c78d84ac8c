/** One call on the server: runs its handler, paces a stream by credit, answers once. */
import { ContractError, invalidArgument } from '../contract/contract-error.ts';
import type { SequencedEvent } from '../contract/derived-types.ts';
import type { Procedure, Scope } from '../contract/procedure.ts';
import { MAX_CREDIT } from './frames.ts';
import type { CallFrame, ServerFrame } from './frames.ts';
import type { RequestMemory } from './request-memory.ts';
import { transferableBuffers } from './transferable-buffers.ts';

/** A handler after its types have done their work: the server treats all alike. */
export type LooseHandler = (
  input: unknown,
  context: { readonly signal: AbortSignal; readonly scope: Scope; readonly after: number | undefined },
) => unknown;

interface ServerCallParts {
  readonly frame: CallFrame;
  readonly procedure: Procedure;
  readonly input: unknown;
  readonly handler: LooseHandler;
  readonly scope: Scope;
  readonly requests: RequestMemory;
  readonly isOutputChecked: boolean;
  readonly send: (frame: ServerFrame, transfer?: readonly ArrayBuffer[]) => void;
  readonly errorOf: (error: unknown) => ContractError;
}

export class ServerCall {
  readonly #parts: ServerCallParts;
  readonly #abort = new AbortController();
  #credit: number;
  #wake: (() => void) | undefined;

  constructor(parts: ServerCallParts) {
    this.#parts = parts;
    this.#credit = parts.frame.credit ?? 1;
  }

  cancel(): void {
    this.#abort.abort(new ContractError('cancelled', 'The caller cancelled.'));
    this.#wake?.();
  }

  /** False when the grant goes beyond what a receiver may hold. */
  grant(count: number): boolean {
    if (this.#credit + count > MAX_CREDIT) return false;
    this.#credit += count;
    this.#wake?.();
    return true;
  }

  /** Resolves when the call has been answered; never rejects. */
  async run(): Promise<void> {
    const { send, frame, procedure } = this.#parts;
    try {
      if (procedure.kind === 'stream') await this.#runStream();
      else if (procedure.kind === 'feed') await this.#runFeed();
      else await this.#runOnce();
    } catch (error) {
      const isCancel = this.#abort.signal.aborted;
      const told = isCancel ? new ContractError('cancelled', 'The call was cancelled.') : this.#parts.errorOf(error);
      send({ type: 'error', id: frame.id, error: told.toBody() });
    }
  }

  #invoke(): unknown {
    const { handler, input, scope, frame } = this.#parts;
    return handler(input, { signal: this.#abort.signal, scope, after: frame.after });
  }

  async #runOnce(): Promise<void> {
    const { frame, procedure, requests, send } = this.#parts;
    const run = async (): Promise<unknown> => this.#invoke();
    const { requestId } = frame;
    const isOnce = procedure.kind === 'command' && requestId !== undefined;
    const answer = isOnce ? requests.once(requestId, frame.procedure, run) : run();
    const output = await this.#untilCancelled(answer);
    if (procedure.kind === 'query' || procedure.kind === 'command') this.#checkOutput(procedure.output, output);
    send({ type: 'result', id: frame.id, output });
  }

  async #runStream(): Promise<void> {
    const { frame, procedure, send } = this.#parts;
    const iterator = (this.#invoke() as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    try {
      for (;;) {
        await this.#creditOrCancel();
        const step = await this.#untilCancelled(iterator.next());
        if (step.done === true) break;
        if (procedure.kind === 'stream') this.#checkOutput(procedure.chunk, step.value);
        this.#credit--;
        send({ type: 'chunk', id: frame.id, chunk: step.value }, transferableBuffers(step.value));
      }
    } finally {
      // Not awaited: an iterator that hangs in its own clean-up must not keep the call open.
      void Promise.resolve(iterator.return?.()).catch(() => undefined);
    }
    send({ type: 'end', id: frame.id });
  }

  async #runFeed(): Promise<void> {
    const { frame, procedure, send } = this.#parts;
    const iterator = (this.#invoke() as AsyncIterable<SequencedEvent<unknown>>)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const step = await this.#untilCancelled(iterator.next());
        if (step.done === true) break;
        const { sequence, event } = step.value;
        if (procedure.kind === 'feed') this.#checkOutput(procedure.event, event);
        send({ type: 'event', id: frame.id, sequence, event });
      }
    } finally {
      void Promise.resolve(iterator.return?.()).catch(() => undefined);
    }
    send({ type: 'end', id: frame.id });
  }

  #checkOutput(schema: { safeParse(value: unknown): { success: boolean; error?: unknown } }, value: unknown): void {
    if (!this.#parts.isOutputChecked) return;
    const checked = schema.safeParse(value);
    if (checked.success) return;
    const { message } = invalidArgument(`What ${this.#parts.frame.procedure} answered`, checked.error as never);
    throw new ContractError('internal', message);
  }

  async #creditOrCancel(): Promise<void> {
    while (this.#credit === 0) {
      this.#abort.signal.throwIfAborted();
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = undefined;
    }
    this.#abort.signal.throwIfAborted();
  }

  /** Settles as `work` does, or rejects as soon as the call is cancelled, whether or not the handler listens. */
  async #untilCancelled<T>(work: PromiseLike<T>): Promise<T> {
    const { signal } = this.#abort;
    signal.throwIfAborted();
    let onAbort = (): void => undefined;
    const aborted = new Promise<never>((_, reject) => {
      onAbort = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([work, aborted]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
