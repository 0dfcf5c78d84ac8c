/** What an import already knows to be missing or doubtful, said once however many files it is true of. */
import { groupSentences } from '../../base/group-sentences.ts';
import type { Telemetry } from '../../model/telemetry.ts';

export interface GapSource {
  readonly path: string;
  readonly status: string;
  readonly format: string;
  readonly sizeBytes: number;
  readonly rejected: number;
  readonly warnings: readonly string[];
}

const MOST_WARNINGS = 12;
const NAMED_FILES = 3;

export function knownGaps(files: readonly GapSource[]): Telemetry['knownGaps'] {
  const unfinished = files.filter(({ status }) => status === 'reading' || status === 'failed');
  const rejecting = files.filter(({ rejected }) => rejected > 0);
  const rejected = rejecting.reduce((sum, file) => sum + file.rejected, 0);
  // An empty file hides nothing.
  const unrecognised = files.filter(({ format, sizeBytes }) => format === 'unrecognised' && sizeBytes > 0);
  // A second copy of a file is no gap, and what is to be said of it was said of the first.
  const said = files
    .filter(({ status }) => status !== 'duplicate')
    .flatMap(({ path, warnings }) => warnings.map((text) => ({ path, text })));
  const warnings = groupSentences(said);
  const gaps: { kind: string; text: string }[] = [];
  const add = (kind: string, of: readonly GapSource[], sentence: (names: string) => string): void => {
    if (of.length > 0) gaps.push({ kind, text: sentence(named(of)) });
  };
  add('unfinished_file', unfinished, (names) => `Not read to the end: ${names}.`);
  add('rejected_records', rejecting, (names) => `${rejected} records could not be read, in ${names}.`);
  add('unrecognised_file', unrecognised, (names) => `Not recognised and not read: ${names}.`);
  for (const { text, firstPath, count } of warnings.slice(0, MOST_WARNINGS)) {
    gaps.push({ kind: 'import_warning', text: `${firstPath}${others(count - 1)}: ${text}` });
  }
  const rest = warnings.length - MOST_WARNINGS;
  if (rest > 0) gaps.push({ kind: 'import_warning', text: `${rest} more kinds of warning are in the import report.` });
  return gaps;
}

function named(files: readonly GapSource[]): string {
  const names = files.slice(0, NAMED_FILES).map(({ path }) => path);
  return names.join(', ') + others(files.length - names.length);
}

function others(count: number): string {
  return count === 0 ? '' : ` and ${count} more ${count === 1 ? 'file' : 'files'}`;
}
