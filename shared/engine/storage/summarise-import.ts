/** Sums the reports of files into the report of an import. */
import type { EntityRef } from '../../model/entity.ts';
import type { ImportFileReport, ImportReport, RecordKey } from '../../model/import-report.ts';
import type { TimeRange, UnixNano } from '../../model/time.ts';

export function summariseImport(
  files: readonly ImportFileReport[],
  entities: readonly EntityRef[],
  seconds: number,
): ImportReport {
  const records: Partial<Record<RecordKey, number>> = {};
  let rejected = 0;
  let duplicates = 0;
  let bytes = 0;
  // Rows that stand at the time of their file for want of their own say nothing about when it happened.
  let dated: TimeRange | null = null;
  let any: TimeRange | null = null;
  for (const file of files) {
    for (const [key, count] of Object.entries(file.records) as [RecordKey, number][]) {
      records[key] = (records[key] ?? 0) + count;
    }
    rejected += file.rejected;
    duplicates += file.duplicates;
    bytes += file.bytes;
    any = joinRanges(any, file.timeRange);
    dated = joinRanges(dated, file.undated ? file.undated.datedRange : file.timeRange);
  }
  return { files, totals: { records, rejected, duplicates, timeRange: dated ?? any }, entities, seconds, bytes };
}

export function joinRanges(a: TimeRange | null, b: TimeRange | null): TimeRange | null {
  if (!a || !b) return a ?? b;
  return { start: a.start < b.start ? a.start : b.start, end: a.end > b.end ? a.end : b.end };
}

/** Null when there is no time. */
export function timeRangeOf(first: bigint | null, last: bigint | null): TimeRange | null {
  return first === null || last === null ? null : { start: first as UnixNano, end: last as UnixNano };
}
