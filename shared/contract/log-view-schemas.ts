/** Schemas of the log view: one filter, seen as histogram, templates, facets and rows by index. */
import { z } from 'zod';
import { columns } from './columns.ts';
import { attributes, entityRef, unixNano } from './model-schemas.ts';
import { bucketAnswer, bucketedFields, count, float64s, isPartial, windowFields } from './view-schemas.ts';

const rowId = z.number().int().positive();
const severityNumber = z.number().int().min(0).max(24);
const templateIds = z.array(z.string().min(1).max(200)).max(10_000).optional();
const traceIdHex = z.string().regex(/^[0-9a-f]{1,32}$/, 'is no trace id in lower-case hex');

/** All parts must hold. */
export const logFilter = z.strictObject({
  /** Words that must all occur; `"a phrase"`, `prefix*`, OR and NOT as in SQLite FTS5. */
  text: z.string().min(1).max(1_000).optional(),
  entity: entityRef.optional(),
  minSeverity: severityNumber.optional(),
  maxSeverity: severityNumber.optional(),
  templateIds,
  excludedTemplateIds: templateIds,
  /** Attributes of the record or of its resource. */
  fields: z
    .array(
      z.strictObject({ key: z.string().min(1).max(1_000), value: z.string().max(10_000), isExcluded: z.boolean() }),
    )
    .max(50)
    .optional(),
  traceId: traceIdHex.optional(),
});
const filtered = { filter: logFilter, ...windowFields };

export const logHistogramRequest = z.strictObject({ filter: logFilter, ...bucketedFields });
export const logHistogram = z.strictObject({
  ...bucketAnswer,
  fatal: float64s,
  error: float64s,
  warn: float64s,
  info: float64s,
  /** With TRACE. */
  debug: float64s,
  unspecified: float64s,
  /** Records in the window that pass the filter. */
  total: count,
});

export const TEMPLATE_TRENDS = ['new', 'burst', 'gone', 'steady'] as const;
export const logTemplatesRequest = z.strictObject({
  ...filtered,
  limit: z.number().int().min(1).max(1_000).default(100),
});
export const logTemplates = z.strictObject({
  /** Templates that pass, of which the most frequent `limit` are listed. */
  total: count,
  templates: z.array(
    z.strictObject({
      templateId: z.string(),
      text: z.string(),
      example: z.string(),
      count,
      /** Highest of its records in the window. */
      severityNumber,
      /** new: nowhere in the case before it begins in the window, for a quarter of the window at least; gone: last seen before its last quarter; burst: one part of it holds far more than the others. */
      trend: z.enum(TEMPLATE_TRENDS),
      /** At most 40 equal parts of the window. */
      bucketCounts: z.array(count),
      firstTime: unixNano,
      lastTime: unixNano,
    }),
  ),
  isPartial,
});

/** Ordered by time, then row id. */
export const logRowColumns = columns({
  rowId: 'f64',
  timeUnixNano: 'i64',
  isTimeInferred: 'u8',
  severityNumber: 'u8',
  entity: 'text',
  template: 'text',
  body: 'text',
  /** Lower-case hex, -1 = none. */
  traceId: 'text',
  /** 0 = none. */
  spanId: 'u64',
});
export const logRowsRequest = z.strictObject({
  ...filtered,
  /** Place of the first row among those that pass, from 0. */
  index: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(500).default(200),
});
export const logRows = z.strictObject({ total: count, index: count, columns: logRowColumns, isPartial });

/** One of `rowId` and `time`. A row that does not pass the filter, or a time, answers the first row not before it. */
export const logLocateRequest = z
  .strictObject({ ...filtered, rowId: rowId.optional(), time: unixNano.optional() })
  .refine(({ rowId: id, time }) => (id === undefined) !== (time === undefined), 'needs either rowId or time');
export const logLocation = z.strictObject({ index: count, total: count, isExact: z.boolean() });

export const rowIdRequest = z.strictObject({ rowId });
export const logRecordDetail = z.strictObject({
  rowId,
  time: unixNano,
  isTimeInferred: z.boolean(),
  severityNumber,
  entity: entityRef.nullable(),
  instance: entityRef.nullable(),
  body: z.string(),
  templateId: z.string(),
  template: z.string(),
  /** Lower-case hex. */
  traceId: z.string().nullable(),
  spanId: z.bigint().nullable(),
  lineCount: count,
  attributes,
  resource: attributes,
  sourcePath: z.string(),
});

export const logFacetsRequest = z.strictObject(filtered);
export const logFacets = z.strictObject({
  /** Keys most records have first; at most 20 values each, most frequent first. */
  facets: z.array(z.strictObject({ key: z.string(), values: z.array(z.strictObject({ value: z.string(), count })) })),
  /** Records the counts were taken from, spread evenly over all that pass; fewer than `total` = estimates. */
  sampled: count,
  total: count,
});
