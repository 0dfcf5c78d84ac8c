/**
 * Calls a contract over a port. Invariants: every call settles, also when the port closes or the versions differ; a
 * stream never holds more unread chunks than the credit it granted; after `dispose` a feed's listener is never called.
 */
import type { Disposable } from '../base/disposable.ts';
import { ContractError, invalidArgument } from '../contract/contract-error.ts';
import type {
  CallOptions,
  ClientProcedures,
  FeedListener,
  FeedOptions,
  StreamOptions,
} from '../contract/derived-types.ts';
import { CONTRACT_VERSION, versionMismatch } from '../contract/hello.ts';
import type { Hello } from '../contract/hello.ts';
import type { ContractMap } from '../contract/procedure.ts';
import { ClientStream } from './client-stream.ts';
import { MAX_CREDIT, serverFrame } from './frames.ts';
import type { CallFrame, ClientFrame, ServerFrame } from './frames.ts';
import type { Port } from './port.ts';

export interface ClientOptions {
  /** Starts every request id; must differ between clients of one session. Default 'client'. */
  readonly requestIdPrefix?: string;
  /** Only for tests of a mismatch. Default CONTRACT_VERSION. */
  readonly contractVersion?: number;
}
export interface Client<C extends ContractMap> extends Disposable {
  /** Resolves when the versions agree; rejects with a readable error when they do not or the port closes first. */
  readonly hello: Promise<Hello>;
  readonly procedures: ClientProcedures<C>;
}

/** What a call under way does with the frames that answer it. */
interface PendingCall {
  readonly procedure: string;
  onFrame(frame: Exclude<ServerFrame, { type: 'hello' | 'error' }>): void;
  /** Also called when the connection is lost. */
  onError(error: ContractError): void;
}

export function createClient<C extends ContractMap>(contract: C, port: Port, options: ClientOptions = {}): Client<C> {
  const connection = new ClientConnection(port, options);
  const procedures: Record<string, unknown> = {};
  for (const [name, procedure] of Object.entries(contract)) {
    if (procedure.kind === 'stream') {
      procedures[name] = (input: unknown, stream?: StreamOptions) => connection.stream(name, input, stream);
    } else if (procedure.kind === 'feed') {
      procedures[name] = (input: unknown, listener: FeedListener<unknown>, feed?: FeedOptions) =>
        connection.subscribe(name, input, listener, feed);
    } else {
      const isCommand = procedure.kind === 'command';
      procedures[name] = (input: unknown, call?: CallOptions) => connection.call(name, input, isCommand, call);
    }
  }
  return {
    hello: connection.hello,
    procedures: procedures as ClientProcedures<C>,
    dispose: () => connection.dispose(),
  };
}

interface HelloSettler {
  resolve(hello: Hello): void;
  reject(error: ContractError): void;
}

class ClientConnection implements Disposable {
  readonly hello: Promise<Hello>;
  readonly #port: Port;
  readonly #version: number;
  readonly #prefix: string;
  readonly #pending = new Map<number, PendingCall>();
  readonly #settleHello: HelloSettler;
  #nextId = 1;
  #lost: ContractError | undefined;

