/**
 * The four kinds of procedure and their descriptors. A descriptor holds schemas only, so client type, handler type and
 * the reference page can all be derived from one object. There is no fifth kind.
 */
import type { z } from 'zod';

/** Least role allowed: a shared screen, the owner of the session, or a host that can show a native dialog. */
export const SCOPES = ['viewer', 'operator', 'host'] as const;
export type Scope = (typeof SCOPES)[number];

export const PROCEDURE_KINDS = ['query', 'command', 'feed', 'stream'] as const;

type AnySchema = z.ZodType;

/** Reads; may be repeated; cancellable. */
export interface Query<I extends AnySchema = AnySchema, O extends AnySchema = AnySchema> {
  readonly kind: 'query';
  readonly scope: Scope;
  /** One sentence for the reference page. */
  readonly summary: string;
  readonly input: I;
  readonly output: O;
}
/** Changes something once: the call carries a request id, and the output names the new revision. */
export interface Command<I extends AnySchema = AnySchema, O extends AnySchema = AnySchema> {
  readonly kind: 'command';
  readonly scope: Scope;
  readonly summary: string;
  readonly input: I;
  readonly output: O;
}
/** Events from now on, or after a given sequence number. */
export interface Feed<I extends AnySchema = AnySchema, E extends AnySchema = AnySchema> {
  readonly kind: 'feed';
  readonly scope: Scope;
  readonly summary: string;
  readonly input: I;
  readonly event: E;
}
/** Many rows in batches, paced by the receiver's credit. */
export interface Stream<I extends AnySchema = AnySchema, C extends AnySchema = AnySchema> {
  readonly kind: 'stream';
  readonly scope: Scope;
  readonly summary: string;
  readonly input: I;
  readonly chunk: C;
}
export type Procedure = Query | Command | Feed | Stream;
/** Procedures by `noun.verb`. */
export type ContractMap = Readonly<Record<string, Procedure>>;

export function query<I extends AnySchema, O extends AnySchema>(parts: Omit<Query<I, O>, 'kind'>): Query<I, O> {
  return { kind: 'query', ...parts };
}
export function command<I extends AnySchema, O extends AnySchema>(parts: Omit<Command<I, O>, 'kind'>): Command<I, O> {
  return { kind: 'command', ...parts };
}
export function feed<I extends AnySchema, E extends AnySchema>(parts: Omit<Feed<I, E>, 'kind'>): Feed<I, E> {
  return { kind: 'feed', ...parts };
}
export function stream<I extends AnySchema, C extends AnySchema>(parts: Omit<Stream<I, C>, 'kind'>): Stream<I, C> {
  return { kind: 'stream', ...parts };
}

/** True when a session granted `granted` may call what needs `needed`. */
export function isScopeAllowed(granted: Scope, needed: Scope): boolean {
  return SCOPES.indexOf(granted) >= SCOPES.indexOf(needed);
}
