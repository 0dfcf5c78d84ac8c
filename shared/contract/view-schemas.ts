/**
 * What the schemas of views share: the stretch of time asked about, buckets over it, and short lists of traffic.
 *
 * Bucketed answers: `startTime` is the begin of the first bucket, every bucket is `bucketNs` wide, and each array has
 * `bucketCount` entries, the number asked for. The first bucket begins at `from` (or with the case's first record) and
 * the last one ends at or after `to` (or the case's last record). `to` is exclusive.
 */
import { z } from 'zod';
import { anyNumber, entityRef, unixNano } from './model-schemas.ts';

export const MAX_BUCKETS = 2_000;

/** Both absent = the whole case. */
export const windowFields = { from: unixNano.optional(), to: unixNano.optional() };
export const bucketedFields = { ...windowFields, bucketCount: z.number().int().min(1).max(MAX_BUCKETS) };
export const windowRequest = z.strictObject(windowFields);
export const bucketedRequest = z.strictObject(bucketedFields);

/** One number per bucket; NaN = nothing there. Counts are 0, not NaN, where nothing happened. */
export const float64s: z.ZodType<Float64Array, Float64Array> = z.custom<Float64Array>(
  (value) => value instanceof Float64Array,
  'is no Float64Array',
);
/** True while an import has rows that this answer does not count yet. */
export const isPartial = z.boolean();
export const bucketAnswer = {
  startTime: unixNano,
  bucketNs: z.number().positive(),
  bucketCount: z.number().int().positive(),
  isPartial,
};

export const count = z.number().nonnegative();
/** 0-1; NaN without calls. */
export const ratio = anyNumber;
/** Milliseconds; NaN without calls. Quantiles of views are right within 3.2 % (log-linear buckets, 16 per octave). */
export const latencyMs = anyNumber;

/** Another entity this one talks with. */
export const peerTraffic = z.strictObject({
  entity: entityRef,
  calls: count,
  errorRatio: ratio,
  latencyP95Ms: latencyMs,
});
/** A part of an entity's traffic: an instance or an operation. */
export const namedTraffic = z.strictObject({
  name: z.string(),
  calls: count,
  errorRatio: ratio,
  latencyP95Ms: latencyMs,
});
