/** Schemas of what a case holds: alerts, changes, events, entities, quarantined records, raw rows, columns of signals. */
import { z } from 'zod';
import { ENTITY_TYPES } from '../model/entity.ts';
import { ROW_TABLES } from '../model/ids.ts';
import { columns } from './columns.ts';
import { recordCounts } from './import-schemas.ts';
import { attributes, entityRef, revision, rowRef, timeRange, unixNano } from './model-schemas.ts';

const rowId = z.number().int();

export const caseSummary = z.strictObject({
  caseFile: z.string(),
  schemaVersion: z.number().int(),
  sizeBytes: z.number(),
  records: recordCounts,
  rejected: z.number(),
  timeRange: timeRange.nullable(),
  fileCount: z.number(),
  analysisCount: z.number(),
  revision,
});

/** A page of a time-ordered list: rows with a greater row id than `after`, at most `limit`. */
export const pageRequest = z.strictObject({
  from: unixNano.optional(),
  to: unixNano.optional(),
  after: rowId.default(0),
  limit: z.number().int().min(1).max(10_000).default(1_000),
});
/** Row id to go on after; null at the end. */
const next = z.number().int().nullable();

const record = {
  rowId,
  startTime: unixNano,
  endTime: unixNano.nullable(),
  entities: z.array(entityRef),
};
export const alertPage = z.strictObject({
  alerts: z.array(
    z.strictObject({
      ...record,
      externalId: z.string(),
      name: z.string(),
      summary: z.string(),
      severity: z.string(),
      state: z.string(),
      labels: attributes,
      annotations: attributes,
    }),
  ),
  next,
});
export const changePage = z.strictObject({
  changes: z.array(
    z.strictObject({
      ...record,
      externalId: z.string(),
      changeKind: z.string(),
      title: z.string(),
      status: z.string(),
      revision: z.string().nullable(),
      author: z.string().nullable(),
      description: z.string().nullable(),
      attributes,
    }),
  ),
  next,
});
export const eventPage = z.strictObject({
  events: z.array(
    z.strictObject({
      ...record,
      reason: z.string(),
      message: z.string(),
      severity: z.string(),
      count: z.number(),
      attributes,
    }),
  ),
  next,
});

export const entityFilter = z.strictObject({ type: z.enum(ENTITY_TYPES).optional() });
export const entityList = z.strictObject({
  entities: z.array(
    z.strictObject({
      type: z.enum(ENTITY_TYPES),
      name: z.string(),
      rowId,
      isInstrumented: z.boolean(),
      attributes,
      aliases: z.array(z.string()),
    }),
  ),
});

export const quarantineRequest = z.strictObject({
  path: z.string().optional(),
  offset: z.number().int().nonnegative().default(0),
  limit: z.number().int().min(1).max(10_000).default(200),
});
export const quarantinePage = z.strictObject({
  total: z.number(),
  records: z.array(
    z.strictObject({
      rowId,
      path: z.string(),
      line: z.number(),
      byteOffset: z.number(),
      reason: z.string(),
      excerpt: z.string(),
    }),
  ),
});

export const rowRequest = z.strictObject({ refs: z.array(rowRef).max(10_000) });
const blob = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'is no blob');
const cell = z.union([z.string(), z.number(), z.nan(), z.bigint(), z.null(), blob]);
/** Rows as people read them: hex ids, RFC 3339 times; in the order asked for. */
export const rowList = z.strictObject({
  rows: z.array(
    z.strictObject({
      ref: rowRef,
      table: z.enum(ROW_TABLES),
      found: z.boolean(),
      sourcePath: z.string(),
      fields: z.array(z.strictObject({ name: z.string(), value: cell })),
    }),
  ),
});

/** What a scan takes: a stretch of time and an entity; absent = everything. */
export const scanRequest = z.strictObject({
  from: unixNano.optional(),
  to: unixNano.optional(),
  entity: entityRef.optional(),
  maxRows: z.number().int().min(1).max(100_000_000).default(1_000_000),
});
export const logSearchRequest = z.strictObject({
  /** Words that must all occur; `"a phrase"`, `prefix*`, OR and NOT as in SQLite FTS5. */
  text: z.string().min(1).max(1_000),
  from: unixNano.optional(),
  to: unixNano.optional(),
  maxRows: z.number().int().min(1).max(1_000_000).default(1_000),
});
export const seriesRequest = z.strictObject({
  name: z.string().optional(),
  entity: entityRef.optional(),
  after: rowId.default(0),
  limit: z.number().int().min(1).max(100_000).default(10_000),
});
export const seriesPage = z.strictObject({
  series: z.array(
    z.strictObject({
      rowId,
      name: z.string(),
      unit: z.string(),
      type: z.string(),
      temporality: z.string(),
      attributes,
      entity: entityRef.nullable(),
    }),
  ),
  next,
});
export const pointRequest = z.strictObject({
  seriesId: rowId,
  from: unixNano.optional(),
  to: unixNano.optional(),
  maxRows: z.number().int().min(1).max(100_000_000).default(1_000_000),
});

/** Ordered by row id. `entity` and `peer` are `type:name`. */
export const spanColumns = columns({
  rowId: 'f64',
  traceId: 'text',
  spanId: 'u64',
  /** 0 = root. */
  parentSpanId: 'u64',
  startTimeUnixNano: 'i64',
  durationNs: 'f64',
  spanKind: 'u8',
  status: 'u8',
  entity: 'text',
  peer: 'text',
  name: 'text',
});
/** Ordered by row id. */
export const logColumns = columns({
  rowId: 'f64',
  timeUnixNano: 'i64',
  severityNumber: 'u8',
  entity: 'text',
  template: 'text',
  body: 'text',
});
/** Ordered by time. */
export const pointColumns = columns({
  rowId: 'f64',
  timeUnixNano: 'i64',
  /** NaN = no value. */
  value: 'f64',
});
