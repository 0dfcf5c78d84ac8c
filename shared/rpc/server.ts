/**
 * Answers a contract over a port. Input is always checked and unknown fields refused; output is checked when asked
 * (tests, development). Invariants: a stream never has more chunks under way than credit was granted; a call answers
 * exactly once; a frame from a hostile peer can end its own connection, nothing else.
 */
import { ContractError, invalidArgument } from '../contract/contract-error.ts';
import type { ErrorCode } from '../contract/contract-error.ts';
import type { Handlers } from '../contract/derived-types.ts';
import { CONTRACT_VERSION, versionMismatch } from '../contract/hello.ts';
import { isScopeAllowed } from '../contract/procedure.ts';
import type { ContractMap, Procedure, Scope } from '../contract/procedure.ts';
import type { Disposable } from '../base/disposable.ts';
import { clientFrame } from './frames.ts';
import type { CallFrame, ClientFrame, ServerFrame } from './frames.ts';
import type { Port } from './port.ts';
import { RequestMemory } from './request-memory.ts';
import { ServerCall } from './server-call.ts';
import type { LooseHandler } from './server-call.ts';

export interface ServerOptions {
  readonly engineVersion: string;
  /** What this session may do. Default `operator`. */
  readonly scope?: Scope;
  /** Check what handlers answer against the contract. Default false. */
  readonly isOutputChecked?: boolean;
  /** Calls under way at once. Default 256. */
  readonly maxCalls?: number;
  /** Gets what a handler threw that is no ContractError: a bug. The peer sees only `internal`. */
  readonly onBug?: (error: unknown, procedure: string) => void;
  /** Turns errors the handlers know into contract errors; undefined = it is a bug. */
  readonly errorOf?: (error: unknown) => ContractError | undefined;
  /** Only for tests of a mismatch. Default CONTRACT_VERSION. */
  readonly contractVersion?: number;
}

/** Refused frames after which the connection is closed. */
const MAX_REFUSED_FRAMES = 20;

export function serve<C extends ContractMap>(
  contract: C,
  handlers: Handlers<C>,
  port: Port,
  options: ServerOptions,
): Disposable {
  const session = new ServerSession(contract, handlers as Readonly<Record<string, LooseHandler>>, port, options);
  session.start();
  return session;
}

class ServerSession implements Disposable {
  readonly #contract: ContractMap;
  readonly #handlers: Readonly<Record<string, LooseHandler>>;
  readonly #port: Port;
  readonly #options: ServerOptions;
  readonly #scope: Scope;
  readonly #version: number;
  readonly #calls = new Map<number, ServerCall>();
  readonly #requests = new RequestMemory();
  #refusedFrames = 0;
  #isClosed = false;
  #hasGreeted = false;

  constructor(
    contract: ContractMap,
    handlers: Readonly<Record<string, LooseHandler>>,
    port: Port,
    options: ServerOptions,
  ) {
    this.#contract = contract;
    this.#handlers = handlers;
    this.#port = port;
    this.#options = options;
    this.#scope = options.scope ?? 'operator';
    this.#version = options.contractVersion ?? CONTRACT_VERSION;
  }

  start(): void {
    this.#port.onClose(() => this.dispose());
    this.#port.onMessage((message) => this.#receive(message));
    const { engineVersion } = this.#options;
    this.#send({ type: 'hello', hello: { contractVersion: this.#version, engineVersion, scope: this.#scope } });
  }

  dispose(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const call of this.#calls.values()) call.cancel();
    this.#calls.clear();
    this.#port.close();
  }

  #send(frame: ServerFrame, transfer?: readonly ArrayBuffer[]): void {
    if (!this.#isClosed) this.#port.post(frame, transfer);
  }

  #receive(message: unknown): void {
    if (this.#isClosed) return;
    const parsed = clientFrame.safeParse(message);
    if (!parsed.success) return this.#refuse(invalidArgument('The frame', parsed.error));
    this.#handle(parsed.data);
  }

