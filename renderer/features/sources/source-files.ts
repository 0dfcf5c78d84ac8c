/**
 * The files of a case as rows of a table: archives with what was inside below them, short names, and one word for how a
 * file fared. Pure.
 */
import type { ImportFileReport } from '../../../shared/model/import-report.ts';
import type { Zone } from '../../stores/preferences.ts';
import { isCutShort } from '../../stores/file-cut.ts';
import { withoutStaging } from '../../stores/shown-path.ts';
import { clockText, dayText } from '../../stores/time-format.ts';

export type FileState = 'reading' | 'done' | 'rejected' | 'cut' | 'warning' | 'unknown' | 'same' | 'empty';

export interface SourceRow {
  readonly file: ImportFileReport;
  /** Without the folder all have in common; inside an archive the path in it. */
  readonly name: string;
  readonly isInside: boolean;
  readonly state: FileState;
  /** Rows kept; of an archive, of all in it. */
  readonly kept: number;
  readonly rejected: number;
  readonly duplicates: number;
}

/** Between an archive and the path in it. */
const INSIDE = '!/';

/** `readingPath` is the file an import reads at this moment; '' = none. It and its archive are not judged yet. */
export function sourceRows(files: readonly ImportFileReport[], readingPath = ''): readonly SourceRow[] {
  return rowsInOrder(files, topOf(readingPath)).map((row) =>
    isBeingRead(row.file.path, readingPath) ? { ...row, state: 'reading' } : row,
  );
}

function isBeingRead(path: string, readingPath: string): boolean {
  return path === readingPath || (readingPath !== '' && path === topOf(readingPath));
}

function rowsInOrder(files: readonly ImportFileReport[], readingTop: string): readonly SourceRow[] {
  const shared = commonFolder(files.map(({ path }) => topOf(path)).filter((path) => withoutStaging(path) === path));
  const tops = new Map<string, ImportFileReport[]>();
  for (const file of files) {
    const top = topOf(file.path);
    const list = tops.get(top);
    if (list) list.push(file);
    else tops.set(top, [file]);
  }
  const rows: SourceRow[] = [];
  for (const [top, group] of tops) {
    const own =
      group.find(({ path }) => path === top) ?? (top === readingTop ? archiveBeingRead(top, group) : undefined);
    const inside = group.filter((file) => file !== own);
    if (own) {
      const row = rowOf(own, shortName(top, shared), false);
      rows.push(inside.length === 0 ? row : withContent(row, inside));
    }
    const paths = inside.map(({ path }) => path.slice(top.length + INSIDE.length));
    const sharedInside = paths.length > 1 ? commonFolder(paths) : '';
    for (const [index, file] of inside.entries()) {
      rows.push(rowOf(file, (paths[index] ?? '').slice(sharedInside.length), true));
    }
  }
  return rows;
}

/** An archive is reported when it was read to its end; until then its row is made of what is known. */
function archiveBeingRead(path: string, inside: readonly ImportFileReport[]): ImportFileReport {
  return {
    path,
    format: 'archive',
    confidence: 1,
    reason: 'Being read.',
    sha256: '',
    bytes: 0,
    records: { files: inside.length },
    rejected: 0,
    duplicates: 0,
    timeRange: null,
    warnings: [],
  };
}

/** Rows a person should look at. */
export function needsLook({ state, rejected }: SourceRow): boolean {
  return (state !== 'reading' && rejected > 0) || state === 'cut' || state === 'warning' || state === 'unknown';
}

/** Whether there are bytes a person may choose a reader for. */
export function canBeReadAs({ file, state }: SourceRow): boolean {
  return !isArchive(file) && file.format !== 'skipped' && state !== 'empty' && state !== 'reading';
}

/** How many rows say nothing about their time, where they stand, and what that means; '' when all say something. */
export function undatedText({ undated, timeRange }: ImportFileReport, zone: Zone): string {
  if (!undated) return '';
  const isOne = undated.rows === 1;
  // Where all are undated, the range of the file is the one time they were given.
  const place =
    timeRange && !undated.datedRange && timeRange.start > 0n
      ? ` (${dayText(timeRange.start, zone)} ${clockText(timeRange.start, zone)})`
      : '';
  const count = `${undated.rows.toLocaleString('en')} ${isOne ? 'row has no time of its own: it stands' : 'rows have no time of their own: they stand'}`;
  return `${count} at the time of the file${place} and ${isOne ? 'does' : 'do'} not widen the time axis.`;
}

