/**
 * What the handlers of one host share: the open case, if any, the jobs started here with their results, and a revision
 * that rises with every command. One session holds one engine, however many ports are served from it.
 */
import { ContractError } from '../../contract/contract-error.ts';
import type { JobId } from '../../model/ids.ts';
import type { ImportReport } from '../../model/import-report.ts';
import type { Engine, EngineOptions, StartedJob, StoredAnalysis } from '../engine-interface.ts';

export type EngineFactory = (options: EngineOptions) => Promise<Engine>;

export class EngineSession {
  readonly #createEngine: EngineFactory;
  readonly #imports = new Map<JobId, Promise<ImportReport>>();
  readonly #analyses = new Map<JobId, Promise<StoredAnalysis>>();
  #engine: Engine | undefined;
  #isOpening = false;
  #revision = 0;

  constructor(createEngine: EngineFactory) {
    this.#createEngine = createEngine;
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
    return this.#revision;
  }

  nextRevision(): number {
    return ++this.#revision;
  }

  async open(options: EngineOptions): Promise<Engine> {
    if (this.#engine || this.#isOpening) {
      throw new ContractError('failed_precondition', 'A case is already open. Close it first (case.close).');
    }
    this.#isOpening = true;
    try {
      this.#engine = await this.#createEngine(options);
      return this.#engine;
    } finally {
      this.#isOpening = false;
    }
  }

  /** Does nothing when no case is open. */
  async close(): Promise<void> {
    const engine = this.#engine;
    this.#engine = undefined;
    this.#imports.clear();
    this.#analyses.clear();
    await engine?.close();
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

function remember<T>(jobs: Map<JobId, Promise<T>>, { id, result }: StartedJob<T>): JobId {
  // Whoever asks for the result learns of a failure; nobody has to ask.
  result.catch(() => undefined);
  jobs.set(id, result);
  return id;
}

function notStartedHere(kind: string, id: JobId): ContractError {
  return new ContractError('not_found', `No ${kind} with the id ${id} was started in this session.`);
}
