/**
 * What the engine offers to the api handlers (and, through them, to every host). One engine serves one case file. All
 * work happens on worker threads; these calls only pass messages. Expected failures are `EngineError`s.
 */
import type { AnalysisResult } from '../model/analysis-result.ts';
import type { EntityRef, EntityType } from '../model/entity.ts';
import type { KeptGrouping, SignalKey } from '../model/grouping.ts';
import type { JobId, RowRef, RowTable } from '../model/ids.ts';
import type { ImportFileReport, ImportReport, RecordCounts } from '../model/import-report.ts';
import type { Attributes } from '../model/resource.ts';
import type { TimeRange, UnixNano } from '../model/time.ts';
import type { IntakeLimits } from './intake/intake-limits.ts';
import type { Judgement, NewJudgement, NewNote, Note, NoteChange } from './storage/annotations.ts';
import type { NewGrouping, NewStrike, Strike } from './storage/decisions.ts';
import type { SchemaTable } from './storage/schema-words.ts';
import type { ViewAnswer, ViewName, ViewRequest } from './workers/contract.ts';
import type { StartReaderProcess } from './workers/reader-process.ts';

export interface EngineOptions {
  /** Path of the case file; created when absent unless `isReadOnly`. */
  readonly caseFile: string;
  /** Opens nothing for writing; imports and analyses answer `failed_precondition`. Default false. */
  readonly isReadOnly?: boolean | undefined;
  /** Threads that read and parse files. Row ids and answers do not depend on it. Default: cores - 1, 1 to 4. */
  readonly parseThreads?: number | undefined;
  /** Threads that answer queries. Default 1. */
  readonly readerThreads?: number | undefined;
  /** A person looks at the case meanwhile: long work gives way to what they ask (Linux). Default false. */
  readonly givesWay?: boolean | undefined;
  /** Upper bound of the case file, for tests and quotas; undefined = the disk decides. */
  readonly maxCaseBytes?: number | undefined;
  /** How the reader of people's own SQL gets its process. Default: a fork of this Node. */
  readonly startReaderProcess?: StartReaderProcess | undefined;
}

export interface ImportRequest {
  /** Files, folders and archives on this machine. */
  readonly paths: readonly string[];
  /** Handed to importers, e.g. a CSV mapping. */
  readonly options?: Readonly<Record<string, string>> | undefined;
  /** Guards against archive bombs and runaway bundles; defaults are intake's. */
  readonly limits?: Partial<IntakeLimits> | undefined;
  /** What was read of the files before is replaced, and these bytes are read so whenever they come again. */
  readonly readAs?: ReadAs | undefined;
}
export interface ReadAs {
  /** Importer id, or `plain-text`; null = as recognised. */
  readonly format: string | null;
  /**
   * The one file of the case that is meant, as its report names it; `paths` then is the one file or archive on this
   * machine that holds it. Absent = every file of `paths`.
   */
  readonly file?: string | undefined;
}

/** With what a file of the case can be read. */
export interface FileReaders {
  /** Whether its bytes can still be read: `gone` from their place, or `changed` there. */
  readonly state: 'ready' | 'gone' | 'changed';
  /** Why not, a sentence; '' when they can. */
  readonly problem: string;
  /** What it is read with now; 'unrecognised' = nothing. */
  readonly current: string;
  /** A person chose that. */
  readonly isChosen: boolean;
  /** What recognition would choose; null = nothing, or not known. */
  readonly recognised: string | null;
  /** The surest first. `confidence` 0-1, null when the bytes cannot be looked at. */
  readonly readers: readonly {
    readonly id: string;
    readonly title: string;
    readonly confidence: number | null;
    readonly reason: string;
  }[];
}

/** Times are Unix nanoseconds; every field is optional. */
export interface AnalyzeRequest {
  /** When people noticed (the alarm). */
  readonly at?: UnixNano | undefined;
  readonly from?: UnixNano | undefined;
  readonly to?: UnixNano | undefined;
  readonly symptom?: EntityRef | undefined;
  readonly candidates?: readonly EntityRef[] | undefined;
}

