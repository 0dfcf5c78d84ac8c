/**
 * Calls and events between the engine's own threads: one request, one answer, plus events one way. Both ends are ours and
 * typed by `contract.ts`, so unlike `shared/rpc` nothing is checked at run time and ports and shared memory may travel.
 */
import { errorFromPlain, plainError, type PlainError } from '../engine-error.ts';

export interface MessageTarget {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}
type Transferable = import('node:worker_threads').Transferable;

/** A procedure takes one argument and answers one value. */
export type Procedures = Record<string, (argument: never) => unknown>;
type Argument<P extends Procedures, Name extends keyof P> = Parameters<P[Name]>[0];
type Answer<P extends Procedures, Name extends keyof P> = Awaited<ReturnType<P[Name]>>;

type Message =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly argument: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: PlainError }
  | { readonly type: 'event'; readonly event: unknown };

export interface CallClient<P extends Procedures, Event> {
  call<Name extends keyof P & string>(
    name: Name,
    argument: Argument<P, Name>,
    transfer?: readonly Transferable[],
  ): Promise<Answer<P, Name>>;
  /** Answers the way to stop listening. */
  onEvent(listener: (event: Event) => void): () => void;
  /** Rejects what is under way, and every call after it. */
  fail(error: Error): void;
}

export function createCallClient<P extends Procedures, Event>(target: MessageTarget): CallClient<P, Event> {
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Set<(event: Event) => void>();
  let nextId = 1;
  let failure: Error | undefined;
  target.on('message', (raw) => {
    const message = raw as Message;
    if (message.type === 'event') for (const listener of listeners) listener(message.event as Event);
    if (message.type !== 'answer' && message.type !== 'error') return;
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (message.type === 'answer') call?.resolve(message.value);
    else call?.reject(errorFromPlain(message.error));
  });
  return {
    call(name, argument, transfer) {
      return new Promise((resolve, reject) => {
        if (failure) {
          reject(failure);
          return;
        }
        const id = nextId++;
        pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
        target.postMessage({ type: 'call', id, name, argument } satisfies Message, transfer);
      });
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    fail(error) {
      failure ??= error;
      for (const { reject } of pending.values()) reject(error);
      pending.clear();
    },
  };
}

export type Handlers<P extends Procedures> = {
  readonly [Name in keyof P]: (argument: Argument<P, Name>) => Answer<P, Name> | Promise<Answer<P, Name>>;
};

/** Answers calls; the returned function sends events. */
export function serveCalls<P extends Procedures, Event>(
  target: MessageTarget,
  handlers: Handlers<P>,
): (event: Event) => void {
  const answer = async (id: number, name: string, argument: unknown): Promise<void> => {
    try {
      const handler = handlers[name] as (argument: unknown) => unknown;
      const value = await handler(argument);
      target.postMessage({ type: 'answer', id, value } satisfies Message);
    } catch (error) {
      target.postMessage({ type: 'error', id, error: plainError(error) } satisfies Message);
    }
  };
  target.on('message', (raw) => {
    const message = raw as Message;
    if (message.type === 'call') void answer(message.id, message.name, message.argument);
  });
  return (event) => target.postMessage({ type: 'event', event } satisfies Message);
}
