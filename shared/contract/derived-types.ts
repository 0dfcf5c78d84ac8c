/** Types derived from a contract: what a client can call and what a server must answer. */
import type { z } from 'zod';
import type { Disposable } from '../base/disposable.ts';
import type { Command, ContractMap, Feed, Procedure, Query, Scope, Stream } from './procedure.ts';
import type { ContractError } from './contract-error.ts';

/** What a caller may pass: defaults may be left out. */
export type InputOf<P extends Procedure> = z.input<P['input']>;
/** What a handler gets: checked, with defaults filled in. */
export type CheckedInputOf<P extends Procedure> = z.output<P['input']>;
export type OutputOf<P extends Query | Command> = z.output<P['output']>;
export type EventOf<P extends Feed> = z.output<P['event']>;
export type ChunkOf<P extends Stream> = z.output<P['chunk']>;

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** After this long the call is cancelled and fails with `deadline_exceeded`. */
  readonly timeoutMs?: number | undefined;
}
export interface StreamOptions extends CallOptions {
  /** Chunks the receiver is willing to hold, 1-64. */
  readonly credit?: number | undefined;
}
export interface FeedOptions {
  /** Events with a greater sequence number only; absent = from now on. */
  readonly after?: number | undefined;
  /** The feed is over: with an error, or because nothing more can come. Never called after `dispose`. */
  readonly onEnd?: ((error: ContractError | null) => void) | undefined;
}
export type FeedListener<E> = (event: E, sequence: number) => void;

type ClientProcedure<P extends Procedure> = P extends Query | Command
  ? (input: InputOf<P>, options?: CallOptions) => Promise<OutputOf<P>>
  : P extends Feed
    ? (input: InputOf<P>, listener: FeedListener<EventOf<P>>, options?: FeedOptions) => Disposable
    : P extends Stream
      ? (input: InputOf<P>, options?: StreamOptions) => AsyncIterableIterator<ChunkOf<P>>
      : never;

/** `client['incident.get']({ … })`, one function per procedure, its shape given by its kind. */
export type ClientProcedures<C extends ContractMap> = { readonly [Name in keyof C]: ClientProcedure<C[Name]> };

export interface HandlerContext {
  /** Aborted when the caller cancels or goes away. */
  readonly signal: AbortSignal;
  readonly scope: Scope;
}
export interface FeedContext extends HandlerContext {
  /** Events after this sequence number; undefined = from now on. */
  readonly after: number | undefined;
}
export interface SequencedEvent<E> {
  /** Strictly increasing within a feed. */
  readonly sequence: number;
  readonly event: E;
}

type Handler<P extends Procedure> = P extends Query | Command
  ? (input: CheckedInputOf<P>, context: HandlerContext) => Promise<OutputOf<P>> | OutputOf<P>
  : P extends Feed
    ? (input: CheckedInputOf<P>, context: FeedContext) => AsyncIterable<SequencedEvent<EventOf<P>>>
    : P extends Stream
      ? (input: CheckedInputOf<P>, context: HandlerContext) => AsyncIterable<ChunkOf<P>>
      : never;

/** Every procedure answered; one missing does not compile. Chunks are given away: their buffers are transferred. */
export type Handlers<C extends ContractMap> = { readonly [Name in keyof C]: Handler<C[Name]> };
/** The handlers of one namespace (`job` → `job.list`, `job.get` …). */
export type NamespaceHandlers<C extends ContractMap, Namespace extends string> = Pick<
  Handlers<C>,
  Extract<keyof C, `${Namespace}.${string}`>
>;
