/**
 * The receiving end of an import, on the writer thread: takes batches from the parse workers in file order, whatever
 * order they arrive in, stores each in a transaction and gives its credit back. What arrives for a later file waits in
 * its worker's bounded queue. Files and rows are reported once they are committed, never before.
 */
import type { MessagePort } from 'node:worker_threads';
import type { ImportFileReport } from '../../model/import-report.ts';
import { EngineError } from '../engine-error.ts';
import type { QueueDepth } from '../engine-interface.ts';
import type { CaseWriter } from '../storage/case-writer.ts';
import { asideStep, isCancelled } from './cancel-flag.ts';
import type { CreditMessage, ImportOrder, ParsedMessage, StageProgress } from './contract.ts';
import { QUEUE_BOUND } from './credit-gate.ts';

/** How long small files share a transaction: one each costs more than reading them. */
export const GROUP_MS = 100;
/** How often a cancel is looked for when no message comes, because a parser is busy or gone. */
const CANCEL_POLL_MS = 50;

interface Lane {
  readonly port: MessagePort;
  readonly waiting: ParsedMessage[];
  maxDepth: number;
  bytesRead: number;
  hasEnded: boolean;
}

export class ImportSession {
  readonly #writer: CaseWriter;
  readonly #order: ImportOrder;
  readonly #lanes: readonly Lane[];
  readonly #report: (progress: StageProgress) => void;
  readonly #reports: ImportFileReport[] = [];
  /** Of files that have ended but whose transaction has not. */
  #uncommitted: ImportFileReport[] = [];
  readonly #stepAside: () => void;
  readonly #rowsBefore: number;
  #rows = 0;
  #commitTimer: NodeJS.Timeout | undefined;
  #drain: NodeJS.Immediate | undefined;
  #cancelPoll: NodeJS.Timeout | undefined;
  #fileNumber = 0;
  #path = '';
  #settle: { resolve(reports: readonly ImportFileReport[]): void; reject(error: unknown): void } | undefined;

  constructor(writer: CaseWriter, order: ImportOrder, report: (progress: StageProgress) => void) {
    this.#writer = writer;
    this.#order = order;
    this.#report = report;
    this.#stepAside = asideStep(order.cancel);
    this.#rowsBefore = writer.recordsKept;
    this.#lanes = order.ports.map((port) => ({ port, waiting: [], maxDepth: 0, bytesRead: 0, hasEnded: false }));
  }

