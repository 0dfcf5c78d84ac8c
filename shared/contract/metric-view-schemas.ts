/** Schemas of the metric view: search by name, and series folded into buckets. */
import { z } from 'zod';
import { entityRef } from './model-schemas.ts';
import { bucketAnswer, bucketedFields, count, float64s } from './view-schemas.ts';

export const metricSearchRequest = z.strictObject({
  /** Part of the name; upper and lower case alike. */
  text: z.string().max(1_000).optional(),
  entity: entityRef.optional(),
  limit: z.number().int().min(1).max(1_000).default(100),
});
/** The series of a metric are listed by `metric.list` with its name. */
export const metricSearch = z.strictObject({
  total: count,
  metrics: z.array(
    z.strictObject({
      name: z.string(),
      unit: z.string(),
      type: z.string(),
      seriesCount: count,
      /** At most 20. */
      entities: z.array(entityRef),
    }),
  ),
});

export const metricBucketsRequest = z.strictObject({
  ...bucketedFields,
  seriesIds: z.array(z.number().int().positive()).min(1).max(200),
});
export const metricBuckets = z.strictObject({
  ...bucketAnswer,
  /** In the order asked for. */
  series: z.array(
    z.strictObject({
      seriesId: z.number().int(),
      min: float64s,
      max: float64s,
      mean: float64s,
      /** Points with a value. */
      count: float64s,
      /** Increase per second of a cumulative counter, resets taken into account; null for other series. */
      rate: float64s.nullable(),
    }),
  ),
});
