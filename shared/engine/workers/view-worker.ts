/**
 * View thread: holds one signal of the case as columns in memory and sums over them. One thread each for spans, logs and
 * metric points, so that none waits for another and nothing is held twice. Every question first brings memory up to the
 * case, inside the read transaction that also answers it.
 */
import { openCaseForReading, storageError, type CaseDatabase } from '../storage/case-database.ts';
import { logDetailRow, metricsLike, spanDetailRow } from '../storage/statements/view-reads.ts';
import { LogFilters, type LogFilter, type Pause, type ReadyFilter } from '../views/log-filter.ts';
import {
  locate,
  logFacets,
  logHistogram,
  logPlaces,
  logTemplates,
  rowsAtPlaces,
  type LogPlaces,
} from '../views/log-queries.ts';
import { LogStore } from '../views/log-store.ts';
import { metricBuckets, pointCounts } from '../views/metric-buckets.ts';
import { PointStore } from '../views/point-store.ts';
import { bigintFree, RecentAnswers } from '../views/recent-answers.ts';
import { serviceRed } from '../views/service-red.ts';
import { spanLanes, windowTraffic } from '../views/span-queries.ts';
import { SpanStore } from '../views/span-store.ts';
import type { WindowRequest } from '../views/time-window.ts';
import { spanRowsOfTrace, traceEdition, TraceLists } from '../views/trace-list.ts';
import { ViewDictionary } from '../views/view-dictionary.ts';
import { serveCalls, type MessageTarget } from './call-channel.ts';
import { cancelCheck } from './cancel-flag.ts';
import type { CancelFlag, ViewProcedures, WorkerRole } from './contract.ts';

export function runViewWorker(target: MessageTarget, { caseFile }: Extract<WorkerRole, { role: 'view' }>): void {
  const thread = new ViewThread(caseFile);
  serveCalls<ViewProcedures, never>(target, {
    spanLanes: ({ request, cancel }) => thread.spans(cancel, (_, store) => spanLanes(store, request)),
    serviceRed: ({ request, cancel }) => thread.spans(cancel, (open, store) => serviceRed(open, store, request)),
    windowTraffic: ({ request, cancel }) => thread.spans(cancel, (_, store) => windowTraffic(store, request)),
    traceList: ({ request, cancel }) =>
      thread.spans(cancel, (open, store) => thread.traceLists.page(open, store, request, cancelCheck(cancel))),
    traceEdition: ({ request, cancel }) => thread.spans(cancel, (open, store) => traceEdition(open, store, request)),
    traceSpanIds: ({ request, cancel }) => thread.spans(cancel, (open, store) => spanRowsOfTrace(open, store, request)),
    spanDetail: ({ request }) => thread.read((open) => spanDetailRow(open, request) ?? null),
    logHistogram: ({ request, cancel }) =>
      thread.logs(cancel, request.filter, (_, store, filter) => logHistogram(store, filter, request)),
    logTemplates: ({ request, cancel }) =>
      thread.logs(cancel, request.filter, (open, store, filter) => ({
        ...logTemplates(open, store, filter, request),
        isTextPartial: filter.isTextPartial,
      })),
    logRows: ({ request, cancel }) =>
      thread.logs(cancel, request.filter, (open, store, filter) => {
        const places = thread.places(store, filter, request);
        const rows = rowsAtPlaces(open, store, places, request.index, request.limit);
        return { total: places.total, rows, isTextPartial: filter.isTextPartial };
      }),
    logLocate: ({ request, cancel }) =>
      thread.logs(cancel, request.filter, (_, store, filter) => {
        const places = thread.places(store, filter, request);
        return {
          ...locate(store, places, { ...request, time: store.origin.offsetOf(request.time) }),
          total: places.total,
        };
      }),
    logFacets: ({ request, cancel }) =>
      thread.logs(cancel, request.filter, (open, store, filter) =>
        logFacets(open, store, thread.places(store, filter, request)),
      ),
    logDetail: ({ request }) => thread.read((open) => logDetailRow(open, request) ?? null),
    metricSearch: ({ request }) =>
      thread.read((open) => {
        thread.dictionary.refresh(open);
        const entityId = request.entity ? thread.dictionary.idOf(request.entity) : null;
        const rows = metricsLike(open, request.text ?? null, entityId);
        const entitiesOf = (json: string): number[] => JSON.parse(json) as number[];
        const metrics = rows.slice(0, request.limit).map(({ entityIds, ...row }) => ({
          ...row,
          entities: entitiesOf(entityIds).flatMap((id) => thread.dictionary.entity(id) ?? []),
        }));
        return { total: rows.length, metrics };
      }),
    pointCounts: ({ request, cancel }) => thread.points(cancel, (_, store) => pointCounts(store, request)),
    metricBuckets: ({ request, cancel }) => thread.points(cancel, (open, store) => metricBuckets(open, store, request)),
    close: () => thread.close(),
  });
}

