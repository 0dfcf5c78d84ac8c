/**
 * Writer thread: the only one that changes a case. It stores imports, keeps the list of jobs, and builds indexes and full
 * text when nothing is being read.
 */
import type { ImportReport } from '../../model/import-report.ts';
import type { UnixNano } from '../../model/time.ts';
import { EngineError } from '../engine-error.ts';
import type { QueueDepth } from '../engine-interface.ts';
import { addNote, changeNote, judge, removeNote, setSetting } from '../storage/annotations.ts';
import { addGrouping, setGroupingActive, strike } from '../storage/decisions.ts';
import { caseLock, type CaseLock } from '../storage/case-lock.ts';
import {
  openCaseForWriting,
  storageError,
  withoutForeignKeyChecks,
  type CaseDatabase,
} from '../storage/case-database.ts';
import { CaseWriter } from '../storage/case-writer.ts';
import { finishingSteps } from '../storage/finish-case.ts';
import { storeAnalysis } from '../storage/store-analysis.ts';
import { allEntities } from '../storage/statements/dictionaries.ts';
import * as jobs from '../storage/statements/jobs.ts';
import { dropIndexesForLoad } from '../storage/statements/secondary-indexes.ts';
import type { EntityRef } from '../../model/entity.ts';
import { serveCalls, type MessageTarget } from './call-channel.ts';
import { asideStep, cancelCheck } from './cancel-flag.ts';
import type {
  ImportOrder,
  JobEnd,
  JobStart,
  StageProgress,
  WorkerRole,
  WriterEvent,
  WriterProcedures,
} from './contract.ts';
import { summariseImport } from '../storage/summarise-import.ts';
import { GROUP_MS, ImportSession } from './import-session.ts';

/** A guess at the bytes a record takes in its file, to choose between keeping indexes and building them afterwards. */
const BYTES_PER_RECORD = 300;
const ANNOTATE_RETRY_MS = 20;

export function runWriterWorker(target: MessageTarget, role: Extract<WorkerRole, { role: 'writer' }>): void {
  const thread = new WriterThread(role);
  const emit = serveCalls<WriterProcedures, WriterEvent>(target, {
    open: () => thread.open(),
    startJob: (job) => thread.guard((database) => jobs.insertJob(database, startRow(job))),
    updateJob: (progress) =>
      thread.guard((database) => jobs.updateJobProgress(database, progress.jobId, JSON.stringify(progress))),
    finishJob: (job) => thread.guard((database) => jobs.finishJob(database, endRow(job))),
    import: (order) => thread.import(order, (progress) => emit({ jobId: order.jobId, progress })),
    storeAnalysis: ({ jobId, parametersJson, result }) =>
      thread.guard((database) => storeAnalysis(database, { jobId, parametersJson, result, createdTime: now() })),
    addNote: (note) => thread.annotate((database) => addNote(database, note, now())),
    changeNote: (change) => thread.annotate((database) => changeNote(database, change)),
    removeNote: (id) => thread.annotate((database) => removeNote(database, id)),
    judge: (judgement) => thread.annotate((database) => judge(database, judgement, now())),
    strike: (change) => thread.annotate((database) => strike(database, change, now())),
    addGrouping: (grouping) => thread.annotate((database) => addGrouping(database, grouping, now())),
    setGroupingActive: ({ id, isActive }) => thread.annotate((database) => setGroupingActive(database, id, isActive)),
    setSetting: ({ key, json }) => thread.annotate((database) => setSetting(database, key, json, now())),
    queues: () => thread.queues(),
    close: () => thread.close(),
  });
}

class WriterThread {
  readonly #role: Extract<WorkerRole, { role: 'writer' }>;
  #database: CaseDatabase | undefined;
  #lock: CaseLock | undefined;
  #session: ImportSession | undefined;
  #isImporting = false;
  #lastQueues: readonly QueueDepth[] = [];

  constructor(role: Extract<WorkerRole, { role: 'writer' }>) {
    this.#role = role;
  }

