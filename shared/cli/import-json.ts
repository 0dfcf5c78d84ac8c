/** The JSON of `faultline import --json` (product contract): camelCase, RFC 3339 with nanoseconds, absent counts are zero. */
import type { ImportReport } from '../model/import-report.ts';
import { formatUnixNano } from '../model/time.ts';
import type { TimeRange } from '../model/time.ts';

export function importJson(report: ImportReport): string {
  const { files, totals, entities, seconds, bytes } = report;
  const shaped = {
    files: files.map((file) => ({
      path: file.path,
      format: file.format,
      confidence: file.confidence,
      reason: file.reason,
      sha256: file.sha256,
      bytes: file.bytes,
      records: file.records,
      rejected: file.rejected,
      duplicates: file.duplicates,
      timeRange: timeRangeJson(file.timeRange),
      warnings: file.warnings,
    })),
    totals: { ...totals, timeRange: timeRangeJson(totals.timeRange) },
    entities: entities.map(({ type, name }) => ({ type, name })),
    seconds,
    bytes,
  };
  return `${JSON.stringify(shaped, null, 2)}\n`;
}

export function timeRangeJson(range: TimeRange | null): { readonly start: string; readonly end: string } | null {
  return range && { start: formatUnixNano(range.start), end: formatUnixNano(range.end) };
}