/** Longer than rows take to count as settled (`RUN_LIMITS`), so that what came last is prepared for as well. */
const IDLE_MS = 1_100;

/** How often memory is brought up to the case between questions. */
const FOLLOW_MS = 150;
/** Following ends when nothing new came for so long, or nobody asked. */
const STILL_MS = 5_000;
const UNASKED_MS = 60_000;

class ViewThread {
  readonly traceLists = new TraceLists();
  readonly dictionary = new ViewDictionary();
  readonly #caseFile: string;
  readonly #places = new RecentAnswers<LogPlaces>(4);
  readonly #filters = new LogFilters();
  #database: CaseDatabase | undefined;
  #spans: SpanStore | undefined;
  #logs: LogStore | undefined;
  #points: PointStore | undefined;

  #idle: NodeJS.Timeout | undefined;
  #following: NodeJS.Timeout | undefined;
  #askedAt = 0;
  #newAt = -Infinity;

  constructor(caseFile: string) {
    this.#caseFile = caseFile;
  }

  /** Once nobody has asked for a while, what the next questions will want is made ready, a little at a time. */
  #prepareInIdle(waitMs = IDLE_MS): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      const hasMade = (this.#spans?.prepare() ?? false) || (this.#logs?.prepare() ?? false);
      if (hasMade) this.#prepareInIdle(0);
    }, waitMs);
    this.#idle.unref();
  }

  /**
   * While rows come in and somebody looks on, memory follows the case on its own: else the first question after a pause
   * would wait for all that came meanwhile.
   */
  #follow(): void {
    const now = performance.now();
    if (now - this.#newAt > STILL_MS || now - this.#askedAt > UNASKED_MS) return;
    this.#following ??= setTimeout(() => {
      this.#following = undefined;
      try {
        this.#read((open) => {
          for (const store of [this.#spans, this.#logs, this.#points]) if (store) this.#refresh(open, store);
        });
      } catch {
        // Whoever asks next is told.
        return;
      }
      this.#follow();
      if (!this.#following) this.#prepareInIdle();
    }, FOLLOW_MS).unref();
  }

  #refresh(open: CaseDatabase, store: SpanStore | LogStore | PointStore): void {
    if (store.refresh(open)) this.#newAt = performance.now();
  }

  /** One read transaction: memory and rows are of one moment. */
  read<T>(work: (open: CaseDatabase) => T): T {
    this.#askedAt = performance.now();
    this.#prepareInIdle();
    const answer = this.#read(work);
    this.#follow();
    return answer;
  }

  #read<T>(work: (open: CaseDatabase) => T): T {
    try {
      const open = (this.#database ??= openCaseForReading(this.#caseFile));
      return open.transaction(() => work(open))();
    } catch (error) {
      throw storageError(error, this.#caseFile);
    }
  }

  spans<T>(cancel: CancelFlag, work: (open: CaseDatabase, store: SpanStore) => T): T {
    cancelCheck(cancel)();
    return this.read((open) => {
      const store = (this.#spans ??= new SpanStore());
      this.#refresh(open, store);
      return work(open, store);
    });
  }

  points<T>(cancel: CancelFlag, work: (open: CaseDatabase, store: PointStore) => T): T {
    cancelCheck(cancel)();
    return this.read((open) => {
      const store = (this.#points ??= new PointStore());
      this.#refresh(open, store);
      return work(open, store);
    });
  }

  /** Preparing a filter may scan: it gives way to other questions, and to the wish to stop. */
  async logs<T>(
    cancel: CancelFlag,
    filter: LogFilter,
    work: (open: CaseDatabase, store: LogStore, filter: ReadyFilter) => T,
  ): Promise<T> {
    const throwIfCancelled = cancelCheck(cancel);
    throwIfCancelled();
    const pause: Pause = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      throwIfCancelled();
    };
    const store = (this.#logs ??= new LogStore());
    const open = this.read((database) => {
      this.#refresh(database, store);
      return database;
    });
    try {
      let ready: ReadyFilter;
      let generation: number;
      do {
        ({ generation } = store);
        ready = await this.#filters.ready(open, store, filter, pause);
        // Rows were taken out meanwhile: their numbers may be others' now.
      } while (generation !== store.generation);
      return this.read((database) => work(database, store, ready));
    } catch (error) {
      throw storageError(error, this.#caseFile);
    }
  }

  places(store: LogStore, filter: ReadyFilter, request: WindowRequest & { readonly filter: LogFilter }): LogPlaces {
    const { from, to } = request;
    const { version } = store;
    // While the filter was made ready another question read on: good for one answer, but not to be kept.
    if (filter.version !== version) return logPlaces(store, filter, request);
    return this.#places.get(`${version} ${bigintFree({ from, to, filter: request.filter })}`, () =>
      logPlaces(store, filter, request),
    );
  }

  close(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#following);
    this.#newAt = -Infinity;
    this.#database?.close();
    this.#database = undefined;
    this.#spans = undefined;
    this.#logs = undefined;
    this.#points = undefined;
  }
}
