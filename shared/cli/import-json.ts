/** The JSON of `faultline import --json` (product contract): camelCase, RFC 3339 with nanoseconds, absent counts are zero. */
import type { ImportReport } from '../model/import-report.ts';
import { timeRangeJson } from '../report/analysis-json.ts';

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
