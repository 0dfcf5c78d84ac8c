/**
 * The one place that changes the signals of a case. Files come one after the other: `beginFile`, its batches, `endFile`.
 * Each batch is one transaction together with the file's progress, so after a kill every finished batch is there exactly
 * once and the next import of the file continues behind it. With `groupMs` what is small shares a transaction for that
 * long; `isCommitted` then tells whether everything given so far would survive a kill, and nothing else may be reported.
 *
 * A file that begins like one already read may be the same file again. It is then read inside one transaction, and its
 * hash decides at the end: the same content is undone and counted as duplicates, other content is kept.
 */
import { createHash } from 'node:crypto';
import type { ImportFileReport, RecordCounts, RecordKey } from '../../model/import-report.ts';
import type { UnixNano } from '../../model/time.ts';
import { timeRangeOf } from './summarise-import.ts';
import { CaseDictionaries } from './case-dictionaries.ts';
import type { CaseDatabase } from './case-database.ts';
import { LogWriter } from './log-writer.ts';
import { MetricWriter } from './metric-writer.ts';
import { ObjectWriter } from './object-writer.ts';
import { SpanWriter } from './span-writer.ts';
import { rememberReader } from './reader-choices.ts';
import * as sources from './statements/source-files.ts';
import { recordCount, type StorableBatch } from './storable-batch.ts';
import { takeOutFile } from './take-out-file.ts';
import { FileTimes } from './time-extent.ts';

/** A person says how a file is to be read: what was read of it before is replaced, and the choice is remembered. */
export interface ReaderChoice {
  /** Importer id; null = as recognised. */
  readonly format: string | null;
  /** Whether only the file of this path is replaced; else also copies of it at other paths that were read otherwise. */
  readonly isThisPathOnly: boolean;
}
export interface FileStart {
  readonly path: string;
  /** What rows without a time were given as theirs. */
  readonly fileTime?: UnixNano | undefined;
  /** Lower-case hex of the file's head (all of it when shorter). */
  readonly headSha256: string;
  /** Decompressed; undefined when only reading tells. */
  readonly sizeBytes?: number | undefined;
  /** The head is all there is: files with the same one are the same. */
  readonly isHeadWhole?: boolean | undefined;
  /** Importer id, or 'unrecognised'. */
  readonly format: string;
  readonly formatVersion: number;
  readonly confidence: number;
  readonly reason: string;
  /** Set when a person chose the reader, now or when these bytes came before. */
  readonly isReaderChosen?: true;
  readonly choice?: ReaderChoice | undefined;
}
export interface FileEnd {
  /** Lower-case hex of the decompressed bytes, '' when reading ended early. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Counted by the importer beside its batches; over the whole file. */
  readonly duplicates: number;
  readonly others: RecordCounts;
  readonly warnings: readonly string[];
  /** Why reading stopped before the end; the file then stays unfinished and a later import continues. */
  readonly failure?: string | undefined;
}

interface OpenFile {
  readonly id: number;
  readonly start: FileStart;
  /** Batches an earlier, unfinished import has committed; they are passed over. */
  batchesToSkip: number;
  batchesCommitted: number;
  /** The earlier file this may be a copy of; its import then is one transaction. */
  readonly suspects: readonly sources.SourceFileRow[];
  /** `changes` of the dictionaries when it began. */
  readonly dictionaryChanges: number;
  readonly records: Partial<Record<RecordKey, number>>;
  rejected: number;
  duplicates: number;
  readonly times: FileTimes;
}

/** Rows after which a group is committed at once: a transaction costs little beside them. */
const MAX_GROUP_ROWS = 2_048;

export interface CaseWriterOptions {
  /** How long small files and batches may share a transaction, in milliseconds; 0 = each has its own. */
  readonly groupMs?: number;
  /** Polled by steps that take long. */
  readonly throwIfCancelled?: () => void;
  /** Called between rows; may block for a moment, so that a person has the machine. */
  readonly stepAside?: () => void;
}

export class CaseWriter {
  readonly #database: CaseDatabase;
  readonly #groupMs: number;
  readonly #throwIfCancelled: (() => void) | undefined;
  readonly #stepAside: (() => void) | undefined;
  #isGroupOpen = false;
  #groupRows = 0;
  #groupStarted = 0;
  readonly #filesWithHead;
  readonly #filesReadWithHead;
  readonly #insertFile;
  readonly #updateFile;
  readonly #adoptFile;
  #writers: SignalWriters;
  #file: OpenFile | undefined;
  #recordsKept = 0;

