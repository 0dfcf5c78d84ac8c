/** Schemas of the service view and of the graph's state in a stretch of time. */
import { z } from 'zod';
import { anyNumber, entityRef, timeRange } from './model-schemas.ts';
import {
  bucketAnswer,
  bucketedFields,
  count,
  float64s,
  latencyMs,
  namedTraffic,
  peerTraffic,
  ratio,
} from './view-schemas.ts';

export const serviceRedRequest = z.strictObject({ ...bucketedFields, entity: entityRef });

/** What is usual per bucket of this width: median, and the band that holds the middle 80 % of the baseline's buckets. */
const band = z.strictObject({ median: anyNumber, low: anyNumber, high: anyNumber });

export const serviceRed = z.strictObject({
  ...bucketAnswer,
  /** Spans the entity served: server and consumer spans; all of its spans where it has neither. */
  requestCounts: float64s,
  errorCounts: float64s,
  latencyP50Ms: float64s,
  latencyP95Ms: float64s,
  latencyP99Ms: float64s,
  /** The time before the newest analysis' first incident of this entity, or before the window; parts null where too little is known. */
  baseline: z.strictObject({
    /** One sentence: which stretch the baseline is, or why there is none. */
    text: z.string(),
    window: timeRange.nullable(),
    requests: band.nullable(),
    errors: band.nullable(),
    /** Of the 95th percentile, ms. */
    latency: band.nullable(),
  }),
  distribution: z.strictObject({
    /** Ascending; the last is Infinity. */
    upperBoundsMs: z.array(anyNumber),
    counts: z.array(count),
    /** Same bounds; all 0 without a baseline. */
    baselineCounts: z.array(count),
  }),
  /** Most calls first, at most 100 each. */
  callers: z.array(peerTraffic),
  callees: z.array(peerTraffic),
  instances: z.array(namedTraffic),
  operations: z.array(namedTraffic),
});

export const graphWindow = z.strictObject({
  nodes: z.array(
    z.strictObject({
      entity: entityRef,
      requestsPerSecond: anyNumber.nullable(),
      errorRatio: anyNumber.nullable(),
      latencyP50Ms: anyNumber.nullable(),
      latencyP95Ms: anyNumber.nullable(),
      /** 'unknown' where the window holds nothing about the entity. */
      health: z.enum(['healthy', 'degraded', 'failing', 'unknown']),
      /** Alerts about it that were firing in the window. */
      alertCount: count,
    }),
  ),
  edges: z.array(
    z.strictObject({ from: entityRef, to: entityRef, calls: count, errorRatio: ratio, latencyP95Ms: latencyMs }),
  ),
  isPartial: z.boolean(),
});
