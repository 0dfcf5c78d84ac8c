/**
 * What goes wrong across a process boundary: a closed set of codes, a message for people, whether trying again can
 * help, and details of a declared shape. Stacks stay in the log of the side that failed.
 */
import { z } from 'zod';

export const ERROR_CODES = [
  'invalid_argument',
  'not_found',
  'failed_precondition',
  'permission_denied',
  'resource_exhausted',
  'cancelled',
  'deadline_exceeded',
  'unavailable',
  'data_loss',
  'unimplemented',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Codes that mean "the same call may succeed later". */
const RETRYABLE: ReadonlySet<ErrorCode> = new Set(['resource_exhausted', 'deadline_exceeded', 'unavailable']);

const issuesDetails = z.strictObject({
  kind: z.literal('issues'),
  /** Where in the input (`filter.limit`, '' for the whole) and what is wrong there. */
  issues: z.array(z.strictObject({ path: z.string(), message: z.string() })),
});
const fileDetails = z.strictObject({ kind: z.literal('file'), path: z.string(), line: z.number().optional() });
const versionDetails = z.strictObject({
  kind: z.literal('version'),
  ours: z.number(),
  theirs: z.number(),
});
export const errorDetails = z.discriminatedUnion('kind', [issuesDetails, fileDetails, versionDetails]);
export type ErrorDetails = z.infer<typeof errorDetails>;

/** An error as it travels. */
export const errorBody = z.strictObject({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  retryable: z.boolean(),
  details: errorDetails.nullable(),
});
export type ErrorBody = z.infer<typeof errorBody>;

/** The only error handlers throw on purpose; anything else crosses the boundary as `internal`. */
export class ContractError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: ErrorDetails | null;

  constructor(code: ErrorCode, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'ContractError';
    this.code = code;
    this.retryable = RETRYABLE.has(code);
    this.details = options.details ?? null;
  }

  static fromBody(body: ErrorBody): ContractError {
    return new ContractError(body.code, body.message, body.details ? { details: body.details } : {});
  }

  toBody(): ErrorBody {
    return { code: this.code, message: this.message, retryable: this.retryable, details: this.details };
  }
}

/** An `invalid_argument` that names each offending field. */
export function invalidArgument(what: string, error: z.ZodError): ContractError {
  const issues = error.issues.slice(0, 20).map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }));
  const first = issues[0];
  const where = first && first.path !== '' ? ` at ${first.path}` : '';
  const text = `${what} is not valid${where}: ${first ? first.message : 'it does not have the declared shape'}.`;
  return new ContractError('invalid_argument', text, { details: { kind: 'issues', issues } });
}