  constructor(database: CaseDatabase, { groupMs = 0, throwIfCancelled, stepAside }: CaseWriterOptions = {}) {
    this.#database = database;
    this.#groupMs = groupMs;
    this.#throwIfCancelled = throwIfCancelled;
    this.#stepAside = stepAside;
    this.#filesWithHead = sources.sourceFilesWithHead(database);
    this.#filesReadWithHead = sources.filesReadWithHead(database);
    this.#insertFile = sources.insertSourceFile(database);
    this.#updateFile = sources.updateSourceFile(database);
    this.#adoptFile = sources.adoptSourceFile(database);
    this.#writers = new SignalWriters(database, stepAside);
  }

  /** Records kept since this writer was made, duplicates and rejected ones left out. */
  get recordsKept(): number {
    return this.#recordsKept;
  }

  /** Whether a kill now would lose nothing that was given so far (a file that may be a copy aside). */
  get isCommitted(): boolean {
    return !this.#isGroupOpen;
  }

  /** Ends the group under way. Must not be called from within a write. */
  commit(): void {
    if (!this.#isGroupOpen) return;
    this.#writers.flushBlocks();
    this.#database.exec('COMMIT');
    this.#isGroupOpen = false;
  }

  beginFile(start: FileStart, jobId: string | null): void {
    if (start.choice && this.#replace(start, start.choice, jobId)) return;
    const sameHead = this.#filesWithHead(start.headSha256);
    const unfinished = sameHead.find(
      (row) => row.status !== 'complete' && row.status !== 'duplicate' && row.path === start.path,
    );
    if (unfinished && isSameImporter(unfinished, start)) {
      this.#resume(unfinished, start, jobId);
      return;
    }
    if (unfinished) {
      this.#putInPlace([unfinished], start, jobId, { isReadDifferently: false });
      return;
    }
    const suspects = sameHead.filter(
      (row) => row.status === 'complete' && row.format === start.format && row.formatVersion > 0 && holdsRecords(row),
    );
    if (suspects.length > 0) {
      this.commit();
      this.#database.exec('BEGIN IMMEDIATE');
    } else if (this.#groupMs > 0) this.#openGroup();
    this.#file = {
      ...freshCounts(start),
      id: this.#insertFile({ ...start, jobId }),
      suspects,
      dictionaryChanges: this.#writers.dictionaries.changes,
    };
  }

  /** Stores one batch and commits. Repeats of batches that an earlier run committed are passed over. */
  writeBatch(batch: StorableBatch): void {
    const file = this.#openFile();
    if (file.batchesToSkip > 0) {
      file.batchesToSkip--;
      return;
    }
    this.#inTransaction(file, recordCount(batch), () => {
      this.#store(batch, file);
      file.batchesCommitted++;
      this.#saveProgress(file, 'reading', NOT_ENDED);
    });
  }

  /** Ends the file and says what came of it. */
  endFile(end: FileEnd): ImportFileReport {
    const file = this.#openFile();
    this.#file = undefined;
    const original = end.failure === undefined ? file.suspects.find(({ sha256 }) => sha256 === end.sha256) : undefined;
    if (original) return this.#undoCopy(file, end, original);
    const warnings = [...end.warnings];
    if (end.failure !== undefined) warnings.push(end.failure);
    const [suspect] = file.suspects;
    if (suspect)
      warnings.push(`Begins with the same bytes as ${suspect.path}: records that both hold may be there twice.`);
    // An importer that counts lines itself has also seen those of no record.
    if (end.others.lines !== undefined) file.records.lines = 0;
    addCounts(file.records, end.others);
    file.duplicates += end.duplicates;
    const status = end.failure === undefined ? 'complete' : 'failed';
    this.#inTransaction(file, 1, () => this.#saveProgress(file, status, { ...end, warnings }));
    if (file.suspects.length > 0) {
      this.#writers.flushBlocks();
      this.#database.exec('COMMIT');
    }
    this.#writers.metrics?.endFile();
    return fileReport(file, end, warnings);
  }

  /** After a failure: forgets the open file and whatever was not committed. Committed batches stay. */
  abandonFile(): void {
    this.#file = undefined;
    if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
    this.#isGroupOpen = false;
    this.#writers = new SignalWriters(this.#database, this.#stepAside);
  }

