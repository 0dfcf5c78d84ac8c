/** What a presenter shows to a room: where they look, and how it is shown. */
import { z } from 'zod';
import { entityRef } from './model-schemas.ts';

const text = z.string().max(65_536);

export const roomPicture = z.strictObject({
  /** Address of view, range, knowledge time and level: what holds no name. */
  address: z.string().regex(/^#\/[a-z]{1,20}(?:\?(?:(?:range|known|level)=[\w.%-]*&?)*)?$/),
  /** What can hold names. */
  place: z.strictObject({
    incidentId: text.nullable(),
    selection: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('entity'), entity: entityRef }),
        z.strictObject({ kind: z.literal('cause'), key: text, entity: entityRef }),
        z.strictObject({ kind: z.literal('row'), ref: text }),
        z.strictObject({ kind: z.enum(['finding', 'change', 'alert']), id: text }),
        z.strictObject({ kind: z.literal('trace'), traceId: text }),
      ])
      .nullable(),
    filters: z.record(z.string(), text),
  }),
  presentation: z.strictObject({
    isPresenting: z.boolean(),
    scene: z.string().regex(/^[a-z]{1,20}$/),
    isSpotlightOn: z.boolean(),
    /** Key of an entity. */
    spotlight: text.nullable(),
    frozenSinceMs: z.number().nullable(),
  }),
});
export type RoomPicture = z.infer<typeof roomPicture>;

/** undefined when it is none. */
export function readRoomPicture(json: string): RoomPicture | undefined {
  try {
    return roomPicture.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
