/** Schemas of a shared room and of the feed that tells screens what has changed. */
import { z } from 'zod';
import { revision, unixNano } from './model-schemas.ts';

export const roomState = z.strictObject({
  /** What the presenter shows, as the page writes it; the engine passes it on unread. */
  stateJson: z.string().max(65_536),
  /** Name shown to the room. */
  presenter: z.string().max(200).default(''),
});
export const roomEvent = z.strictObject({ stateJson: z.string(), presenter: z.string() });
/** Who follows the room (`room.follow`) at this moment. */
export const roomMembers = z.strictObject({
  viewers: z.number().int().nonnegative(),
  operators: z.number().int().nonnegative(),
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
