/** What was imported, for people: a line per format, then every file that needs a word. */
import { RECORD_KEYS } from '../model/import-report.ts';
import type { ImportFileReport, ImportReport, RecordCounts } from '../model/import-report.ts';
import { bytes, clock, plural, significant } from '../report/format.ts';
import type { CliIo } from './cli-io.ts';
import { bold, wrapped } from './text-layout.ts';

const MOST_FILES = 40;

export function importText(report: ImportReport, io: CliIo): string {
  const { files, totals, seconds } = report;
  const range = totals.timeRange;
  const head = `${plural(files.length, 'file')}, ${bytes(report.bytes)} in ${significant(seconds)} s: ${countsText(totals.records)}`;
  const parts = [bold(wrapped(head, io.columns, '').trimEnd(), io), '\n'];
  if (range) parts.push(`from ${clock(range.start, true)} to ${clock(range.end, true)} UTC\n`);
  if (totals.rejected > 0 || totals.duplicates > 0) {
    parts.push(`${significant(totals.rejected)} rejected, ${plural(totals.duplicates, 'duplicate')}\n`);
  }
  parts.push('\n', ...formatLines(files, io), ...wordyFiles(files, io));
  return parts.join('');
}

export function countsText(records: RecordCounts): string {
  const texts = RECORD_KEYS.filter((key) => (records[key] ?? 0) > 0).map(
    (key) => `${significant(records[key] ?? 0)} ${WORDS[key]}`,
  );
  return texts.length === 0 ? 'no records' : texts.join(', ');
}

const WORDS = {
  spans: 'spans',
  logRecords: 'log records',
  metricPoints: 'metric points',
  alerts: 'alerts',
  changes: 'changes',
  events: 'events',
  entities: 'entities',
  edges: 'edges',
  testResults: 'test results',
  rules: 'rules',
  flows: 'flows',
  lines: 'lines',
} as const;

function formatLines(files: readonly ImportFileReport[], io: CliIo): string[] {
  const byFormat = new Map<string, ImportFileReport[]>();
  for (const file of files) {
    const group = byFormat.get(file.format);
    if (group) group.push(file);
    else byFormat.set(file.format, [file]);
  }
  const widest = Math.max(0, ...[...byFormat.keys()].map((format) => format.length));
  return [...byFormat]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([format, group]) => {
      const counts: Partial<Record<(typeof RECORD_KEYS)[number], number>> = {};
      for (const { records } of group) {
        for (const key of RECORD_KEYS) counts[key] = (counts[key] ?? 0) + (records[key] ?? 0);
      }
      const label = `  ${format.padEnd(widest)}  ${plural(group.length, 'file').padStart(11)}  `;
      return wrapped(countsText(counts), io.columns, label);
    });
}

function wordyFiles(files: readonly ImportFileReport[], io: CliIo): string[] {
  const wordy = files.filter((file) => file.warnings.length > 0 || file.rejected > 0);
  if (wordy.length === 0) return [];
  const lines = wordy
    .slice(0, MOST_FILES)
    .flatMap((file) => [
      wrapped(`${file.path}${file.rejected > 0 ? ` (${significant(file.rejected)} rejected)` : ''}`, io.columns, '  '),
      ...file.warnings.map((warning) => wrapped(warning, io.columns, '    - ')),
    ]);
  const rest = wordy.length - MOST_FILES;
  return ['\n', ...lines, ...(rest > 0 ? [`  and ${plural(rest, 'more file')}; --json lists all\n`] : [])];
}
