/**
 * The engine's process as the main process sees it. It is started once and anew after every crash, with the case that was
 * open; ports of the dead one close, by which pages notice and ask for new ones. Invariant: what is posted reaches a
 * process, the next one when there is none just now.
 */
import { join } from 'node:path';
import { MessageChannelMain, utilityProcess } from 'electron';
import type { MessagePortMain, UtilityProcess } from 'electron';
import type { Scope } from '../../shared/contract/procedure.ts';
import type { EngineStart, FromEngine, OpenedCase, ToEngine } from './engine-messages.ts';
import { RestartPolicy } from './restart-policy.ts';

export interface EngineHostOptions {
  /** Folder of the bundled entries. */
  readonly entryFolder: string;
  /** Opened before any page asks. */
  readonly firstCase: OpenedCase | null;
  onCase(opened: OpenedCase | null): void;
  /** The engine died and is being replaced; the case that is opened again, if any. */
  onCrash(exitCode: number, reopened: OpenedCase | null): void;
  /** A case it was started with could not be opened. */
  onCaseRefused(caseFile: string): void;
}

/** How long the engine may take to close its case before it is ended. */
const SHUTDOWN_MS = 5_000;

export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #policy = new RestartPolicy();
  readonly #readers = new Map<number, UtilityProcess>();
  /** Undefined between a crash and a later start. */
  #child: UtilityProcess | undefined;
  #waiting: { readonly message: ToEngine; readonly port: MessagePortMain | undefined }[] = [];
  #restart: NodeJS.Timeout | undefined;
  #opened: OpenedCase | null;
  #isEnding = false;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#opened = options.firstCase;
    this.#start(options.firstCase);
  }

  /** The case it holds or is about to open. */
  get opened(): OpenedCase | null {
    return this.#opened;
  }

  /** A new port to the engine, to be handed to a page. */
  connect(scope: Scope): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    this.#post({ type: 'connect', scope }, port1);
    return port2;
  }

  /** Closes the case and ends the process; resolves when it is gone, within a few seconds in any case. */
  async shutdown(): Promise<void> {
    if (this.#isEnding) return;
    this.#isEnding = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (!child) return;
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    child.once('exit', () => resolve());
    const timer = setTimeout(() => child.kill(), SHUTDOWN_MS);
    this.#post({ type: 'shutdown' });
    await gone;
    clearTimeout(timer);
  }

  #start(opened: OpenedCase | null): void {
    const start: EngineStart = { opened };
    const child = utilityProcess.fork(join(this.#options.entryFolder, 'engine.js'), [JSON.stringify(start)], {
      serviceName: 'Faultline engine',
    });
    child.on('message', (message: FromEngine) => this.#receive(message));
    child.once('exit', (code) => this.#onExit(code));
    this.#child = child;
    for (const { message, port } of this.#waiting.splice(0)) this.#post(message, port);
  }

  #onExit(code: number): void {
    for (const reader of this.#readers.values()) killNow(reader);
    this.#readers.clear();
    if (this.#isEnding) return;
    // The clock is only compared with itself.
    const { isCaseReopened, delayMs } = this.#policy.afterCrash(performance.now());
    const reopened = isCaseReopened ? this.#opened : null;
    this.#opened = reopened;
    this.#child = undefined;
    if (delayMs === 0) this.#start(reopened);
    else this.#restart = setTimeout(() => this.#start(reopened), delayMs);
    this.#options.onCrash(code, reopened);
  }

  #receive(message: FromEngine): void {
    switch (message.type) {
      case 'caseOpened':
        this.#opened = message.opened;
        this.#options.onCase(message.opened);
        break;
      case 'caseClosed':
        this.#opened = null;
        this.#options.onCase(null);
        break;
      case 'caseRefused':
        this.#opened = null;
        this.#options.onCaseRefused(message.caseFile);
        break;
      case 'startReader':
        this.#startReader(message.readerId, message.caseFile);
        break;
      case 'killReader':
        killNow(this.#readers.get(message.readerId));
        break;
    }
  }

  #startReader(readerId: number, caseFile: string): void {
    const engine = this.#child;
    const reader = utilityProcess.fork(join(this.#options.entryFolder, 'reader.js'), [caseFile], {
      serviceName: 'Faultline SQL console',
    });
    const { port1, port2 } = new MessageChannelMain();
    this.#readers.set(readerId, reader);
    reader.postMessage(null, [port1]);
    this.#post({ type: 'readerStarted', readerId }, port2);
    reader.once('exit', () => {
      this.#readers.delete(readerId);
      if (engine === this.#child) this.#post({ type: 'readerEnded', readerId });
    });
  }

  #post(message: ToEngine, port?: MessagePortMain): void {
    if (this.#child) this.#child.postMessage(message, port ? [port] : []);
    else this.#waiting.push({ message, port });
  }
}

/** `kill()` asks politely (SIGTERM), which native code of SQLite would not hear before its statement ends. */
function killNow(child: UtilityProcess | undefined): void {
  if (child?.pid === undefined) return;
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // It had ended by itself a moment before.
  }
}
