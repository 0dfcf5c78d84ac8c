/** What the engine's threads say to each other. One type per role of `worker.ts`. */
import type { MessagePort } from 'node:worker_threads';
import type { EntityRef } from '../../model/entity.ts';
import type { AnalysisResult } from '../../model/analysis-result.ts';
import type { RowRef } from '../../model/ids.ts';
import type { ImportFileReport, ImportReport } from '../../model/import-report.ts';
import type {
  AnalyzeRequest,
  CaseInfo,
  EntityDetail,
  EntityFilter,
  FileReaders,
  JobKind,
  JobProgress,
  JobRecord,
  JobStatus,
  QuarantineFilter,
  QuarantinePage,
  QueryChunk,
  QueueDepth,
  RowDetail,
  SqlValue,
  StoredAnalysis,
} from '../engine-interface.ts';
import type { IntakeLimits } from '../intake/intake-limits.ts';
import type { FileEnd, FileStart, ReaderChoice } from '../storage/case-writer.ts';
import type { ReaderChoices } from '../storage/reader-choices.ts';
import type { KeptGrouping, SignalKey } from '../../model/grouping.ts';
import type { Judgement, NewJudgement, NewNote, Note, NoteChange } from '../storage/annotations.ts';
import type { NewGrouping, NewStrike, Strike } from '../storage/decisions.ts';
import type { SchemaTable } from '../storage/schema-words.ts';
import type { NewestAnalysis } from '../storage/statements/analyses.ts';
import type { LogDetailRow, LogListRow, SpanDetailRow } from '../storage/statements/view-reads.ts';
import type { StorableBatch } from '../storage/storable-batch.ts';
import type { logFacets } from '../views/log-queries.ts';
import type { WindowRequest } from '../views/time-window.ts';
import type {
  BucketAxis,
  BucketedRequest,
  LogHistogram,
  LogRequest,
  MetricSummary,
  RedRequest,
  SeriesBuckets,
  ServiceRed,
  SpanLanes,
  TemplateCount,
  TraceListRequest,
  TraceSummary,
  WindowTraffic,
} from '../views/view-answers.ts';

/** What a thread is told when it starts. */
export type WorkerRole =
  | ({ readonly role: 'writer'; readonly caseFile: string; readonly maxCaseBytes: number | undefined } & LongWork)
  | ({ readonly role: 'parser' } & LongWork)
  | { readonly role: 'reader'; readonly caseFile: string }
  | { readonly role: 'view'; readonly caseFile: string }
  | ({ readonly role: 'analysis'; readonly caseFile: string } & LongWork);
/** Whether its thread gives way to those that answer people. */
interface LongWork {
  readonly givesWay?: boolean;
}

/** Two 32-bit words of shared memory: `cancel-flag.ts` says what they mean. */
export type CancelFlag = SharedArrayBuffer;

export interface ImportOrder {
  readonly jobId: string;
  /** One port per parse worker; file i comes from port i modulo their number. */
  readonly ports: readonly MessagePort[];
  readonly bytesTotal: number;
  readonly cancel: CancelFlag;
}
export interface StageProgress {
  readonly stage: string;
  readonly path: string;
  readonly share: number;
  readonly bytesRead: number;
  readonly filesDone: number;
  readonly rows: number;
}
export interface JobStart {
  readonly id: string;
  readonly kind: JobKind;
  readonly parametersJson: string;
  readonly progress: JobProgress;
}
export interface JobEnd {
  readonly id: string;
  readonly status: JobStatus;
  readonly error: string | null;
  readonly reportJson: string | null;
  readonly progress: JobProgress;
}

// Type aliases, not interfaces: only those match the index signature of `Procedures`.
export type WriterProcedures = {
  /** Opens or creates the case; answers how many jobs a killed process had left running. */
  open(argument: null): { readonly interruptedJobs: number };
  startJob(job: JobStart): void;
  updateJob(progress: JobProgress): void;
  finishJob(job: JobEnd): void;
  import(order: ImportOrder): ImportReport;
  storeAnalysis(analysis: {
    readonly jobId: string;
    readonly parametersJson: string;
    readonly result: AnalysisResult;
  }): StoredAnalysis;
  addNote(note: NewNote): Note;
  /** Fails with `not_found`. */
  changeNote(change: NoteChange): Note;
  removeNote(id: number): void;
  judge(judgement: NewJudgement): void;
  strike(strike: NewStrike): void;
  /** Answers its id. */
  addGrouping(grouping: NewGrouping): number;
  /** Fails with `not_found`. */
  setGroupingActive(change: { readonly id: number; readonly isActive: boolean }): void;
  setSetting(setting: { readonly key: string; readonly json: string | null }): void;
  queues(argument: null): readonly QueueDepth[];
  close(argument: null): void;
};
export interface WriterEvent {
  readonly jobId: string;
  readonly progress: StageProgress;
}

/** A walk over paths. */
export interface ParsePass {
  readonly paths: readonly string[];
  /** Only these, by path as walked, each with its name in the case; undefined = everything, under its own name. */
  readonly only?: ReadonlyMap<string, string> | undefined;
  /** One of `only` that is not met ends the import with `not_found`. */
  readonly isRequired?: boolean | undefined;
  /** What the files must begin with, as their head's hash; other bytes end the import with `failed_precondition`. */
  readonly headSha256?: string | undefined;
  readonly choice?: ReaderChoice | undefined;
}
export interface ParseOrder {
  /** One after the other. */
  readonly passes: readonly ParsePass[];
  /** Readers that people chose before. */
  readonly remembered: ReaderChoices;
  readonly options: Readonly<Record<string, string>>;
  readonly limits: Partial<IntakeLimits>;
  /** To the writer. */
  readonly port: MessagePort;
  /** This worker reads files with number ≡ index modulo count. */
  readonly index: number;
  readonly count: number;
  readonly cancel: CancelFlag;
}
export interface ReadersOrder {
  readonly paths: readonly string[];
  readonly walkedPath: string;
  readonly headSha256: string;
}
export type ParserProcedures = {
  parse(order: ParseOrder): void;
  readers(order: ReadersOrder): Promise<Pick<FileReaders, 'state' | 'problem' | 'recognised' | 'readers'>>;
};

