/** Schemas of the trace view: the list, one trace's spans and logs, one span in full. */
import { z } from 'zod';
import { attributes, entityRef, unixNano } from './model-schemas.ts';
import { count, isPartial, windowFields } from './view-schemas.ts';

const traceIdHex = z.string().regex(/^[0-9a-f]{1,32}$/, 'is no trace id in lower-case hex');
export const traceRef = z.strictObject({ traceId: traceIdHex });

export const traceListRequest = z.strictObject({
  /** Traces that were running in the window. */
  ...windowFields,
  /** A span of this entity is in the trace … */
  entity: entityRef.optional(),
  /** … with this name. */
  operation: z.string().min(1).max(10_000).optional(),
  onlyErrors: z.boolean().default(false),
  minDurationNs: z.number().nonnegative().optional(),
  /** Newest, longest or most errors first. */
  sort: z.enum(['time', 'duration', 'errors']).default('time'),
  /** 'middle' = the one trace in the middle of the order, whatever the limit. */
  offset: z.union([z.number().int().nonnegative(), z.literal('middle')]).default(0),
  limit: z.number().int().min(1).max(1_000).default(100),
});
export const traceList = z.strictObject({
  total: count,
  traces: z.array(
    z.strictObject({
      /** 32 digits of lower-case hex. */
      traceId: z.string(),
      /** Of the earliest span without a parent, or the earliest span. */
      rootEntity: entityRef.nullable(),
      rootName: z.string(),
      startTime: unixNano,
      /** From the first begin to the last end. */
      durationNs: count,
      spanCount: count,
      errorCount: count,
      entityCount: count,
    }),
  ),
  isPartial,
});

/** Compared as a whole: while it stays, so do the spans that were read of the trace under it. */
export const traceEdition = z.strictObject({
  traceId: z.string(),
  /** Of the spans of the case: another number once any were taken out. */
  generation: count,
  /** 0 = the case holds none of the trace. */
  spanCount: count,
});

export const spanDetail = z.strictObject({
  rowId: z.number().int().positive(),
  traceId: z.string(),
  spanId: z.bigint(),
  /** 0 = root. */
  parentSpanId: z.bigint(),
  entity: entityRef.nullable(),
  instance: entityRef.nullable(),
  peer: entityRef.nullable(),
  name: z.string(),
  spanKind: z.number().int(),
  /** SPAN_STATUS */
  status: z.number().int(),
  statusMessage: z.string(),
  startTime: unixNano,
  durationNs: count,
  attributes,
  events: z.array(z.strictObject({ name: z.string(), time: unixNano.nullable(), attributes })),
  links: z.array(z.strictObject({ traceId: z.string(), spanId: z.string(), attributes })),
  resource: attributes,
  /** Instrumentation scope, trace state and whatever else the export held. */
  extra: attributes,
  sourcePath: z.string(),
});
