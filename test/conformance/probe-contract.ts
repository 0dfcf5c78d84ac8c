/** A contract made to put the rpc under strain: one procedure of each kind and temper. */
import { z } from 'zod';
import { command, feed, query, stream } from '../../shared/contract/procedure.ts';

export const probeContract = {
  'number.double': query({
    scope: 'viewer',
    summary: 'Twice the number.',
    input: z.strictObject({ value: z.number() }),
    output: z.strictObject({ value: z.number() }),
  }),
  'number.hang': query({
    scope: 'viewer',
    summary: 'Never answers.',
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
  'number.fail': query({
    scope: 'viewer',
    summary: 'Fails as asked.',
    input: z.strictObject({ how: z.enum(['expected', 'bug', 'output']) }),
    output: z.strictObject({ value: z.number() }),
  }),
  'counter.add': command({
    scope: 'operator',
    summary: 'Adds to the counter.',
    input: z.strictObject({ amount: z.number() }),
    output: z.strictObject({ revision: z.number() }),
  }),
  'host.ask': query({
    scope: 'host',
    summary: 'Needs a native dialog.',
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
  'tick.follow': feed({
    scope: 'viewer',
    summary: 'Ticks up to a count.',
    input: z.strictObject({ upTo: z.number() }),
    event: z.strictObject({ tick: z.number(), at: z.bigint() }),
  }),
  'column.scan': stream({
    scope: 'viewer',
    summary: 'Chunks of columns.',
    input: z.strictObject({ chunks: z.number(), rows: z.number().default(4) }),
    chunk: z.strictObject({
      index: z.number(),
      timeNs: z.instanceof(Float64Array),
      ids: z.instanceof(BigUint64Array),
      small: z.instanceof(Uint8Array),
      strings: z.array(z.string()),
    }),
  }),
} as const;
