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
  isReaderChosen: z.literal(true).exactOptional(),
  sha256: z.string(),
  bytes: z.number(),
  records: recordCounts,
  rejected: z.number(),
  duplicates: z.number(),
  timeRange: timeRange.nullable(),
  undated: z.strictObject({ rows: z.number(), datedRange: timeRange.nullable() }).exactOptional(),
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

const path = z.string().min(1).max(32_768);
const limit = z.number().positive().optional();
export const importRequest = z.strictObject({
  /** Files, folders and archives on the machine the engine runs on. */
  paths: z.array(path).min(1).max(100_000),
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
  /** Replaces what was read of the files before; these bytes are read so whenever they come again. */
  readAs: z
    .strictObject({
      /** A reader's id (`import.readers` names them); null = as recognised. */
      format: z.string().min(1).max(100).nullable(),
      /** The one file of the case that is meant, as its report names it; `paths` is then the one path that holds it. */
      file: path.optional(),
    })
    .optional(),
});

export const readersRequest = z.strictObject({
  /** As the file's report names it. */
  file: path,
  /** Where the file, or its archive, lies now; absent = where it was read. */
  from: path.optional(),
});
export const fileReaders = z.strictObject({
  /** Whether its bytes can still be read: `gone` from their place, or `changed` there. */
  state: z.enum(['ready', 'gone', 'changed']),
  /** Why not; '' when they can. */
  problem: z.string(),
  /** What it is read with now; 'unrecognised' = nothing. */
  current: z.string(),
  /** A person chose that. */
  isChosen: z.boolean(),
  /** What recognition would choose; null = nothing, or not known. */
  recognised: z.string().nullable(),
  /** The surest first; `confidence` is null when the bytes cannot be looked at. */
  readers: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      confidence: z.number().min(0).max(1).nullable(),
      reason: z.string(),
    }),
  ),
});
