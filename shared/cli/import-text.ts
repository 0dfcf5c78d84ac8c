/** What was imported, for people: a line per format, then what has to be said of files. */
import { RECORD_KEYS } from '../model/import-report.ts';
import type { ImportFileReport, ImportReport, RecordCounts } from '../model/import-report.ts';
import { bytes, clock, plural, significant } from '../report/format.ts';
import { groupSentences } from '../base/group-sentences.ts';
import type { CliIo } from './cli-io.ts';
import { bold, withShortPaths, wrapped } from './text-layout.ts';

const MOST_NOTES = 15;

export function importText(report: ImportReport, io: CliIo): string {
  const { files, totals, seconds } = report;
  const range = totals.timeRange;
  const head = `${plural(files.length, 'file')}, ${bytes(report.bytes)} in ${significant(seconds)} s: ${countsText(totals.records)}`;
  const parts = [bold(wrapped(head, io.columns, '').trimEnd(), io), '\n'];
  if (range) parts.push(`from ${clock(range.start, true)} to ${clock(range.end, true)} UTC\n`);
  if (totals.rejected > 0 || totals.duplicates > 0) {
    parts.push(`${significant(totals.rejected)} rejected, ${plural(totals.duplicates, 'duplicate')}\n`);
  }
  parts.push('\n', ...formatLines(files, io), ...noteLines(files, io));
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
  files: 'files in archives',
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

/** What files have to say, the same said once, and the files with rejected records. */
function noteLines(files: readonly ImportFileReport[], io: CliIo): string[] {
  const said = files.flatMap(({ path, warnings }) => warnings.map((text) => ({ path, text })));
  const groups = groupSentences(said);
  const lines = groups.slice(0, MOST_NOTES).map(({ text, firstPath, count }) => {
    const others = count === 1 ? '' : ` and ${plural(count - 1, 'more file')}`;
    return wrapped(withShortPaths(`${firstPath}${others}: ${text}`), io.columns, '  - ');
  });
  const rejecting = files.filter(({ rejected }) => rejected > 0);
  for (const { path, rejected } of rejecting.slice(0, MOST_NOTES)) {
    lines.push(wrapped(withShortPaths(`${path}: ${plural(rejected, 'record')} could not be read`), io.columns, '  - '));
  }
  const rest = Math.max(0, groups.length - MOST_NOTES) + Math.max(0, rejecting.length - MOST_NOTES);
  if (rest > 0) lines.push(`  and ${plural(rest, 'more note')}; --json has all\n`);
  return lines.length === 0 ? [] : ['\n', ...lines];
}