export const PLAIN_TEXT = 'plain-text';

/** `near`: those that make something of the bytes, what reads them now, and plain text, which reads anything. */
export function readersInOrder<Reader extends { readonly id: string; readonly confidence: number | null }>(of: {
  readonly readers: readonly Reader[];
  readonly current: string;
}): { readonly near: readonly Reader[]; readonly far: readonly Reader[] } {
  const isNear = ({ id, confidence }: Reader): boolean =>
    (confidence ?? 0) > 0 || id === of.current || id === PLAIN_TEXT;
  return { near: of.readers.filter(isNear), far: of.readers.filter((reader) => !isNear(reader)) };
}

/** The file or archive on the disk that a path of the case lies in. */
export function placeOf({ path }: ImportFileReport): string {
  return topOf(path);
}

export function isArchive({ format }: ImportFileReport): boolean {
  return format === 'archive';
}

function rowOf(file: ImportFileReport, name: string, isInside: boolean): SourceRow {
  const { rejected, duplicates } = file;
  return { file, name, isInside, state: stateOf(file), kept: keptRows(file), rejected, duplicates };
}

/** The row of an archive counts what was in it. */
function withContent(row: SourceRow, inside: readonly ImportFileReport[]): SourceRow {
  const total = (pick: (file: ImportFileReport) => number): number => inside.reduce((sum, file) => sum + pick(file), 0);
  return {
    ...row,
    kept: total(keptRows),
    rejected: row.rejected + total((file) => file.rejected),
    duplicates: row.duplicates + total((file) => file.duplicates),
  };
}

function stateOf(file: ImportFileReport): FileState {
  if (file.rejected > 0) return 'rejected';
  // That it holds nothing new is all there is to say of it.
  if (keptRows(file) === 0 && file.duplicates > 0) return 'same';
  if (isCutShort(file)) return 'cut';
  if (file.warnings.length > 0) return 'warning';
  if (isArchive(file)) return 'done';
  if (file.format === 'unrecognised') return file.bytes === 0 ? 'empty' : 'unknown';
  return 'done';
}

/** Records of a file; lines and files are no records. */
function keptRows({ records }: ImportFileReport): number {
  let kept = 0;
  for (const [key, count] of Object.entries(records)) if (key !== 'lines' && key !== 'files') kept += count;
  return kept;
}

function topOf(path: string): string {
  const at = path.indexOf(INSIDE);
  return at < 0 ? path : path.slice(0, at);
}

function shortName(top: string, shared: string): string {
  const own = withoutStaging(top);
  return own === top ? top.slice(shared.length) : own;
}

/** The folder all paths share, with its last separator; '' when there is none. */
function commonFolder(paths: readonly string[]): string {
  const [first] = paths;
  if (first === undefined) return '';
  let folder = first.replace(/[^/\\]*$/, '');
  while (folder !== '' && !paths.every((path) => path.startsWith(folder))) folder = folder.replace(/[^/\\]*[/\\]$/, '');
  return folder;
}

const FORMAT_WORDS: Readonly<Record<string, string>> = {
  'alertmanager-json': 'Alertmanager API',
  'application-log': 'Application log',
  'change-argocd': 'Argo CD',
  'change-cloudevents': 'CloudEvents',
  'change-github': 'GitHub',
  'change-list': 'Changes',
  'jaeger-json': 'Jaeger JSON',
  kubernetes: 'Kubernetes',
  'metric-csv': 'Metrics in CSV',
  'otlp-json': 'OTLP JSON',
  'plain-text': 'Plain text',
  'plain-json': 'Plain JSON',
  'prometheus-api': 'Prometheus API',
  'prometheus-text': 'Prometheus text',
  'zipkin-json': 'Zipkin JSON',
  archive: 'Archive',
  unrecognised: 'Not recognised',
};

/** An importer's id as people call the format. */
export function formatWord(format: string): string {
  return FORMAT_WORDS[format] ?? format;
}
