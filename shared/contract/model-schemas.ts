/** Schemas of the model's small words. Their types are checked against `shared/model`, which stays the definition. */
import { z } from 'zod';
import { ENTITY_TYPES } from '../model/entity.ts';
import type { EntityRef } from '../model/entity.ts';
import { ROW_TABLES } from '../model/ids.ts';
import type { JobId, RowRef } from '../model/ids.ts';
import type { Attributes, AttributeValue } from '../model/resource.ts';
import type { TimeRange, UnixNano } from '../model/time.ts';

const INT64_MAX = 2n ** 63n - 1n;

/** Nanoseconds since 1970 as a bigint of 64 bits. */
export const unixNano: z.ZodType<UnixNano, UnixNano> = z.custom<UnixNano>(
  (value) => typeof value === 'bigint' && value <= INT64_MAX && value >= -INT64_MAX,
  'is no 64-bit count of nanoseconds',
);
export const timeRange: z.ZodType<TimeRange, TimeRange> = z.strictObject({ start: unixNano, end: unixNano });

export const entityRef: z.ZodType<EntityRef, EntityRef> = z.strictObject({
  type: z.enum(ENTITY_TYPES),
  name: z.string().min(1).max(4_096),
});

const ROW_REF = new RegExp(`^(?:${ROW_TABLES.join('|')}):\\d{1,15}(?:@-?\\d{1,19}\\.\\.-?\\d{1,19})?$`);
export const rowRef: z.ZodType<RowRef, RowRef> = z.custom<RowRef>(
  (value) => typeof value === 'string' && ROW_REF.test(value),
  'is no row reference such as span:12',
);
export const jobId: z.ZodType<JobId, JobId> = z.custom<JobId>(
  (value) => typeof value === 'string' && value.length > 0 && value.length <= 100,
  'is no job id',
);

const attributeValue: z.ZodType<AttributeValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.nan(),
    z.boolean(),
    z.null(),
    z.array(attributeValue),
    z.record(z.string(), attributeValue),
  ]),
);
export const attributes: z.ZodType<Attributes> = z.record(z.string(), attributeValue);

/** A number that may be NaN or infinite: statistics of hostile data can be either. */
export const anyNumber = z.custom<number>((value) => typeof value === 'number', 'is no number');

/** Inputs of procedures that need nothing. */
export const nothing = z.strictObject({});
/** What every command answers at least. */
export const revision = z.number().int().nonnegative();
