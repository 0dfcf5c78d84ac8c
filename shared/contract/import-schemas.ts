/** Schemas of imports and their reports; the types are those of `model/import-report`. */
import { z } from 'zod';
import type { ImportFileReport, ImportReport, RecordCounts } from '../model/import-report.ts';
import { entityRef, timeRange } from './model-schemas.ts';

const count = z.number().int().nonnegative().exactOptional();
export const recordCounts: z.ZodType<RecordCounts> = z.strictObject({
  spans: count,
  logRecords: count,
  metricPoints: count,
  alerts: count,
  changes: count,
  events: count,
  entities: count,
  edges: count,
  testResults: count,
  rules: count,
  flows: count,
  lines: count,
  files: count,
});
export const importFileReport: z.ZodType<ImportFileReport> = z.strictObject({
  path: z.string(),
  format: z.string(),
  confidence: z.number().min(0).max(1),
  reason: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  records: recordCounts,
  rejected: z.number(),
  duplicates: z.number(),
  timeRange: timeRange.nullable(),
  warnings: z.array(z.string()),
});
export const importReport: z.ZodType<ImportReport> = z.strictObject({
  files: z.array(importFileReport),
  totals: z.strictObject({
    records: recordCounts,
    rejected: z.number(),
    duplicates: z.number(),
    timeRange: timeRange.nullable(),
  }),
  entities: z.array(entityRef),
  seconds: z.number(),
  bytes: z.number(),
});

const limit = z.number().positive().optional();
export const importRequest = z.strictObject({
  /** Files, folders and archives on the machine the engine runs on. */
  paths: z.array(z.string().min(1).max(32_768)).min(1).max(100_000),
  /** Handed to importers, such as a mapping of CSV columns. */
  options: z.record(z.string(), z.string()).optional(),
  /** Guards against archive bombs; absent = the engine's defaults. */
  limits: z
    .strictObject({
      maxEntries: limit,
      maxTotalBytes: limit,
      maxRatio: limit,
      ratioSlackBytes: limit,
      maxDepth: limit,
    })
    .optional(),
});
