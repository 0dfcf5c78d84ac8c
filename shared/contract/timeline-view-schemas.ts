/** Schemas of the timeline's lanes: counts of everything per bucket, on one time axis. */
import { z } from 'zod';
import { anyNumber } from './model-schemas.ts';
import { bucketAnswer, float64s } from './view-schemas.ts';

export const timelineLanes = z.strictObject({
  ...bucketAnswer,
  /** Alerts that began in the bucket. */
  alerts: z.strictObject({ critical: float64s, warning: float64s, info: float64s }),
  spanCounts: float64s,
  errorSpanCounts: float64s,
  logCounts: float64s,
  /** Severity ERROR and above. */
  errorLogCounts: float64s,
  /** Metric points, changes and events, where the whole window holds neither a span nor a log record; else zeros. */
  otherCounts: float64s,
  /** Server and consumer spans (all spans where a case has neither) by latency. */
  latency: z.strictObject({
    /** Upper bound of each row, ascending; the last is Infinity. */
    upperBoundsMs: z.array(anyNumber),
    /** rows × buckets, row by row: `counts[row * bucketCount + bucket]`. */
    counts: float64s,
  }),
});
