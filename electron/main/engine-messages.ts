/**
 * What the main process and the engine's process say to each other beside the contract. Both ends are ours and of one
 * bundle, so nothing is checked at run time.
 */
import type { Scope } from '../../shared/contract/procedure.ts';

/** The case an engine has open. */
export interface OpenedCase {
  readonly caseFile: string;
  readonly isReadOnly: boolean;
}

/** To the engine; the port travels with the message. */
export type ToEngine =
  | { readonly type: 'connect'; readonly scope: Scope }
  /** Answers `startReader`. */
  | { readonly type: 'readerStarted'; readonly readerId: number }
  | { readonly type: 'readerEnded'; readonly readerId: number }
  /** Closes the case and ends the process. */
  | { readonly type: 'shutdown' };

export type FromEngine =
  | { readonly type: 'caseOpened'; readonly opened: OpenedCase }
  | { readonly type: 'caseClosed' }
  /** The case it was started with cannot be opened; why is said to whoever opens it next. */
  | { readonly type: 'caseRefused'; readonly caseFile: string }
  | { readonly type: 'startReader'; readonly readerId: number; readonly caseFile: string }
  | { readonly type: 'killReader'; readonly readerId: number };

/** What the engine's process is started with, as JSON in its first argument. */
export interface EngineStart {
  /** Opened before any port is served: what the program was started with, or what a crash interrupted. */
  readonly opened: OpenedCase | null;
}