export type JobKind = 'import' | 'analysis';
/** `interrupted`: the process ended while it ran. Finished batches stay; importing the same paths again continues. */
export type JobStatus = 'running' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';

export interface JobRecord {
  readonly id: JobId;
  readonly kind: JobKind;
  readonly status: JobStatus;
  /** What it was asked, as JSON: paths of an import, window of an analysis. */
  readonly parametersJson: string;
  readonly startTime: UnixNano;
  readonly endTime: UnixNano | null;
  /** Why it failed, was cancelled or interrupted; null otherwise. */
  readonly error: string | null;
  readonly progress: JobProgress;
}

export interface JobProgress {
  readonly jobId: JobId;
  readonly kind: JobKind;
  readonly status: JobStatus;
  /** Rises by one with each event of a job, so that a listener can tell old from new. */
  readonly sequence: number;
  /** `reading`, `indexing`, `full text`, or the analysis' own stage names. */
  readonly stage: string;
  /** File being read; '' outside `reading`. */
  readonly path: string;
  /** 0-1 over the whole job, as far as known. */
  readonly share: number;
  readonly bytesRead: number;
  /** 0 until known. */
  readonly bytesTotal: number;
  readonly filesDone: number;
  /** Records kept so far. */
  readonly rows: number;
  readonly elapsedMs: number;
  /** Estimate of what is left; null until there is ground for one. */
  readonly remainingMs: number | null;
}

export interface StartedJob<T> {
  readonly id: JobId;
  /** Rejects with `cancelled`, `resource_exhausted` (disk full), `unavailable` (its worker crashed), … */
  readonly result: Promise<T>;
}

export interface StoredAnalysis {
  readonly analysisId: number;
  /** Unix nanoseconds at which the analysis was stored. */
  readonly createdTime: UnixNano;
  readonly parametersJson: string;
  readonly result: AnalysisResult;
}

export type SqlValue = string | number | bigint | null | Uint8Array;

export interface QueryRequest {
  /** One statement that only reads. */
  readonly sql: string;
  readonly parameters?: readonly SqlValue[] | undefined;
  /** Default 100,000. */
  readonly maxRows?: number | undefined;
  /** Default 30,000. `deadline_exceeded` after it. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** A statement of our own, which ends by itself: answered on a thread. Default false: in a process that can be killed. */
  readonly isOwn?: boolean | undefined;
}
/** A block of an answer, by column. The first block always comes, even when it holds no rows. */
export interface QueryChunk {
  readonly columns: readonly string[];
  readonly rowCount: number;
  /** One array per column, each `rowCount` long. Integers beyond 2^53 are bigint. */
  readonly values: readonly (readonly SqlValue[])[];
  /** In the last block: true when `maxRows` cut the answer short. */
  readonly isTruncated: boolean;
  readonly isLast: boolean;
}

/** A row of the case as people read it: hex ids, RFC 3339 times. */
export interface RowDetail {
  readonly ref: RowRef;
  readonly table: RowTable;
  /** False when the case holds no such row; `fields` is then empty. */
  readonly found: boolean;
  /** Where it came from; '' for derived rows. */
  readonly sourcePath: string;
  readonly fields: readonly { readonly name: string; readonly value: SqlValue }[];
}

export interface QuarantineFilter {
  readonly path?: string | undefined;
  readonly offset?: number | undefined;
  /** Default 200. */
  readonly limit?: number | undefined;
}
export interface QuarantineRecord {
  readonly rowId: number;
  readonly path: string;
  readonly line: number;
  readonly byteOffset: number;
  readonly reason: string;
  readonly excerpt: string;
}
export interface QuarantinePage {
  readonly total: number;
  readonly records: readonly QuarantineRecord[];
}

export interface EntityDetail extends EntityRef {
  readonly rowId: number;
  readonly isInstrumented: boolean;
  readonly attributes: Attributes;
  readonly aliases: readonly string[];
}
export interface EntityFilter {
  readonly type?: EntityType | undefined;
}