  #resume(unfinished: sources.SourceFileRow, start: FileStart, jobId: string | null): void {
    this.#adoptFile(unfinished.id, jobId);
    const times = new FileTimes(start.fileTime);
    times.restore(unfinished);
    this.#file = {
      ...freshCounts(start),
      id: unfinished.id,
      suspects: [],
      dictionaryChanges: this.#writers.dictionaries.changes,
      batchesToSkip: unfinished.batchesCommitted,
      batchesCommitted: unfinished.batchesCommitted,
      records: JSON.parse(unfinished.records) as Partial<Record<RecordKey, number>>,
      rejected: unfinished.rejected,
      duplicates: unfinished.duplicates,
      times,
    };
  }

  /** True when there is something to replace; the file then is open. */
  #replace(start: FileStart, choice: ReaderChoice, jobId: string | null): boolean {
    const former = this.#filesReadWithHead(start.headSha256).filter((row) => {
      if (choice.isThisPathOnly) return row.path === start.path;
      return isReadOtherwise(row, start) && (row.path === start.path || isCopyOf(row, start));
    });
    const remember = (): void => rememberReader(this.#database, start.headSha256, choice.format, now());
    if (former.length > 0) {
      this.#putInPlace(former, start, jobId, { isReadDifferently: true, also: remember });
      return true;
    }
    this.commit();
    this.#database.transaction(remember)();
    return false;
  }

  /**
   * Opens a file in the place of others, whose rows go: one that another version of its importer began (its batches may
   * be cut elsewhere), or what a person wants read another way. Before the first new row one transaction does it all.
   */
  #putInPlace(
    former: readonly sources.SourceFileRow[],
    start: FileStart,
    jobId: string | null,
    { isReadDifferently, also }: { readonly isReadDifferently: boolean; readonly also?: () => void },
  ): void {
    this.commit();
    const throwIfCancelled = this.#throwIfCancelled;
    const id = this.#database.transaction(() => {
      for (const { id } of former) takeOutFile(this.#database, id, { isReadDifferently, throwIfCancelled });
      also?.();
      return this.#insertFile({ ...start, jobId, id: former[0]?.id });
    })();
    this.#writers = new SignalWriters(this.#database, this.#stepAside);
    const dictionaryChanges = this.#writers.dictionaries.changes;
    this.#file = { ...freshCounts(start), id, suspects: [], dictionaryChanges };
  }

  #undoCopy(file: OpenFile, end: FileEnd, original: sources.SourceFileRow): ImportFileReport {
    this.#database.exec('ROLLBACK');
    // Most copies bring nothing that is remembered; reading everything anew for each costs seconds in a bundle of many.
    const { spans = 0, metricPoints = 0 } = file.records;
    const isRemembered = this.#writers.dictionaries.changes !== file.dictionaryChanges || spans + metricPoints > 0;
    if (isRemembered) this.#writers = new SignalWriters(this.#database, this.#stepAside);
    else this.#writers.discardBlocks();
    const { lines, ...kept } = file.records;
    const { lines: otherLines, ...others } = end.others;
    const duplicates = file.duplicates + end.duplicates + file.rejected + sum(kept) + sum(others);
    const lineCount = otherLines ?? lines ?? 0;
    const counted: OpenFile = {
      ...file,
      records: lineCount > 0 ? { lines: lineCount } : {},
      rejected: 0,
      duplicates,
    };
    const warnings = [...end.warnings, `The same content as ${original.path}; nothing of it was stored again.`];
    const copy = this.#database.transaction(() => {
      const id = this.#insertFile({ ...file.start, jobId: original.jobId });
      this.#saveProgress({ ...counted, id }, 'duplicate', { ...end, warnings });
    });
    copy();
    this.#recordsKept -= sum(kept);
    return fileReport(counted, end, warnings);
  }

  #store(batch: StorableBatch, file: OpenFile): void {
    const { records, times, id } = file;
    const { dictionaries } = this.#writers;
    switch (batch.kind) {
      case 'spans':
        this.#count(file, 'spans', this.#writers.spanWriter().write(batch, id, dictionaries, times), batch.length);
        break;
      case 'logs':
        addCounts(records, { lines: this.#writers.logs.write(batch, id, dictionaries, times) });
        this.#count(file, 'logRecords', batch.length, batch.length);
        break;
      case 'metrics':
        this.#count(
          file,
          'metricPoints',
          this.#writers.metricWriter().write(batch, id, dictionaries, times),
          batch.length,
        );
        break;
      case 'objects': {
        const { kept, duplicates } = this.#writers.objects.write(batch, id, dictionaries, times);
        addCounts(records, kept);
        this.#recordsKept += sum(kept);
        file.duplicates += duplicates;
        break;
      }
      case 'rejected':
        this.#writers.objects.writeRejected(batch, id);
        file.rejected += recordCount(batch);
        break;
    }
  }

  #count(file: OpenFile, key: RecordKey, kept: number, given: number): void {
    if (kept > 0) file.records[key] = (file.records[key] ?? 0) + kept;
    file.duplicates += given - kept;
    this.#recordsKept += kept;
  }

  #saveProgress(
    file: OpenFile,
    status: sources.SourceFileStatus,
    end: Pick<FileEnd, 'sha256' | 'sizeBytes' | 'warnings'>,
  ): void {
    this.#updateFile({
      id: file.id,
      status,
      sha256: end.sha256,
      sizeBytes: end.sizeBytes,
      batchesCommitted: file.batchesCommitted,
      records: JSON.stringify(file.records),
      rejected: file.rejected,
      duplicates: file.duplicates,
      firstTime: file.times.first,
      lastTime: file.times.last,
      undated: file.times.undated,
      datedFirstTime: file.times.dated.first,
      datedLastTime: file.times.dated.last,
      warnings: JSON.stringify(end.warnings),
    });
  }

  /** One transaction per batch, unless the whole file is one or small ones share one. */
  #inTransaction(file: OpenFile, rows: number, work: () => void): void {
    if (file.suspects.length > 0) {
      work();
      return;
    }
    this.#openGroup();
    work();
    this.#groupRows += rows;
    const isDue = this.#groupRows >= MAX_GROUP_ROWS || performance.now() - this.#groupStarted >= this.#groupMs;
    if (isDue) this.commit();
  }

  #openGroup(): void {
    if (this.#isGroupOpen) return;
    this.#database.exec('BEGIN IMMEDIATE');
    this.#isGroupOpen = true;
    this.#groupRows = 0;
    this.#groupStarted = performance.now();
  }

  #openFile(): OpenFile {
    if (!this.#file) throw new Error('a batch came without a file');
    return this.#file;
  }
}

