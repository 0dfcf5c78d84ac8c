/**
 * What the handlers of one host share: the open case, if any, the jobs started here with their results, and a revision
 * that rises with every change, the room that follows a presenter. One session holds one engine, however many ports are served from it.
 */
import { ContractError } from '../../contract/contract-error.ts';
import type { JobId } from '../../model/ids.ts';
import type { ImportReport } from '../../model/import-report.ts';
import { CasePseudonyms } from './case-pseudonyms.ts';
import type { KnownPseudonyms } from './case-pseudonyms.ts';
import { ChangeFeed, type CaseArea } from './change-feed.ts';
import { Room } from './room.ts';
import type { Engine, EngineOptions, StartedJob, StoredAnalysis } from '../engine-interface.ts';

export type EngineFactory = (options: EngineOptions) => Promise<Engine>;

export interface SessionOptions {
  /** Where the list of recent cases is kept; undefined = nowhere. */
  readonly recentCasesFile?: string | undefined;
  /** People look at its cases: long work gives way to what they ask. Default false. */
  readonly givesWay?: boolean | undefined;
}

export class EngineSession {
  readonly changes = new ChangeFeed();
  readonly room = new Room();
  readonly #pseudonyms = new CasePseudonyms();
  readonly recentCasesFile: string | undefined;
  readonly #createEngine: EngineFactory;
  readonly #imports = new Map<JobId, Promise<ImportReport>>();
  readonly #analyses = new Map<JobId, Promise<StoredAnalysis>>();
  #engine: Engine | undefined;
  #opening: Promise<Engine> | undefined;
  #analysis: StoredAnalysis | undefined;

  constructor(createEngine: EngineFactory, { recentCasesFile, givesWay }: SessionOptions = {}) {
    this.#createEngine = (options) => createEngine({ ...options, givesWay });
    this.recentCasesFile = recentCasesFile;
  }

  get isOpen(): boolean {
    return this.#engine !== undefined;
  }

  /** The engine of the open case; fails with `failed_precondition` when there is none. */
  get engine(): Engine {
    if (this.#engine) return this.#engine;
    throw new ContractError('failed_precondition', 'No case is open. Open one first (case.open).');
  }

  get revision(): number {
    return this.changes.revision;
  }

  /** Something has changed in these areas; answers the new revision. */
  touch(...areas: readonly CaseArea[]): number {
    return this.changes.touch(...areas);
  }

  /** Pseudonyms for every name the open case holds at this moment; `people` are others a screen knows of. */
  pseudonyms(people?: readonly string[]): Promise<KnownPseudonyms> {
    return this.#pseudonyms.known(this.engine, this.revision, people);
  }

  /** A screen is watching: what it will ask of the views is loaded before it asks. */
  warmViews(): void {
    const engine = this.#engine;
    if (!engine) return;
    const warmed = [
      engine.view('spanLanes', { bucketCount: 1 }).then(() => engine.view('windowTraffic', {})),
      engine.view('logHistogram', { filter: {}, bucketCount: 1 }),
      engine.view('metricBuckets', { seriesIds: [1], bucketCount: 1 }),
    ];
    // Nobody waits for it; a failure shows itself to whoever asks.
    for (const answer of warmed) answer.catch(() => undefined);
  }

  /** The newest stored analysis; undefined when there is none. Kept until there is a newer one: it may be large. */
  async newestAnalysis(): Promise<StoredAnalysis | undefined> {
    const { engine } = this;
    const newest = await engine.newestAnalysis();
    if (newest && isSame(newest, this.#analysis)) return this.#analysis;
    const stored = newest && (await engine.analysis(newest.analysisId));
    if (this.#engine === engine) this.#analysis = stored;
    return stored;
  }

  /** A job may take rows out, and with them the analysis that pointed at them: those who show it are told. */
  watchAnalysisOver(job: Promise<unknown>): void {
    const shownBefore = this.#analysis;
    const compare = async (): Promise<void> => {
      const shown = [shownBefore, this.#analysis].filter((analysis) => analysis !== undefined);
      const newest = await this.engine.newestAnalysis();
      if (shown.some((analysis) => !isSame(newest, analysis))) this.touch('analysis');
    };
    // A case that was closed meanwhile shows no analysis.
    const afterwards = (): void => void compare().catch(() => undefined);
    job.then(afterwards, afterwards);
  }

  async open(options: EngineOptions): Promise<Engine> {
    if (this.#engine || this.#opening) {
      throw new ContractError('failed_precondition', 'A case is already open. Close it first (case.close).');
    }
    this.#opening = this.#createEngine(options);
    try {
      const engine = await this.#opening;
      this.#engine = engine;
      this.#watch(engine);
      if (this.changes.isFollowed) this.warmViews();
      return engine;
    } finally {
      this.#opening = undefined;
    }
  }

  /** Does nothing when no case is open; one that is being opened is closed as soon as it is. */
  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    const engine = this.#engine;
    this.#engine = undefined;
    this.room.caseClosed();
    this.#analysis = undefined;
    this.#imports.clear();
    this.#analyses.clear();
    await engine?.close();
  }

  #watch(engine: Engine): void {
    let rows = 0;
    engine.onProgress(({ kind, status, rows: now }) => {
      const isOver = status !== 'running';
      if (isOver) this.touch('jobs', kind === 'analysis' ? 'analysis' : 'records');
      else if (now !== rows) this.touch('records');
      rows = isOver ? 0 : now;
    });
  }

  rememberImport(started: StartedJob<ImportReport>): JobId {
    return remember(this.#imports, started);
  }

  rememberAnalysis(started: StartedJob<StoredAnalysis>): JobId {
    return remember(this.#analyses, started);
  }

  /** Settles as the job does; fails at once with `not_found` for a job that was not started here. */
  importResult(id: JobId): Promise<ImportReport> {
    return this.#imports.get(id) ?? Promise.reject(notStartedHere('import', id));
  }

  analysisResult(id: JobId): Promise<StoredAnalysis> {
    return this.#analyses.get(id) ?? Promise.reject(notStartedHere('analysis', id));
  }
}

/** By more than the id, which may be given again after an analysis was taken out. */
function isSame(
  newest: Awaited<ReturnType<Engine['newestAnalysis']>>,
  known: StoredAnalysis | undefined,
): known is StoredAnalysis {
  return known !== undefined && known.analysisId === newest?.analysisId && known.createdTime === newest.createdTime;
}

function remember<T>(jobs: Map<JobId, Promise<T>>, { id, result }: StartedJob<T>): JobId {
  // Whoever asks for the result learns of a failure; nobody has to ask.
  result.catch(() => undefined);
  jobs.set(id, result);
  return id;
}

function notStartedHere(kind: string, id: JobId): ContractError {
  return new ContractError('not_found', `No ${kind} with the id ${id} was started in this session.`);
}
