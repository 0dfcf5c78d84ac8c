/**
 * The composition root: builds an engine for one case from explicit options. Nothing here holds a database handle or
 * parses a byte; those are on worker threads, which this wires together.
 */
import { availableParallelism } from 'node:os';
import type { AnalysisResult } from '../model/analysis-result.ts';
import type { JobId, RowRef } from '../model/ids.ts';
import type { ImportReport } from '../model/import-report.ts';
import { EngineError } from './engine-error.ts';
import type {
  AnalyzeRequest,
  Engine,
  EngineOptions,
  ImportRequest,
  JobProgress,
  StartedJob,
  StoredAnalysis,
} from './engine-interface.ts';
import { checkPaths, measurePaths } from './intake/open-intake.ts';
import type { NewJudgement, NewNote, Note, NoteChange } from './storage/annotations.ts';
import type { NewGrouping, NewStrike } from './storage/decisions.ts';
import { JobList, type JobJournal, type RunningJob } from './jobs/job-list.ts';
import { planImport, readersOf, type ImportPlan } from './jobs/plan-import.ts';
import { runImport } from './jobs/run-import.ts';
import { ReaderPool } from './workers/reader-pool.ts';
import type {
  AnalysisEvent,
  AnalysisProcedures,
  ViewAnswer,
  ViewName,
  ViewRequest,
  WriterEvent,
  WriterProcedures,
} from './workers/contract.ts';
import { ViewPool } from './workers/view-pool.ts';
import { ThreadSlot, WorkerThread } from './workers/worker-thread.ts';

/** An analysis that does not see its flag in this time loses its thread: cancel answers within half a second. */
const CANCEL_GRACE_MS = 350;
const MAX_PARSE_THREADS = 4;

