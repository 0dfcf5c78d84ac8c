/** Answers the small questions about a case: what is in it, one row, a page of quarantine. Read-only. */
import type { EntityType } from '../../model/entity.ts';
import { ROW_TABLES, type JobId, type RowRef, type RowTable } from '../../model/ids.ts';
import type { ImportFileReport, RecordCounts } from '../../model/import-report.ts';
import type { Attributes } from '../../model/resource.ts';
import { formatUnixNano, type UnixNano } from '../../model/time.ts';
import type {
  CaseInfo,
  EntityDetail,
  EntityFilter,
  JobKind,
  JobProgress,
  JobRecord,
  JobStatus,
  QuarantineFilter,
  QuarantinePage,
  RowDetail,
  SqlValue,
} from '../engine-interface.ts';
import { summariseImport, timeRangeOf } from './summarise-import.ts';
import type { CaseDatabase } from './case-database.ts';
import { readerChoices } from './reader-choices.ts';
import { allAliases, allEntities } from './statements/dictionaries.ts';
import { allJobs } from './statements/jobs.ts';
import * as lookups from './statements/lookups.ts';
import { allSourceFiles, sourceFileAt, type SourceFileRow } from './statements/source-files.ts';
import { repeatingFiles } from './take-out-file.ts';
import type { FileForReading } from '../workers/contract.ts';

export function caseInfo(database: CaseDatabase, caseFile: string): CaseInfo {
  const files = caseFiles(database);
  const { totals } = summariseImport(files, [], 0);
  const pages = database.pragma('page_count', { simple: true }) as number;
  const pageBytes = database.pragma('page_size', { simple: true }) as number;
  return {
    caseFile,
    schemaVersion: database.pragma('user_version', { simple: true }) as number,
    sizeBytes: pages * pageBytes,
    records: totals.records,
    rejected: totals.rejected,
    timeRange: totals.timeRange,
    fileCount: files.length,
    analysisCount: lookups.analysisCount(database),
  };
}

export function caseFiles(database: CaseDatabase): readonly ImportFileReport[] {
  const choices = readerChoices(database);
  return allSourceFiles(database).map((row) => toFileReport(row, choices[row.headSha256] === row.format));
}

function toFileReport(row: SourceFileRow, isReaderChosen: boolean): ImportFileReport {
  const warnings = JSON.parse(row.warnings) as string[];
  if (row.status === 'reading') warnings.push('Not read to its end; import it again to continue.');
  return {
    path: row.path,
    format: row.format,
    confidence: row.confidence,
    reason: row.reason,
    ...(isReaderChosen && { isReaderChosen }),
    sha256: row.sha256,
    bytes: row.sizeBytes,
    records: JSON.parse(row.records) as RecordCounts,
    rejected: row.rejected,
    duplicates: row.duplicates,
    timeRange: timeRangeOf(row.firstTime, row.lastTime),
    ...(row.undated > 0 && {
      undated: { rows: row.undated, datedRange: timeRangeOf(row.datedFirstTime, row.datedLastTime) },
    }),
    warnings,
  };
}

export function fileForReading(database: CaseDatabase, path: string): FileForReading | null {
  const row = sourceFileAt(database, path);
  if (!row) return null;
  const { headSha256, format, status } = row;
  return {
    path,
    headSha256,
    format,
    isCopy: status === 'duplicate',
    isArchive: format === 'archive' || format === 'skipped',
    isReaderChosen: readerChoices(database)[headSha256] === format,
    repeatingPaths: repeatingFiles(database, row).map((file) => file.path),
  };
}

export function caseEntities(database: CaseDatabase, filter: EntityFilter): readonly EntityDetail[] {
  const aliases = new Map<number, string[]>();
  for (const { entityId, alias } of allAliases(database))
    aliases.set(entityId, [...(aliases.get(entityId) ?? []), alias]);
  return allEntities(database)
    .filter(({ type }) => filter.type === undefined || type === filter.type)
    .map(({ id, type, name, isInstrumented, attributes }) => ({
      rowId: id,
      type: type as EntityType,
      name,
      isInstrumented: isInstrumented === 1,
      attributes: attributes === null ? {} : (JSON.parse(attributes) as Attributes),
      aliases: aliases.get(id) ?? [],
    }));
}

export function caseJobs(database: CaseDatabase): readonly JobRecord[] {
  return allJobs(database).map((row) => ({
    id: row.id as JobId,
    kind: row.kind as JobKind,
    status: row.status as JobStatus,
    parametersJson: row.parameters,
    startTime: row.startTime as UnixNano,
    endTime: row.endTime === null ? null : (row.endTime as UnixNano),
    error: row.error,
    progress: { ...(JSON.parse(row.progress) as JobProgress), status: row.status as JobStatus },
  }));
}

export function quarantine(database: CaseDatabase, filter: QuarantineFilter): QuarantinePage {
  const path = filter.path ?? null;
  const records = lookups.quarantinePage(database, { path, offset: filter.offset ?? 0, limit: filter.limit ?? 200 });
  return { total: lookups.quarantineCount(database, path), records };
}

const MAX_SERIES_POINTS = 500;

/** Rows in the order asked; a reference that is malformed or points nowhere comes back as not found. */
export function readableRows(database: CaseDatabase, refs: readonly RowRef[]): readonly RowDetail[] {
  const readers = new Map<RowTable, (rowId: number) => lookups.ReadableRow | undefined>();
  return refs.map((ref): RowDetail => {
    const parsed = parseRef(ref);
    if (!parsed) return { ref, table: 'span', found: false, sourcePath: '', fields: [] };
    let read = readers.get(parsed.table);
    if (!read) {
      read = lookups.readableRow(database, parsed.table);
      readers.set(parsed.table, read);
    }
    const row = read(parsed.rowId);
    if (!row) return { ref, table: parsed.table, found: false, sourcePath: '', fields: [] };
    const fields = Object.entries(row).map(([name, value]) => ({ name, value: narrowInteger(value) }));
    if (parsed.stretch) fields.push(pointsField(database, parsed.rowId, parsed.stretch));
    const sourceFileId = row['source_file_id'];
    const path = row['path'];
    const sourcePath =
      sourceFileId != null ? lookups.sourcePath(database, Number(sourceFileId)) : typeof path === 'string' ? path : '';
    return { ref, table: parsed.table, found: true, sourcePath, fields };
  });
}

interface ParsedRef {
  readonly table: RowTable;
  readonly rowId: number;
  readonly stretch: { readonly from: bigint; readonly to: bigint } | undefined;
}
function parseRef(ref: string): ParsedRef | undefined {
  const match = /^([a-z]+):(\d{1,15})(?:@(-?\d{1,19})\.\.(-?\d{1,19}))?$/.exec(ref);
  const table = ROW_TABLES.find((name) => name === match?.[1]);
  if (!match || !table) return undefined;
  const [, , rowId, from, to] = match;
  const stretch = from !== undefined && to !== undefined ? { from: BigInt(from), to: BigInt(to) } : undefined;
  return { table, rowId: Number(rowId), stretch };
}

function pointsField(
  database: CaseDatabase,
  seriesId: number,
  stretch: { readonly from: bigint; readonly to: bigint },
): { readonly name: string; readonly value: SqlValue } {
  const points = lookups.seriesPoints(database, { seriesId, ...stretch, limit: MAX_SERIES_POINTS });
  return {
    name: 'points',
    value: JSON.stringify(points.map(({ time, value }) => [formatUnixNano(time as UnixNano), value])),
  };
}

/** Integers that a float holds exactly become numbers; longer ones stay bigint. */
export function narrowInteger(value: SqlValue): SqlValue {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