  constructor(port: Port, options: ClientOptions) {
    this.#port = port;
    this.#version = options.contractVersion ?? CONTRACT_VERSION;
    this.#prefix = options.requestIdPrefix ?? 'client';
    const { promise, ...settler } = Promise.withResolvers<Hello>();
    this.hello = promise;
    this.#settleHello = settler;
    // Whoever never looks at `hello` still learns of the failure from each call.
    promise.catch(() => undefined);
    port.onClose(() => this.#lose(new ContractError('unavailable', 'The engine closed the connection.')));
    port.onMessage((message) => this.#receive(message));
    this.#send({ type: 'hello', hello: { contractVersion: this.#version, engineVersion: '', scope: 'viewer' } });
  }

  dispose(): void {
    this.#lose(new ContractError('cancelled', 'The client was closed.'));
    this.#port.close();
  }

  call(procedure: string, input: unknown, isCommand: boolean, options: CallOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const guard = new CallGuard(options, (error) => finish(() => reject(error), true));
      const id = this.#open(
        { procedure, input, ...(isCommand ? { requestId: `${this.#prefix}-${this.#nextId}` } : {}) },
        {
          procedure,
          onFrame: (frame) => {
            if (frame.type === 'result') finish(() => resolve(frame.output), false);
          },
          onError: (error) => finish(() => reject(error), false),
        },
      );
      const finish = (settle: () => void, isToBeCancelled: boolean): void => {
        guard.dispose();
        if (id !== undefined) this.#finish(id, isToBeCancelled);
        settle();
      };
      guard.start();
    });
  }

  stream(procedure: string, input: unknown, options: StreamOptions = {}): AsyncIterableIterator<unknown> {
    const credit = Math.max(1, Math.min(MAX_CREDIT, Math.floor(options.credit ?? 4)));
    const stream: ClientStream = new ClientStream({
      credit,
      grant: (count) => {
        if (id !== undefined) this.#send({ type: 'credit', id, count });
      },
      finish: (isToBeCancelled) => {
        guard.dispose();
        if (id !== undefined) this.#finish(id, isToBeCancelled);
      },
    });
    const guard = new CallGuard(options, (error) => stream.fail(error, true));
    const id = this.#open(
      { procedure, input, credit },
      {
        procedure,
        onFrame: (frame) => {
          if (frame.type === 'chunk') stream.push(frame.chunk);
          else if (frame.type === 'end') stream.end();
        },
        onError: (error) => stream.fail(error, false),
      },
    );
    guard.start();
    return stream;
  }

  subscribe(procedure: string, input: unknown, listener: FeedListener<unknown>, options: FeedOptions = {}): Disposable {
    let isOver = false;
    let last = options.after ?? -1;
    const end = (error: ContractError | null): void => {
      if (isOver) return;
      isOver = true;
      if (id !== undefined) this.#finish(id, false);
      options.onEnd?.(error);
    };
    const id = this.#open(
      { procedure, input, ...(options.after === undefined ? {} : { after: options.after }) },
      {
        procedure,
        onFrame: (frame) => {
          if (frame.type === 'end') return end(null);
          // A feed may repeat events when it resumes; each is shown once.
          if (frame.type !== 'event' || isOver || frame.sequence <= last) return;
          last = frame.sequence;
          listener(frame.event, frame.sequence);
        },
        onError: end,
      },
    );
    return {
      dispose: () => {
        if (isOver) return;
        isOver = true;
        if (id !== undefined) this.#finish(id, true);
      },
    };
  }

  /** Sends the call and returns its id; when the connection is lost, fails the call in a later microtask instead. */
  #open(call: Omit<CallFrame, 'type' | 'id'>, pending: PendingCall): number | undefined {
    const lost = this.#lost;
    if (lost) {
      queueMicrotask(() => pending.onError(lost));
      return undefined;
    }
    const id = this.#nextId++;
    this.#pending.set(id, pending);
    this.#send({ type: 'call', id, ...call });
    return id;
  }

  #finish(id: number, isToBeCancelled: boolean): void {
    if (this.#pending.delete(id) && isToBeCancelled) this.#send({ type: 'cancel', id });
  }

  #send(frame: ClientFrame): void {
    if (!this.#lost) this.#port.post(frame);
  }

  #lose(error: ContractError): void {
    if (this.#lost) return;
    this.#lost = error;
    this.#settleHello.reject(error);
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const call of pending) call.onError(error);
  }

  #receive(message: unknown): void {
    if (this.#lost) return;
    const parsed = serverFrame.safeParse(message);
    if (!parsed.success) return this.#breakOff(invalidArgument('A frame from the engine', parsed.error));
    const frame = parsed.data;
    if (frame.type === 'hello') return this.#greet(frame.hello);
    if (frame.type !== 'error') return this.#pending.get(frame.id)?.onFrame(frame);
    const error = ContractError.fromBody(frame.error);
    if (frame.id === null) return this.#breakOff(error);
    const call = this.#pending.get(frame.id);
    this.#pending.delete(frame.id);
    call?.onError(error);
  }

  #greet(hello: Hello): void {
    if (hello.contractVersion === this.#version) this.#settleHello.resolve(hello);
    else this.#breakOff(versionMismatch(this.#version, hello.contractVersion));
  }

  #breakOff(error: ContractError): void {
    this.#lose(error);
    this.#port.close();
  }
}

/** Ends a call from the caller's side: by signal or by time. */
class CallGuard {
  readonly #options: CallOptions;
  readonly #stop: (error: ContractError) => void;
  readonly #onAbort = (): void => this.#stop(new ContractError('cancelled', 'The call was cancelled.'));
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CallOptions, stop: (error: ContractError) => void) {
    this.#options = options;
    this.#stop = stop;
  }

  start(): void {
    const { signal, timeoutMs } = this.#options;
    if (signal?.aborted === true) return this.#onAbort();
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (timeoutMs === undefined) return;
    const late = new ContractError('deadline_exceeded', `No answer within ${timeoutMs} ms.`);
    this.#timer = setTimeout(() => this.#stop(late), timeoutMs);
  }

  dispose(): void {
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    if (this.#timer !== undefined) clearTimeout(this.#timer);
  }
}
