/**
 * Readers take small questions in turn. Long scans have a thread of their own, and each statement that people write a
 * process: SQLite cannot be interrupted from outside, so a statement that overruns its time costs its place, and nothing
 * else waits behind it or ends with it.
 */
import { EngineError } from '../engine-error.ts';
import type { QueryChunk, QueryRequest } from '../engine-interface.ts';
import type { ReaderProcedures } from './contract.ts';
import { forkReaderProcess, type StartReaderProcess } from './reader-process.ts';
import { WorkerProcess } from './worker-process.ts';
import { ThreadSlot, WorkerThread } from './worker-thread.ts';

type Reader = Pick<WorkerThread<ReaderProcedures, never>, 'client' | 'hasEnded' | 'terminate' | 'abandon'>;

const DEFAULT_MAX_ROWS = 100_000;
const DEFAULT_TIMEOUT_MS = 30_000;
/** Statements of people at once; a process each while they run, and one usually serves them all in turn. */
const MOST_STATEMENTS = 4;
/** A statement that keeps giving rows notices its deadline itself; this is for one that gives none. */
const OVERRUN_MS = 250;

interface Console {
  readonly slot: ThreadSlot<ReaderProcedures, never, WorkerProcess<ReaderProcedures, never>>;
  isTaken: boolean;
}

export class ReaderPool {
  readonly #slots: readonly ThreadSlot<ReaderProcedures, never>[];
  readonly #scans: ThreadSlot<ReaderProcedures, never>;
  readonly #consoles: readonly Console[];
  #next = 0;

  constructor(caseFile: string, threads: number, startProcess: StartReaderProcess = forkReaderProcess) {
    const start = (): WorkerThread<ReaderProcedures, never> =>
      new WorkerThread<ReaderProcedures, never>({ role: 'reader', caseFile });
    this.#slots = Array.from({ length: Math.max(1, threads) }, () => new ThreadSlot(start));
    this.#scans = new ThreadSlot(start);
    const startConsole = () => new WorkerProcess<ReaderProcedures, never>(startProcess(caseFile));
    this.#consoles = Array.from({ length: MOST_STATEMENTS }, () => ({
      slot: new ThreadSlot(startConsole),
      isTaken: false,
    }));
  }

  async call<Name extends keyof ReaderProcedures & string>(
    name: Name,
    argument: Parameters<ReaderProcedures[Name]>[0],
  ): Promise<ReturnType<ReaderProcedures[Name]>> {
    const slot = this.#slots[this.#next++ % this.#slots.length]!;
    return slot.get().client.call(name, argument) as Promise<ReturnType<ReaderProcedures[Name]>>;
  }

  async *query(request: QueryRequest): AsyncGenerator<QueryChunk, void> {
    if (request.isOwn === true) return yield* this.#queryOn(this.#scans.get(), request);
    const place = this.#consoles.find(({ isTaken }) => !isTaken);
    if (!place) {
      const message = `${MOST_STATEMENTS} statements run already. Wait for one to end, or cancel one.`;
      throw new EngineError('resource_exhausted', message);
    }
    place.isTaken = true;
    try {
      yield* this.#queryOn(place.slot.get(), request);
    } finally {
      place.isTaken = false;
      // One is kept for the next statement; those of a crowd go.
      if (place !== this.#consoles[0])
        place.slot.current?.abandon(new EngineError('cancelled', 'The statement has ended.'));
    }
  }

  async *#queryOn(reader: Reader, request: QueryRequest): AsyncGenerator<QueryChunk, void> {
    const { sql, parameters = [], maxRows = DEFAULT_MAX_ROWS, timeoutMs = DEFAULT_TIMEOUT_MS, signal } = request;
    const deadline = performance.now() + timeoutMs + OVERRUN_MS;
    const id = await reader.client.call('startQuery', { sql, parameters, maxRows, timeoutMs });
    let isOver = false;
    try {
      while (!isOver) {
        const chunk = await guarded(reader, reader.client.call('nextChunk', id), { ...request, deadline, signal });
        isOver = chunk.isLast;
        yield chunk;
      }
    } catch (error) {
      // Of a statement of ours that somebody stopped waiting for, the cursor is still there.
      isOver = !(request.isOwn === true && signal?.aborted === true);
      throw error;
    } finally {
      if (!isOver) await reader.client.call('endQuery', id).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    for (const slot of [...this.#slots, this.#scans, ...this.#consoles.map((console) => console.slot)]) {
      slot.retire();
      const reader: Reader | undefined = slot.current;
      if (!reader) continue;
      // A statement in native code answers nobody; closing does not wait for it.
      const giveUp = (): void => reader.abandon(new EngineError('cancelled', 'The case was closed.'));
      const timer = setTimeout(giveUp, OVERRUN_MS);
      await reader.client.call('close', null).catch(() => undefined);
      clearTimeout(timer);
      if (!reader.hasEnded) await reader.terminate();
    }
  }
}

/**
 * Waits for an answer until the deadline or the signal; then the thread that owes it is given up. Our own statements share
 * their thread and end soon: who stops waiting for one leaves the thread to the others.
 */
async function guarded<T>(
  reader: Reader,
  answer: Promise<T>,
  { deadline, signal, isOwn }: Pick<QueryRequest, 'signal' | 'isOwn'> & { readonly deadline: number },
): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const giveUp = (code: 'cancelled' | 'deadline_exceeded', message: string): void =>
    reader.abandon(new EngineError(code, message));
  const timer = setTimeout(
    () => giveUp('deadline_exceeded', 'The query took too long; narrow it or allow more time.'),
    Math.max(0, deadline - performance.now()),
  );
  const onAbort = (): void =>
    isOwn === true
      ? reject(new EngineError('cancelled', 'The query was cancelled.'))
      : giveUp('cancelled', 'The query was cancelled.');
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([answer, stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    // What is answered after nobody waits any more is no error of anyone.
    answer.catch(() => undefined);
  }
}