  #handle(frame: ClientFrame): void {
    if (frame.type === 'hello') return this.#greet(frame.hello.contractVersion);
    if (!this.#hasGreeted)
      return this.#refuse(new ContractError('failed_precondition', 'Say hello before anything else.'));
    if (frame.type === 'call') return this.#begin(frame);
    const call = this.#calls.get(frame.id);
    // A cancel or credit that crosses the end of its call on the wire is normal, not hostile.
    if (!call) return;
    if (frame.type === 'cancel') call.cancel();
    else if (!call.grant(frame.count)) {
      call.cancel();
      this.#refuse(new ContractError('invalid_argument', `Call ${frame.id} was granted more credit than is allowed.`));
    }
  }

  #greet(theirs: number): void {
    if (theirs !== this.#version) {
      this.#send({ type: 'error', id: null, error: versionMismatch(this.#version, theirs).toBody() });
      return this.dispose();
    }
    this.#hasGreeted = true;
  }

  #refuse(error: ContractError): void {
    this.#send({ type: 'error', id: null, error: error.toBody() });
    this.#refusedFrames++;
    if (this.#refusedFrames >= MAX_REFUSED_FRAMES) this.dispose();
  }

  #begin(frame: CallFrame): void {
    if (this.#calls.has(frame.id)) {
      return this.#refuse(new ContractError('invalid_argument', `Call ${frame.id} is already under way.`));
    }
    const checked = this.#check(frame);
    if (checked instanceof ContractError) return this.#fail(frame.id, checked);
    const { procedure, input } = checked;
    const handler = this.#handlers[frame.procedure];
    if (!handler)
      return this.#fail(frame.id, new ContractError('unimplemented', `${frame.procedure} is not answered here.`));
    const call = new ServerCall({
      frame,
      procedure,
      input,
      handler,
      scope: this.#scope,
      requests: this.#requests,
      isOutputChecked: this.#options.isOutputChecked === true,
      send: (answer, transfer) => this.#send(answer, transfer),
      errorOf: (error) => this.#errorOf(error, frame.procedure),
    });
    this.#calls.set(frame.id, call);
    void call.run().finally(() => this.#calls.delete(frame.id));
  }

  /** The procedure with checked input, or the reason it cannot be called. */
  #check(frame: CallFrame): { readonly procedure: Procedure; readonly input: unknown } | ContractError {
    const name = frame.procedure;
    const procedure = Object.hasOwn(this.#contract, name) ? this.#contract[name] : undefined;
    if (!procedure) return new ContractError('not_found', `There is no procedure called ${JSON.stringify(name)}.`);
    if (!isScopeAllowed(this.#scope, procedure.scope)) {
      return new ContractError(
        'permission_denied',
        `${name} needs the scope ${procedure.scope}; this session has ${this.#scope}.`,
      );
    }
    if (procedure.kind === 'command' && frame.requestId === undefined) {
      return new ContractError('invalid_argument', `${name} is a command and needs a request id.`);
    }
    const maxCalls = this.#options.maxCalls ?? 256;
    if (this.#calls.size >= maxCalls) {
      return new ContractError('resource_exhausted', `${maxCalls} calls are already under way; wait for one to end.`);
    }
    const input = procedure.input.safeParse(frame.input);
    if (!input.success) return invalidArgument(`The input of ${name}`, input.error);
    return { procedure, input: input.data };
  }

  #fail(id: number, error: ContractError): void {
    this.#send({ type: 'error', id, error: error.toBody() });
  }

  #errorOf(error: unknown, procedure: string): ContractError {
    if (error instanceof ContractError) return error;
    const known = this.#options.errorOf?.(error);
    if (known) return known;
    this.#options.onBug?.(error, procedure);
    const code: ErrorCode = 'internal';
    return new ContractError(code, `${procedure} failed for a reason nobody foresaw. The log of the engine says more.`);
  }
}
