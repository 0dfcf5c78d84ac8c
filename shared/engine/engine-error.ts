/**
 * Expected failures of the engine, with the contract's closed set of codes, so that api handlers pass them on unchanged.
 * Anything else that is thrown is a bug and becomes `internal`.
 */
export type EngineErrorCode =
  | 'invalid_argument'
  | 'not_found'
  | 'failed_precondition'
  | 'permission_denied'
  | 'resource_exhausted'
  | 'cancelled'
  | 'deadline_exceeded'
  | 'unavailable'
  | 'data_loss'
  | 'unimplemented'
  | 'internal';

export class EngineError extends Error {
  readonly code: EngineErrorCode;
  constructor(code: EngineErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'EngineError';
    this.code = code;
  }
}

/** What crosses a thread in place of an error: messages lose their class on the way. */
export interface PlainError {
  readonly code: EngineErrorCode;
  readonly message: string;
  readonly stack?: string | undefined;
}

export function plainError(error: unknown): PlainError {
  if (error instanceof EngineError) return { code: error.code, message: error.message };
  if (error instanceof Error) return { code: 'internal', message: error.message, stack: error.stack };
  return { code: 'internal', message: String(error) };
}

export function errorFromPlain(plain: PlainError): EngineError {
  return new EngineError(plain.code, plain.message, plain.stack === undefined ? undefined : { cause: plain.stack });
}
