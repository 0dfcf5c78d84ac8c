import type { EntityRef } from './entity.ts';
import type { TimeRange } from './time.ts';

/**
 * Keys of record counts, as the command line prints them. `lines` = non-empty physical lines read; `files` = regular files
 * found in an archive, counted on the archive's own line only.
 */
export const RECORD_KEYS = [
  'spans',
  'logRecords',
  'metricPoints',
  'alerts',
  'changes',
  'events',
  'entities',
  'edges',
  'testResults',
  'rules',
  'flows',
  'lines',
  'files',
] as const;
export type RecordKey = (typeof RECORD_KEYS)[number];
export type RecordCounts = Readonly<Partial<Record<RecordKey, number>>>;

export interface ImportFileReport {
  /** As given; inside an archive `archive.tar.gz!/inner/path`. */
  readonly path: string;
  /** Importer id, or 'unrecognised'. */
  readonly format: string;
  /** 0-1, how sure recognition was. */
  readonly confidence: number;
  /** Why it was recognised so, one sentence. */
  readonly reason: string;
  /** Set when a person chose the reader; `confidence` is then what that reader makes of these bytes. */
  readonly isReaderChosen?: true;
  /** Lower-case hex of the decompressed bytes. */
  readonly sha256: string;
  readonly bytes: number;
  readonly records: RecordCounts;
  readonly rejected: number;
  readonly duplicates: number;
  readonly timeRange: TimeRange | null;
  /** Set when rows have no time of their own and stand at that of the file; `datedRange` is what the others cover. */
  readonly undated?: { readonly rows: number; readonly datedRange: TimeRange | null };
  readonly warnings: readonly string[];
}
export interface ImportReport {
  readonly files: readonly ImportFileReport[];
  readonly totals: {
    readonly records: RecordCounts;
    readonly rejected: number;
    readonly duplicates: number;
    readonly timeRange: TimeRange | null;
  };
  readonly entities: readonly EntityRef[];
  readonly seconds: number;
  readonly bytes: number;
}
