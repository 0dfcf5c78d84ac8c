/**
 * Takes everything a file brought out of a case again, so that it can be read another way. Rows of other files stay; what
 * only this file gave meaning to (series, resources, entities, links to its rows) goes with it. Runs inside a
 * transaction of the caller, who makes its writers anew afterwards: dictionaries have changed.
 *
 * What another file repeated was counted there and not stored. When the file is to be read differently, those files are
 * marked as unfinished, so that reading them again brings their copies back.
 */
import type { RecordCounts } from '../../model/import-report.ts';
import type { CaseDatabase } from './case-database.ts';
import { completeBlocks } from './column-blocks.ts';
import { dropBlocks, dropBlocksFrom, raiseGeneration, type RowSignal } from './statements/column-blocks.ts';
import { clearFullText } from './statements/full-text.ts';
import * as sources from './statements/source-files.ts';
import * as rows from './statements/take-out.ts';

export interface TakeOutOptions {
  /** What it is read as next may not bring the same records. */
  readonly isReadDifferently: boolean;
  /** Polled between steps; what it throws leaves the transaction to the caller. */
  readonly throwIfCancelled?: (() => void) | undefined;
}

const SIGNAL_OF: Readonly<Record<rows.BigTable, RowSignal>> = {
  spans: 'spans',
  log_records: 'logs',
  metric_points: 'points',
};
/** Row ids looked at between two looks at the cancel flag: about a tenth of a second. */
const IDS_PER_STEP = 20_000;

export function takeOutFile(database: CaseDatabase, fileId: number, options: TakeOutOptions): void {
  const file = sources.sourceFile(database, fileId);
  if (!file) return;
  const { throwIfCancelled, isReadDifferently } = options;
  const hasKept = keptRecords(file).length > 0;
  if (hasKept) rows.deleteAnalyses(database);
  const hasDictionaryRows = takeOutBigTables(database, fileId, throwIfCancelled);
  rows.deleteSmallRowsOfFile(database, fileId);
  if (hasDictionaryRows) rows.deleteUnusedDictionaryRows(database);
  throwIfCancelled?.();
  rows.deleteEdgesOfFile(database, fileId);
  if (isReadDifferently) markRepeating(database, file);
  rows.deleteSourceFile(database, fileId);
  if (hasKept) forgetWhatItNamed(database);
}

/** What only rows that are gone gave a meaning to. */
function forgetWhatItNamed(database: CaseDatabase): void {
  rows.recountInstrumented(database);
  // An entity that was only declared has no row to tell by whom.
  const hasDeclarations = sources.allSourceFiles(database).some((other) => recordsOf(other).entities !== undefined);
  if (!hasDeclarations) rows.deleteUnusedEntities(database);
  rows.unanchorNotes(database);
  // Ids of dictionary rows may be given anew: whoever holds some by id reads them again.
  for (const signal of ['spans', 'logs', 'points', 'callers'] as const) raiseGeneration(database, signal);
}

/**
 * Files that counted records as the same as others', where one that kept such records is taken out. Log records are never
 * folded, and whole copies stay copies.
 */
export function repeatingFiles(database: CaseDatabase, file: sources.SourceFileRow): readonly sources.SourceFileRow[] {
  if (!keptRecords(file).some((key) => key !== 'logRecords' && key !== 'entities')) return [];
  return sources.allSourceFiles(database).filter(({ id, status, duplicates, formatVersion }) => {
    const hasRepeats = id !== file.id && duplicates > 0 && formatVersion > 0;
    // One that was begun only would go on behind the batches in which its copies were counted.
    return hasRepeats && status !== 'duplicate';
  });
}

function takeOutBigTables(database: CaseDatabase, fileId: number, throwIfCancelled: (() => void) | undefined): boolean {
  let hasRows = false;
  for (const table of ['spans', 'log_records', 'metric_points'] as const) {
    throwIfCancelled?.();
    const found = rows.rowsOfFile(database, table, fileId);
    if (!found) continue;
    hasRows = true;
    const isLog = table === 'log_records';
    const isTextCleared = isLog && rows.isMostOfFullText(database, found);
    if (isTextCleared) clearFullText(database);
    const forgetText = isLog && !isTextCleared ? rows.forgetLogText(database) : undefined;
    const remove = rows.deleteRowsOfFile(database, table);
    for (let from = found.first; from <= found.last; from += IDS_PER_STEP) {
      throwIfCancelled?.();
      const to = Math.min(found.last, from + IDS_PER_STEP - 1);
      forgetText?.(fileId, from, to);
      remove(fileId, from, to);
    }
    if (isLog) rows.capFullText(database);
    makeBlocksAnew(database, SIGNAL_OF[table], found.first, throwIfCancelled);
    if (table === 'spans') dropBlocks(database, 'callers');
  }
  return hasRows;
}

/** Rows of other files behind the first that went: without blocks they would lie hidden below those of new rows. */
function makeBlocksAnew(
  database: CaseDatabase,
  signal: RowSignal,
  firstRow: number,
  throwIfCancelled: (() => void) | undefined,
): void {
  dropBlocksFrom(database, signal, firstRow);
  do throwIfCancelled?.();
  while (completeBlocks(database, signal));
}

function markRepeating(database: CaseDatabase, file: sources.SourceFileRow): void {
  const mark = sources.markForReading(database);
  for (const { id } of repeatingFiles(database, file)) {
    mark(
      id,
      `Rows that ${file.path} held as well were counted as the same. That file is read another way now; import this one again to have them.`,
    );
  }
}

function recordsOf({ records }: sources.SourceFileRow): RecordCounts {
  return JSON.parse(records) as RecordCounts;
}
/** Kinds of records a file brought; lines, members and what has no table are none. */
function keptRecords(file: sources.SourceFileRow): readonly string[] {
  const none = new Set(['lines', 'files', 'rules', 'testResults', 'flows']);
  return Object.entries(recordsOf(file)).flatMap(([key, count]) => (count > 0 && !none.has(key) ? [key] : []));
}