/** The writers of one case; those that must first read what is there (to know repeats) are made when first needed. */
class SignalWriters {
  readonly dictionaries: CaseDictionaries;
  readonly logs: LogWriter;
  readonly objects: ObjectWriter;
  readonly #database: CaseDatabase;
  readonly #stepAside: (() => void) | undefined;
  #spans: SpanWriter | undefined;
  metrics: MetricWriter | undefined;

  constructor(database: CaseDatabase, stepAside: (() => void) | undefined) {
    this.#database = database;
    this.#stepAside = stepAside;
    this.dictionaries = new CaseDictionaries(database);
    this.logs = new LogWriter(database, stepAside);
    this.objects = new ObjectWriter(database);
  }
  spanWriter(): SpanWriter {
    return (this.#spans ??= new SpanWriter(this.#database, this.#stepAside));
  }
  metricWriter(): MetricWriter {
    return (this.metrics ??= new MetricWriter(this.#database, this.#stepAside));
  }
  flushBlocks(): void {
    this.#spans?.flushBlock();
    this.logs.flushBlock();
    this.metrics?.flushBlock();
  }
  discardBlocks(): void {
    this.#spans?.discardBlock();
    this.logs.discardBlock();
    this.metrics?.discardBlock();
  }
}

/** Hash of a file's head, by which a file that is imported again is noticed. */
export function headHash(head: Uint8Array): string {
  return createHash('sha256').update(head).digest('hex');
}

function now(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}

const NOT_ENDED = { sha256: '', sizeBytes: 0, warnings: [] as readonly string[] };

function freshCounts(start: FileStart): Omit<OpenFile, 'id' | 'suspects' | 'dictionaryChanges'> {
  return {
    start,
    batchesToSkip: 0,
    batchesCommitted: 0,
    records: {},
    rejected: 0,
    duplicates: 0,
    times: new FileTimes(start.fileTime),
  };
}
function isSameImporter(row: sources.SourceFileRow, start: FileStart): boolean {
  return row.format === start.format && row.formatVersion === start.formatVersion;
}
function isReadOtherwise({ status, format }: sources.SourceFileRow, start: FileStart): boolean {
  return status !== 'complete' || format !== start.format;
}
/** As far as size tells: a log that was collected twice, the later time longer, begins alike and holds more. */
function isCopyOf({ status, sizeBytes }: sources.SourceFileRow, start: FileStart): boolean {
  return start.isHeadWhole === true || (status === 'complete' && sizeBytes === start.sizeBytes);
}
/** An empty or unread file is nobody's copy. */
function holdsRecords(row: sources.SourceFileRow): boolean {
  return row.records !== '{}' || row.rejected > 0 || row.duplicates > 0;
}
function addCounts(into: Partial<Record<RecordKey, number>>, counts: RecordCounts): void {
  for (const [key, count] of Object.entries(counts) as [RecordKey, number][]) {
    if (count > 0) into[key] = (into[key] ?? 0) + count;
  }
}
function sum(counts: RecordCounts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
function fileReport(file: OpenFile, end: FileEnd, warnings: readonly string[]): ImportFileReport {
  const { first, last, undated, dated } = file.times;
  return {
    path: file.start.path,
    format: file.start.format,
    confidence: file.start.confidence,
    reason: file.start.reason,
    ...(file.start.isReaderChosen && { isReaderChosen: true }),
    sha256: end.sha256,
    bytes: end.sizeBytes,
    records: file.records,
    rejected: file.rejected,
    duplicates: file.duplicates,
    timeRange: timeRangeOf(first, last),
    ...(undated > 0 && { undated: { rows: undated, datedRange: timeRangeOf(dated.first, dated.last) } }),
    warnings,
  };
}
