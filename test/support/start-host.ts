/** A loopback host as a process of its own, started the way a person starts it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../build/launch/faultline.mjs', import.meta.url));
const START_TIMEOUT_MS = 90_000;

export interface StartedHost {
  readonly process: ChildProcess;
  /** Works once: signs the owner in. */
  readonly link: string;
  /** Read-only links; empty unless started with `--share`. */
  readonly viewerLinks: readonly string[];
  readonly port: number;
  /** What it said on standard error so far. */
  readonly log: () => string;
  /** Settles with its exit code when it has ended and everything it said has arrived. */
  readonly ended: Promise<number | null>;
  /** Ends it politely, unless it has ended already, and answers its exit code. */
  stop(): Promise<number | null>;
}

export interface StartHostOptions {
  /** Home, temporary files and uploads of this host. */
  readonly folder: string;
  readonly caseFile?: string | undefined;
  /** Further arguments of `faultline serve`. */
  readonly args?: readonly string[];
  /** Whether every answer is held against the contract, as no host of people does. Default true. */
  readonly isOutputChecked?: boolean;
}

export async function startHost({
  folder,
  caseFile,
  args = [],
  isOutputChecked = true,
}: StartHostOptions): Promise<StartedHost> {
  const named = caseFile === undefined ? [] : ['--case', caseFile];
  const child = spawn(process.execPath, [entry, 'serve', '--json', '--no-open', ...named, ...args], {
    env: {
      ...process.env,
      TMPDIR: folder,
      FAULTLINE_HOME: folder,
      FAULTLINE_CHECK_OUTPUT: isOutputChecked ? '1' : '',
      TZ: 'UTC',
      LC_ALL: 'C',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  // `close`, not `exit`: everything it said has then arrived.
  const ended = once(child, 'close').then(() => child.exitCode);
  const line = await firstLine(child, () => log);
  const announced = JSON.parse(line) as { link: string; viewerLinks: string[]; port: number };
  return {
    ...announced,
    process: child,
    log: () => log,
    ended,
    stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      return ended;
    },
  };
}

/** The links, or why there are none. */
function firstLine(child: ChildProcess, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (reason: string): void => {
      clearTimeout(timer);
      reject(new Error(`faultline serve ${reason}\n${log()}`));
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail('did not start in time');
    }, START_TIMEOUT_MS);
    child.once('exit', (code) => fail(`ended with ${code}`));
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const end = text.indexOf('\n');
      if (end < 0) return;
      clearTimeout(timer);
      resolve(text.slice(0, end));
    });
  });
}
