/**
 * The vocabulary of the wire: nine frames, each a plain object. Everything that arrives is checked against these shapes
 * before it is looked at; a frame that fits none is refused.
 */
import { z } from 'zod';
import { errorBody } from '../contract/contract-error.ts';
import { hello } from '../contract/hello.ts';

/** Chunks a receiver may grant at once and hold unread. */
export const MAX_CREDIT = 64;

const id = z.number().int().nonnegative();
const count = z.number().int().min(1).max(MAX_CREDIT);

const helloFrame = z.strictObject({ type: z.literal('hello'), hello });
const callFrame = z.strictObject({
  type: z.literal('call'),
  id,
  procedure: z.string().max(100),
  input: z.unknown(),
  /** Commands: the same id again answers the same call instead of doing it twice. */
  requestId: z.string().min(1).max(100).optional(),
  /** Streams: chunks the caller is ready for. */
  credit: count.optional(),
  /** Feeds: events after this sequence number. */
  after: z.number().int().nonnegative().optional(),
});
const cancelFrame = z.strictObject({ type: z.literal('cancel'), id });
const creditFrame = z.strictObject({ type: z.literal('credit'), id, count });

const resultFrame = z.strictObject({ type: z.literal('result'), id, output: z.unknown() });
const chunkFrame = z.strictObject({ type: z.literal('chunk'), id, chunk: z.unknown() });
const eventFrame = z.strictObject({ type: z.literal('event'), id, sequence: id, event: z.unknown() });
const endFrame = z.strictObject({ type: z.literal('end'), id });
const errorFrame = z.strictObject({
  type: z.literal('error'),
  /** null = about the connection, not a call. */
  id: id.nullable(),
  error: errorBody,
});

/** What a client may send. */
export const clientFrame = z.discriminatedUnion('type', [helloFrame, callFrame, cancelFrame, creditFrame]);
export type ClientFrame = z.infer<typeof clientFrame>;
export type CallFrame = z.infer<typeof callFrame>;

/** What a server may send. */
export const serverFrame = z.discriminatedUnion('type', [
  helloFrame,
  resultFrame,
  chunkFrame,
  eventFrame,
  endFrame,
  errorFrame,
]);
export type ServerFrame = z.infer<typeof serverFrame>;