  /** Resolves with the report of every file when all lanes have ended; rejects on the first failure. */
  run(): Promise<readonly ImportFileReport[]> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#cancelPoll = setInterval(() => this.#stopIfCancelled(), CANCEL_POLL_MS);
      this.#lanes.forEach((lane) => {
        lane.port.on('message', (message: ParsedMessage) => this.#receive(lane, message));
        lane.port.on('close', () => this.#laneClosed(lane));
      });
    });
  }

  /** Records kept and committed. */
  get rows(): number {
    return this.#rows;
  }

  queues(): readonly QueueDepth[] {
    return this.#lanes.map((lane, index) => ({
      name: `parse ${index} → writer`,
      bound: QUEUE_BOUND,
      depth: lane.waiting.length,
      maxDepth: lane.maxDepth,
    }));
  }

  /** Ends the session from outside: a parse worker crashed, or the writer closes. */
  stop(error: Error): void {
    this.#saveGroup();
    this.#fail(error);
  }

  /** Commits the group under way, so that something else can have a transaction of its own. Called between messages. */
  commitGroup(): void {
    if (!this.#settle || this.#writer.isCommitted) return;
    try {
      this.#writer.commit();
      this.#settleGroup();
    } catch (error) {
      this.#fail(error);
    }
  }

  #stopIfCancelled(): boolean {
    if (!isCancelled(this.#order.cancel)) return false;
    this.stop(new EngineError('cancelled', 'The import was cancelled.'));
    return true;
  }

  #receive(lane: Lane, message: ParsedMessage): void {
    if (!this.#settle) return;
    lane.waiting.push(message);
    lane.maxDepth = Math.max(lane.maxDepth, lane.waiting.length);
    this.#drainSoon();
  }

  /** Works off what can be done in file order, a message at a time: a note that a person saves comes in between. */
  #drainSoon(): void {
    this.#drain ??= setImmediate(() => {
      this.#drain = undefined;
      try {
        if (this.#drainOne()) this.#drainSoon();
      } catch (error) {
        this.#fail(error);
      }
    });
  }

  /** Whether there was one. */
  #drainOne(): boolean {
    const lane = this.#lanes[this.#fileNumber % this.#lanes.length];
    const message = lane?.waiting[0];
    if (!this.#settle || !lane || !message) return false;
    this.#stepAside();
    if (this.#stopIfCancelled()) return false;
    lane.waiting.shift();
    this.#apply(lane, message);
    lane.port.postMessage({ type: 'credit', count: 1 } satisfies CreditMessage);
    return true;
  }

  #apply(lane: Lane, message: ParsedMessage): void {
    switch (message.type) {
      case 'fileStart':
        this.#path = message.start.path;
        this.#writer.beginFile(message.start, this.#order.jobId);
        return;
      case 'batch':
        this.#writer.writeBatch(message.batch);
        lane.bytesRead = message.bytesRead;
        this.#settleGroup();
        return;
      case 'fileEnd':
        this.#uncommitted.push(this.#writer.endFile(message.end));
        lane.bytesRead = message.bytesRead;
        this.#fileNumber++;
        this.#settleGroup();
        return;
      case 'end':
        // Files are dealt out in turn, so after the first lane that has nothing left the others have nothing either.
        lane.hasEnded = true;
        this.#fileNumber++;
        if (this.#lanes.every(({ hasEnded }) => hasEnded)) this.#finish();
        return;
    }
  }

  /** Reports what is committed; what is not yet will be soon, even when no further message comes. */
  #settleGroup(): void {
    if (!this.#writer.isCommitted) {
      this.#commitTimer ??= setTimeout(() => this.#commitLate(), GROUP_MS);
      return;
    }
    this.#reports.push(...this.#uncommitted);
    this.#uncommitted = [];
    this.#rows = this.#writer.recordsKept - this.#rowsBefore;
    this.#tell();
  }

  #commitLate(): void {
    this.#commitTimer = undefined;
    if (!this.#settle) return;
    try {
      this.#writer.commit();
      this.#settleGroup();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Keeps what was written before a deliberate stop. Called between messages; a full disk then is no news. */
  #saveGroup(): void {
    if (!this.#settle) return;
    try {
      this.#writer.commit();
    } catch {
      // The stop goes on; the group is rolled back, and nothing of it was reported.
    }
  }

  #tell(): void {
    const bytesRead = this.#lanes.reduce((total, lane) => total + lane.bytesRead, 0);
    const total = this.#order.bytesTotal;
    this.#report({
      stage: 'reading',
      path: this.#path,
      // Inside archives more bytes come out than the disk holds: the share then waits below one.
      share: total > 0 ? Math.min(0.99, bytesRead / total) : 0,
      bytesRead,
      filesDone: this.#reports.length,
      rows: this.rows,
    });
  }

  #laneClosed(lane: Lane): void {
    // A worker that is done closes its end while its last messages still wait here for their turn.
    const isDone = lane.hasEnded || lane.waiting.at(-1)?.type === 'end';
    if (!isDone) this.stop(new EngineError('unavailable', 'A parse worker ended before its files did.'));
  }

  #finish(): void {
    this.#writer.commit();
    this.#settleGroup();
    this.#stopTimers();
    const settle = this.#settle;
    this.#settle = undefined;
    this.#closeLanes();
    settle?.resolve(this.#reports);
  }

  #fail(error: unknown): void {
    const settle = this.#settle;
    if (!settle) return;
    this.#settle = undefined;
    this.#stopTimers();
    this.#writer.abandonFile();
    this.#closeLanes();
    settle.reject(error);
  }

  #stopTimers(): void {
    clearTimeout(this.#commitTimer);
    clearInterval(this.#cancelPoll);
  }

  #closeLanes(): void {
    for (const { port } of this.#lanes) {
      port.postMessage({ type: 'stop' } satisfies CreditMessage);
      port.close();
    }
  }
}
