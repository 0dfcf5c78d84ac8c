/** Schemas of a shared room and of the feed that tells screens what has changed. */
import { z } from 'zod';
import { revision, unixNano } from './model-schemas.ts';

export const roomState = z.strictObject({
  /** What the presenter shows: a `roomPicture` as JSON. */
  stateJson: z.string().max(65_536),
  /** Name shown to the room. */
  presenter: z.string().max(200).default(''),
});
export const roomMask = z.strictObject({ isMasked: z.boolean() });
export const roomEvent = z.strictObject({
  /** '' until somebody presents. */
  stateJson: z.string(),
  presenter: z.string(),
  /** Guests get pseudonyms in place of names, in every answer. */
  isMasked: z.boolean(),
});
/** Who follows the room (`room.follow`) at this moment. */
export const roomMembers = z.strictObject({
  viewers: z.number().int().nonnegative(),
  operators: z.number().int().nonnegative(),
  isMasked: z.boolean(),
});

export const CASE_AREAS = ['case', 'records', 'jobs', 'analysis', 'notes', 'judgements', 'settings'] as const;
export const caseChange = z.strictObject({
  revision,
  /** What an answer may now differ in. `case`: another case, everything. */
  areas: z.array(z.enum(CASE_AREAS)),
});

export const recentCases = z.strictObject({
  /** Newest first; files that are gone are left out. */
  cases: z.array(z.strictObject({ caseFile: z.string(), openedTime: unixNano, sizeBytes: z.number() })),
});

export const demoBundles = z.strictObject({
  /** By name; empty where the program was packed without them. `path` is for `import.start`. */
  demos: z.array(z.strictObject({ name: z.string(), title: z.string(), path: z.string(), sizeBytes: z.number() })),
});