export interface CaseInfo {
  readonly caseFile: string;
  readonly schemaVersion: number;
  readonly sizeBytes: number;
  readonly records: RecordCounts;
  readonly rejected: number;
  readonly timeRange: TimeRange | null;
  readonly fileCount: number;
  readonly analysisCount: number;
}

/** Depths of the bounded queues, for diagnostics and tests: none ever exceeds its bound. */
export interface QueueDepth {
  readonly name: string;
  readonly bound: number;
  readonly depth: number;
  readonly maxDepth: number;
}

export interface Engine {
  readonly caseFile: string;
  info(): Promise<CaseInfo>;
  /** One import or analysis runs at a time; a second answers `failed_precondition` with the id of the first. */
  import(request: ImportRequest): Promise<StartedJob<ImportReport>>;
  analyze(request: AnalyzeRequest): Promise<StartedJob<StoredAnalysis>>;
  /** Asks a job to stop; its result rejects with `cancelled` within 0.5 s. Unknown or ended jobs: false. */
  cancel(jobId: JobId): Promise<boolean>;
  /**
   * A person is at work: for the next half second the job that runs, if any, leaves them most of a machine that has too
   * few cores for both. Whether one runs.
   */
  standAside(): boolean;
  /** Newest first. */
  jobs(): Promise<readonly JobRecord[]>;
  /** Progress events of all jobs from now on, at most 10 a second per job, plus the last of each job. */
  onProgress(listener: (progress: JobProgress) => void): { dispose(): void };
  /** The newest stored analysis, or the one asked for; undefined when there is none. */
  analysis(analysisId?: number): Promise<StoredAnalysis | undefined>;
  /** Files of the case in the order they were read. */
  files(): Promise<readonly ImportFileReport[]>;
  /** Every reader and how sure it is about a file of the case; `from`: where its bytes lie now, when they moved. */
  readers(file: string, from?: string): Promise<FileReaders>;
  entities(filter?: EntityFilter): Promise<readonly EntityDetail[]>;
  /** Answers in the order asked. */
  rows(refs: readonly RowRef[]): Promise<readonly RowDetail[]>;
  quarantine(filter?: QuarantineFilter): Promise<QuarantinePage>;
  /** Blocks arrive as they are asked for; leaving the loop ends the statement. */
  query(request: QueryRequest): AsyncIterable<QueryChunk>;
  /** A question to a view thread; rejects with `cancelled` when the signal is raised. */
  view<Name extends ViewName>(name: Name, request: ViewRequest<Name>, signal?: AbortSignal): Promise<ViewAnswer<Name>>;
  /** True while an import runs: answers then do not count everything yet. */
  readonly isImporting: boolean;
  /** Which stored analysis is the newest, without its answer; undefined when there is none. */
  newestAnalysis(): Promise<Pick<StoredAnalysis, 'analysisId' | 'createdTime'> | undefined>;
  /** Oldest first. */
  notes(): Promise<readonly Note[]>;
  addNote(note: NewNote): Promise<Note>;
  changeNote(change: NoteChange): Promise<Note>;
  removeNote(id: number): Promise<void>;
  /** Newest first. */
  judgements(): Promise<readonly Judgement[]>;
  judge(judgement: NewJudgement): Promise<void>;
  /** Evidence that people struck out, oldest first. */
  strikes(): Promise<readonly Strike[]>;
  strike(strike: NewStrike): Promise<void>;
  /** In the order decided, those taken back included. */
  groupings(): Promise<readonly KeptGrouping[]>;
  /** What alerts are called in groupings, by row. */
  alertKeys(rowIds: readonly number[]): Promise<readonly SignalKey[]>;
  /** Answers its id. The next analysis honours it. */
  addGrouping(grouping: NewGrouping): Promise<number>;
  setGroupingActive(id: number, isActive: boolean): Promise<void>;
  /** JSON text; null = never set. */
  setting(key: string): Promise<string | null>;
  setSetting(key: string, json: string | null): Promise<void>;
  schema(): Promise<readonly SchemaTable[]>;
  queues(): Promise<readonly QueueDepth[]>;
  /** Cancels what runs, waits for it, and ends all threads. */
  close(): Promise<void>;
}
