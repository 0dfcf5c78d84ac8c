/** What commands see of the process: streams, terminal, interruption. Tests hand in their own. */
export interface CliIo {
  /** Resolves when more may be written; writes after the reader has gone are dropped. */
  stdout(text: string): Promise<void>;
  stderr(text: string): void;
  /** True once nobody reads standard output any more (`faultline query … | head`). */
  readonly isOutputClosed: boolean;
  /** Whether standard error is a terminal: progress is shown only there. */
  readonly isTerminal: boolean;
  /** Whether standard output may carry colour: a terminal, and NO_COLOR is not set. */
  readonly isColoured: boolean;
  /** Width for people, 60 to 120. */
  readonly columns: number;
  /** Aborted by Ctrl-C or a polite kill. */
  readonly signal: AbortSignal;
}

const DEFAULT_COLUMNS = 100;

/** The real process. A second Ctrl-C ends it at once. */
export function processIo(): CliIo {
  const abort = new AbortController();
  let isOutputClosed = false;
  const onBroken = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    isOutputClosed = true;
  };
  process.stdout.on('error', onBroken);
  process.stderr.on('error', onBroken);
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (abort.signal.aborted) process.exit(EXIT.interrupted);
      abort.abort(new Error('interrupted'));
    });
  }
  return {
    stdout: (text) =>
      new Promise((resolve) => {
        if (isOutputClosed || text === '') resolve();
        else process.stdout.write(text, () => resolve());
      }),
    stderr: (text) => void process.stderr.write(text),
    get isOutputClosed() {
      return isOutputClosed;
    },
    isTerminal: process.stderr.isTTY,
    isColoured: process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '',
    columns: Math.max(60, Math.min(120, process.stdout.isTTY ? process.stdout.columns : DEFAULT_COLUMNS)),
    signal: abort.signal,
  };
}

/** Exit codes of every command. */
export const EXIT = {
  /** Done; for investigations: a cause was found. */
  done: 0,
  /** A bug or a failure of this machine (disk full, a thread that died). */
  failed: 1,
  /** Bad input or arguments, or something this version does not do yet. */
  badInput: 2,
  /** Investigated, but abstained or nothing unusual. */
  nothingFound: 3,
  /** Ctrl-C: 128 + SIGINT, as shells expect. */
  interrupted: 130,
} as const;