  open(): { readonly interruptedJobs: number } {
    const { caseFile, maxCaseBytes } = this.#role;
    this.#lock = caseLock(caseFile);
    try {
      this.#database = openCaseForWriting(caseFile, { maxCaseBytes });
      const reason =
        'The program ended while this ran. What it had saved is here; the same import continues behind it.';
      const interruptedJobs = this.guard((database) => jobs.markInterruptedJobs(database, now(), reason));
      setImmediate(() => this.#finishInIdle());
      return { interruptedJobs };
    } catch (error) {
      // Nothing stays held: the next try starts from the beginning.
      this.close();
      throw error;
    }
  }

  /** Runs work on the case; SQLite's errors come out as sentences. */
  guard<T>(work: (database: CaseDatabase) => T): T {
    if (!this.#database) throw new EngineError('failed_precondition', 'The case is not open.');
    try {
      return work(this.#database);
    } catch (error) {
      throw storageError(error, this.#role.caseFile);
    }
  }

  /** Runs a change that must outlive what an import does next: not inside a transaction that may be rolled back. */
  async annotate<T>(work: (database: CaseDatabase) => T): Promise<T> {
    for (;;) {
      this.#session?.commitGroup();
      if (this.#database?.inTransaction !== true) return this.guard(work);
      // A file that may be a copy is one transaction; it ends with the file.
      await new Promise((resolve) => setTimeout(resolve, ANNOTATE_RETRY_MS));
    }
  }

  async import(order: ImportOrder, report: (progress: StageProgress) => void): Promise<ImportReport> {
    const started = performance.now();
    this.#isImporting = true;
    try {
      const database = this.guard((open) => {
        dropIndexesForLoad(open, order.bytesTotal / BYTES_PER_RECORD);
        return open;
      });
      const writer = new CaseWriter(database, {
        groupMs: GROUP_MS,
        throwIfCancelled: cancelCheck(order.cancel),
        ...(this.#role.givesWay && { stepAside: asideStep(order.cancel) }),
      });
      const session = new ImportSession(writer, order, report);
      this.#session = session;
      const files = await withoutForeignKeyChecks(database, () => session.run());
      const { rows } = session;
      // The dictionaries and hash sets of the load go before indexes are built.
      this.#lastQueues = session.queues();
      this.#session = undefined;
      await this.#finish(order, report, rows, files.length);
      const entities = allEntities(database).map(({ type, name }) => ({ type, name }) as EntityRef);
      report({ stage: 'done', path: '', share: 1, bytesRead: order.bytesTotal, filesDone: files.length, rows });
      return summariseImport(files, entities, (performance.now() - started) / 1000);
    } catch (error) {
      throw storageError(error, this.#role.caseFile);
    } finally {
      this.#lastQueues = this.queues();
      this.#session = undefined;
      this.#isImporting = false;
    }
  }

  queues(): readonly QueueDepth[] {
    return this.#session?.queues() ?? this.#lastQueues;
  }

  close(): void {
    this.#session?.stop(new EngineError('cancelled', 'The case was closed.'));
    this.#database?.close();
    this.#database = undefined;
    this.#lock?.release();
    this.#lock = undefined;
  }

  /** Between steps comes what a person saves meanwhile. */
  async #finish(
    order: ImportOrder,
    report: (progress: StageProgress) => void,
    rows: number,
    filesDone: number,
  ): Promise<void> {
    const throwIfCancelled = cancelCheck(order.cancel);
    const steps = this.guard((database) => finishingSteps(database));
    for (;;) {
      const { done, value } = this.guard(() => steps.next());
      if (done) return;
      report({ stage: value.stage, path: '', share: value.share, bytesRead: order.bytesTotal, filesDone, rows });
      await new Promise((resolve) => setImmediate(resolve));
      throwIfCancelled();
    }
  }

  /** Completes indexes and full text that a killed or cancelled import left behind, a step at a time. */
  #finishInIdle(): void {
    const steps = this.#database && finishingSteps(this.#database);
    const next = (): void => {
      try {
        if (!this.#database || this.#isImporting || steps?.next().done !== false) return;
        setImmediate(next);
      } catch {
        // A full disk shows itself, with a sentence, in the next job; an index that is missing only costs time.
      }
    };
    next();
  }
}

function now(): UnixNano {
  return (BigInt(Date.now()) * 1_000_000n) as UnixNano;
}
function startRow(job: JobStart): Parameters<typeof jobs.insertJob>[1] {
  const { id, kind, parametersJson: parameters, progress } = job;
  return { id, kind, parameters, startTime: now(), progress: JSON.stringify(progress) };
}
function endRow(job: JobEnd): Parameters<typeof jobs.finishJob>[1] {
  const { id, status, error, reportJson: report, progress } = job;
  return { id, status, error, report, progress: JSON.stringify(progress), endTime: now() };
}