/** Parse worker → writer. Each message costs one credit. */
export type ParsedMessage =
  | { readonly type: 'fileStart'; readonly start: FileStart }
  | { readonly type: 'batch'; readonly batch: StorableBatch; readonly bytesRead: number }
  | { readonly type: 'fileEnd'; readonly end: FileEnd; readonly bytesRead: number }
  /** A file that could not even be opened; reported, not stored as rows. */
  | { readonly type: 'end' };
/** Writer → parse worker. `stop`: nothing more is wanted. */
export type CreditMessage = { readonly type: 'credit'; readonly count: number } | { readonly type: 'stop' };

/** A file of the case that is to be read another way. */
export interface FileForReading {
  readonly path: string;
  readonly headSha256: string;
  readonly format: string;
  readonly isCopy: boolean;
  readonly isArchive: boolean;
  readonly isReaderChosen: boolean;
  /** Files that counted rows as the same as others': they are read again as well. */
  readonly repeatingPaths: readonly string[];
}
export type ReaderProcedures = {
  info(argument: null): CaseInfo;
  files(argument: null): readonly ImportFileReport[];
  /** null = the case has no such file. */
  fileForReading(path: string): FileForReading | null;
  readerChoices(argument: null): ReaderChoices;
  entities(filter: EntityFilter): readonly EntityDetail[];
  rows(refs: readonly RowRef[]): readonly RowDetail[];
  quarantine(filter: QuarantineFilter): QuarantinePage;
  jobs(argument: null): readonly JobRecord[];
  analysis(analysisId: number | null): StoredAnalysis | null;
  /** null = never analysed. */
  newestAnalysis(argument: null): NewestAnalysis | null;
  notes(argument: null): readonly Note[];
  judgements(argument: null): readonly Judgement[];
  strikes(argument: null): readonly Strike[];
  groupings(argument: null): readonly KeptGrouping[];
  alertKeys(rowIds: readonly number[]): readonly SignalKey[];
  setting(key: string): string | null;
  schema(argument: null): readonly SchemaTable[];
  startQuery(query: {
    readonly sql: string;
    readonly parameters: readonly SqlValue[];
    readonly maxRows: number;
    readonly timeoutMs: number;
  }): number;
  nextChunk(queryId: number): QueryChunk;
  endQuery(queryId: number): void;
  close(argument: null): void;
};

interface Viewed<T> {
  readonly request: T;
  readonly cancel: CancelFlag;
}
/** Answers of the view threads; every one is of a single moment of the case. */
export type ViewProcedures = {
  spanLanes(call: Viewed<BucketedRequest>): SpanLanes;
  serviceRed(call: Viewed<RedRequest>): ServiceRed;
  windowTraffic(call: Viewed<WindowRequest>): WindowTraffic;
  traceList(call: Viewed<TraceListRequest>): { readonly total: number; readonly traces: readonly TraceSummary[] };
  traceEdition(call: Viewed<string>): { readonly generation: number; readonly spanCount: number };
  /** By start; undefined for a trace the case does not hold. */
  traceSpanIds(call: Viewed<string>): Int32Array | undefined;
  spanDetail(call: Viewed<number>): SpanDetailRow | null;
  logHistogram(call: Viewed<LogRequest & BucketedRequest>): LogHistogram;
  logTemplates(call: Viewed<LogRequest & { readonly limit: number }>): {
    readonly total: number;
    readonly templates: readonly TemplateCount[];
    readonly isTextPartial: boolean;
  };
  logRows(call: Viewed<LogRequest & { readonly index: number; readonly limit: number }>): {
    readonly total: number;
    readonly rows: readonly LogListRow[];
    readonly isTextPartial: boolean;
  };
  logLocate(call: Viewed<LogRequest & { readonly rowId?: number | undefined; readonly time: bigint }>): {
    readonly index: number;
    readonly total: number;
    readonly isExact: boolean;
  };
  logFacets(call: Viewed<LogRequest>): ReturnType<typeof logFacets>;
  logDetail(call: Viewed<number>): LogDetailRow | null;
  metricSearch(
    call: Viewed<{
      readonly text?: string | undefined;
      readonly entity?: EntityRef | undefined;
      readonly limit: number;
    }>,
  ): { readonly total: number; readonly metrics: readonly MetricSummary[] };
  pointCounts(call: Viewed<BucketedRequest>): Float64Array;
  metricBuckets(
    call: Viewed<BucketedRequest & { readonly seriesIds: readonly number[] }>,
  ): BucketAxis & { readonly series: readonly SeriesBuckets[] };
  close(argument: null): void;
};
export type ViewName = Exclude<keyof ViewProcedures, 'close'>;
export type ViewRequest<Name extends ViewName> = Parameters<ViewProcedures[Name]>[0]['request'];
export type ViewAnswer<Name extends ViewName> = ReturnType<ViewProcedures[Name]>;

export type AnalysisProcedures = {
  analyze(order: { readonly request: AnalyzeRequest; readonly cancel: CancelFlag }): AnalysisResult;
};
export interface AnalysisEvent {
  readonly stage: string;
  readonly share: number;
}