/** Opens or creates the case, marks what a killed process left running, and answers when it can be used. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const engine = new CaseEngine(options);
  try {
    await engine.open();
  } catch (error) {
    await engine.close();
    throw error;
  }
  return engine;
}

class CaseEngine implements Engine {
  readonly caseFile: string;
  readonly #isReadOnly: boolean;
  readonly #parseThreads: number;
  readonly #givesWay: boolean;
  readonly #readers: ReaderPool;
  readonly #views: ViewPool;
  readonly #writers: ThreadSlot<WriterProcedures, WriterEvent>;
  readonly #jobs: JobList;
  #isClosed = false;
  #openedWriter: { readonly thread: Writer; readonly opened: Promise<unknown> } | undefined;

  constructor(options: EngineOptions) {
    this.caseFile = options.caseFile;
    this.#isReadOnly = options.isReadOnly ?? false;
    this.#parseThreads = options.parseThreads ?? Math.min(MAX_PARSE_THREADS, Math.max(1, availableParallelism() - 1));
    this.#readers = new ReaderPool(options.caseFile, options.readerThreads ?? 1, options.startReaderProcess);
    this.#views = new ViewPool(options.caseFile);
    const { caseFile, maxCaseBytes } = options;
    const givesWay = (this.#givesWay = options.givesWay ?? false);
    this.#writers = new ThreadSlot(() => new WorkerThread({ role: 'writer', caseFile, maxCaseBytes, givesWay }));
    this.#jobs = new JobList(this.#journal());
  }

  async open(): Promise<void> {
    if (this.#isReadOnly) await this.info();
    else await this.#writer();
  }

  info(): ReturnType<Engine['info']> {
    return this.#readers.call('info', null);
  }
  files(): ReturnType<Engine['files']> {
    return this.#readers.call('files', null);
  }
  readers(file: string, from?: string): ReturnType<Engine['readers']> {
    return readersOf(file, from, this.#readers);
  }
  entities(filter: Parameters<Engine['entities']>[0] = {}): ReturnType<Engine['entities']> {
    return this.#readers.call('entities', filter);
  }
  rows(refs: readonly RowRef[]): ReturnType<Engine['rows']> {
    return this.#readers.call('rows', refs);
  }
  quarantine(filter: Parameters<Engine['quarantine']>[0] = {}): ReturnType<Engine['quarantine']> {
    return this.#readers.call('quarantine', filter);
  }
  async analysis(analysisId?: number): Promise<StoredAnalysis | undefined> {
    return (await this.#readers.call('analysis', analysisId ?? null)) ?? undefined;
  }
  query(request: Parameters<Engine['query']>[0]): ReturnType<Engine['query']> {
    return this.#readers.query(request);
  }

  view<Name extends ViewName>(name: Name, request: ViewRequest<Name>, signal?: AbortSignal): Promise<ViewAnswer<Name>> {
    return this.#views.call(name, request, signal);
  }
  get isImporting(): boolean {
    return this.#jobs.running?.meter.current.kind === 'import';
  }
  async newestAnalysis(): ReturnType<Engine['newestAnalysis']> {
    return (await this.#readers.call('newestAnalysis', null)) ?? undefined;
  }
  notes(): ReturnType<Engine['notes']> {
    return this.#readers.call('notes', null);
  }
  judgements(): ReturnType<Engine['judgements']> {
    return this.#readers.call('judgements', null);
  }
  setting(key: string): Promise<string | null> {
    return this.#readers.call('setting', key);
  }
  schema(): ReturnType<Engine['schema']> {
    return this.#readers.call('schema', null);
  }
  async addNote(note: NewNote): Promise<Note> {
    return (await this.#editor()).client.call('addNote', note);
  }
  async changeNote(change: NoteChange): Promise<Note> {
    return (await this.#editor()).client.call('changeNote', change);
  }
  async removeNote(id: number): Promise<void> {
    return (await this.#editor()).client.call('removeNote', id);
  }
  async judge(judgement: NewJudgement): Promise<void> {
    return (await this.#editor()).client.call('judge', judgement);
  }
  strikes(): ReturnType<Engine['strikes']> {
    return this.#readers.call('strikes', null);
  }
  async strike(strike: NewStrike): Promise<void> {
    return (await this.#editor()).client.call('strike', strike);
  }
  groupings(): ReturnType<Engine['groupings']> {
    return this.#readers.call('groupings', null);
  }
  alertKeys(rowIds: readonly number[]): ReturnType<Engine['alertKeys']> {
    return this.#readers.call('alertKeys', rowIds);
  }
  async addGrouping(grouping: NewGrouping): Promise<number> {
    return (await this.#editor()).client.call('addGrouping', grouping);
  }
  async setGroupingActive(id: number, isActive: boolean): Promise<void> {
    return (await this.#editor()).client.call('setGroupingActive', { id, isActive });
  }
  async setSetting(key: string, json: string | null): Promise<void> {
    this.#refuseReadOnly();
    // Pages save these by themselves, also amid a drag: nobody waits, so a job goes on standing aside.
    return (await this.#writer()).client.call('setSetting', { key, json });
  }

  /** History from the case; of the job that runs, the progress of this moment. */
  async jobs(): ReturnType<Engine['jobs']> {
    const recorded = await this.#readers.call('jobs', null);
    const running = this.#jobs.running;
    return recorded.map((job) => (job.id === running?.id ? { ...job, progress: running.meter.current } : job));
  }
  onProgress(listener: (progress: JobProgress) => void): { dispose(): void } {
    return this.#jobs.onProgress(listener);
  }
  async cancel(jobId: JobId): Promise<boolean> {
    return this.#jobs.cancel(jobId);
  }
  standAside(): boolean {
    // The writer beside the parsers; what draws, what composes it and what answers beside both.
    const isCrowded = this.#parseThreads + 1 + 3 > availableParallelism();
    return isCrowded ? this.#jobs.standAside() : this.#jobs.running !== undefined;
  }

  async import(request: ImportRequest): Promise<StartedJob<ImportReport>> {
    this.#refuseReadOnly();
    this.#jobs.refuseBeside();
    await checkPaths(request.paths);
    const plan = await planImport(request, this.#readers);
    const walked = plan.passes.flatMap(({ paths }) => paths);
    const { sizeBytes } = await measurePaths(walked, new AbortController().signal);
    const { paths, options = {}, readAs } = request;
    return this.#jobs.start<ImportReport>({
      kind: 'import',
      parametersJson: JSON.stringify({ paths, options, readAs }),
      bytesTotal: sizeBytes,
      run: (job) => this.#runImport(job, request, plan, sizeBytes),
      summary: ({ totals, files, seconds, bytes }) => toJson({ totals, files: files.length, seconds, bytes }),
    });
  }

  async #runImport(
    job: RunningJob,
    request: ImportRequest,
    plan: ImportPlan,
    bytesTotal: number,
  ): Promise<ImportReport> {
    const writer = await this.#writer();
    const detach = this.#listen(writer, job);
    try {
      const { id: jobId, cancel } = job;
      const onCancel = (react: () => void): void => void (job.onCancel = react);
      const [parseThreads, givesWay] = [this.#parseThreads, this.#givesWay];
      return await runImport({ jobId, request, ...plan, bytesTotal, parseThreads, givesWay, writer, cancel, onCancel });
    } finally {
      job.onCancel = undefined;
      detach();
    }
  }

  async analyze(request: AnalyzeRequest): Promise<StartedJob<StoredAnalysis>> {
    this.#refuseReadOnly();
    const parametersJson = toJson(request);
    return this.#jobs.start<StoredAnalysis>({
      kind: 'analysis',
      parametersJson,
      bytesTotal: 0,
      run: async (job) => {
        const result = await this.#runAnalysis(job, request);
        job.meter.update({ stage: 'storing', share: 0.99 });
        const writer = await this.#writer();
        return writer.client.call('storeAnalysis', { jobId: job.id, parametersJson, result });
      },
      summary: ({ analysisId, result }) => JSON.stringify({ analysisId, fingerprint: result.fingerprint }),
    });
  }

  async #runAnalysis(job: RunningJob, request: AnalyzeRequest): Promise<AnalysisResult> {
    const [caseFile, givesWay] = [this.caseFile, this.#givesWay];
    const thread = new WorkerThread<AnalysisProcedures, AnalysisEvent>({ role: 'analysis', caseFile, givesWay });
    thread.client.onEvent(({ stage, share }) => job.meter.update({ stage, share }));
    job.onCancel = () => {
      const giveUp = (): void => thread.abandon(new EngineError('cancelled', 'The analysis was cancelled.'));
      setTimeout(giveUp, CANCEL_GRACE_MS).unref();
    };
    try {
      return await thread.client.call('analyze', { request, cancel: job.cancel });
    } finally {
      job.onCancel = undefined;
      if (!thread.hasEnded) await thread.terminate();
    }
  }

  async queues(): ReturnType<Engine['queues']> {
    const writer = this.#writers.current;
    return writer ? writer.client.call('queues', null) : [];
  }

  async close(): Promise<void> {
    // From here on no job starts and no thread: what comes late would keep the process alive.
    this.#isClosed = true;
    await this.#jobs.stop();
    await this.#readers.close();
    await this.#views.close();
    this.#writers.retire();
    const writer = this.#writers.current;
    if (!writer) return;
    await writer.client.call('close', null).catch(() => undefined);
    await writer.terminate();
  }

  /** The writer, for a person who waits for it. */
  #editor(): Promise<Writer> {
    this.#refuseReadOnly();
    this.#jobs.workOn();
    return this.#writer();
  }

  /** The writer, open; after a crash a new one. */
  async #writer(): Promise<Writer> {
    const thread = this.#writers.get();
    if (this.#openedWriter?.thread !== thread) {
      this.#openedWriter = { thread, opened: thread.client.call('open', null) };
    }
    const attempt = this.#openedWriter;
    try {
      await attempt.opened;
    } catch (error) {
      // What kept the case from opening may be gone at the next call; the failure is not kept.
      if (this.#openedWriter === attempt) this.#openedWriter = undefined;
      throw error;
    }
    return thread;
  }

  #listen(writer: Writer, job: RunningJob): () => void {
    return writer.client.onEvent(({ jobId, progress }) => {
      if (jobId === job.id) job.meter.update(progress);
    });
  }

  #journal(): JobJournal {
    return {
      startJob: async (job) => (await this.#writer()).client.call('startJob', job),
      updateJob: async (progress) => (await this.#writer()).client.call('updateJob', progress),
      finishJob: async (job) => (await this.#writer()).client.call('finishJob', job),
    };
  }

  #refuseReadOnly(): void {
    if (this.#isClosed) throw new EngineError('failed_precondition', 'The case was closed.');
    if (this.#isReadOnly) throw new EngineError('failed_precondition', 'The case was opened for reading only.');
  }
}

type Writer = WorkerThread<WriterProcedures, WriterEvent>;

function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));
}
