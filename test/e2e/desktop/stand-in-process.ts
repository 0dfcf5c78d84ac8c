/** The desktop host under the stand-in, as a process of its own, with the way to ask the stand-in what a person would see. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ControlCommands } from '../../support/electron-stand-in/control.ts';

const root = new URL('../../../', import.meta.url);
const entry = fileURLToPath(new URL('dist/desktop/main.js', root));
const register = new URL('test/support/electron-stand-in/register.ts', root).href;
const EXIT_TIMEOUT_MS = 60_000;
const ANSWER_TIMEOUT_MS = 60_000;

export interface StandInOptions {
  /** Home, user folder and temporary files. */
  readonly folder: string;
  /** What the program is started with: case files, links, paths. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>> | undefined;
}
export interface StandInProcess {
  readonly process: ChildProcess;
  /** Asks the stand-in; rejects with its own message, or when the program has ended. */
  ask<Name extends keyof ControlCommands>(
    command: Name,
    ...input: ControlCommands[Name]['input'] extends null ? [] : [ControlCommands[Name]['input']]
  ): Promise<ControlCommands[Name]['output']>;
  /** What it said on standard error. */
  log(): string;
  /** Resolves with the exit code, and kills a program that does not end. */
  ended(): Promise<number | null>;
}

export function startStandIn({ folder, args, env = {} }: StandInOptions): StandInProcess {
  const child = fork(entry, args, {
    execArgv: ['--import', register],
    env: {
      ...process.env,
      TMPDIR: folder,
      FAULTLINE_HOME: folder,
      FAULTLINE_CHECK_OUTPUT: '1',
      TZ: 'UTC',
      LC_ALL: 'C',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (log += text));
  const pending = new Map<number, { resolve(output: unknown): void; reject(error: Error): void }>();
  let nextId = 1;
  child.on('message', (raw) => {
    const { id, output, error } = raw as { readonly id: number; readonly output?: unknown; readonly error?: string };
    const call = pending.get(id);
    pending.delete(id);
    if (error === undefined) call?.resolve(output);
    else call?.reject(new Error(error));
  });
  child.once('exit', (code) => {
    for (const { reject } of pending.values()) reject(new Error(`The program ended with ${code}:\n${log}`));
  });
  return {
    process: child,
    ask: ((command: string, input: unknown = null) => {
      const id = nextId++;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const late = (): void => reject(new Error(`${command} was not answered:\n${log}`));
      const timer = setTimeout(late, ANSWER_TIMEOUT_MS);
      pending.set(id, { resolve, reject });
      child.send({ id, command, input }, (error) => error && reject(error));
      return promise.finally(() => clearTimeout(timer));
    }) as StandInProcess['ask'],
    log: () => log,
    async ended() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const timer = setTimeout(() => child.kill('SIGKILL'), EXIT_TIMEOUT_MS);
      const [code] = (await once(child, 'exit')) as [number | null];
      clearTimeout(timer);
      return code;
    },
  };
}
