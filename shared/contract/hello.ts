/** The first message each way: which contract is spoken, by which engine, with which rights. */
import { z } from 'zod';
import { ContractError } from './contract-error.ts';
import { SCOPES } from './procedure.ts';

/** Raised when an older client or engine could misread a message. docs/formats.md keeps the log of versions. */
export const CONTRACT_VERSION = 4;

export const hello = z.strictObject({
  contractVersion: z.number().int().nonnegative(),
  /** '' when a client says hello. */
  engineVersion: z.string().max(100),
  /** The scope the session is granted; a client states the least it expects. */
  scope: z.enum(SCOPES),
});
export type Hello = z.infer<typeof hello>;

/** The readable refusal of a mismatch. `ours` is the version of the side that says it. */
export function versionMismatch(ours: number, theirs: number): ContractError {
  const advice =
    theirs > ours ? 'Update this side, or open the case with the older version.' : 'Update the other side.';
  return new ContractError(
    'failed_precondition',
    `This side speaks contract version ${ours}, the other side version ${theirs}. ${advice}`,
    { details: { kind: 'version', ours, theirs } },
  );
}
