/**
 * How a reader gets a process of its own. Plain Node forks one; a desktop host that may not start itself as Node passes
 * its own way to `createEngine`.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { MessageTarget } from './call-channel.ts';
import type { WorkerRole } from './contract.ts';
import { PROCESS_ROLE_VARIABLE } from './process-role.ts';

/** A process that runs `runReaderWorker`. Messages keep big integers and bytes as they are. */
export interface ReaderProcess extends MessageTarget {
  /** Called once, with an error when it did not start or broke. */
  onExit(listener: (error?: unknown) => void): void;
  /** Ends it at once, whatever native code it is in. */
  kill(): void;
}
/** Starts a reader of a case file without waiting for it; messages sent before it listens are kept. */
export type StartReaderProcess = (caseFile: string) => ReaderProcess;

export const forkReaderProcess: StartReaderProcess = (caseFile) => {
  const role: WorkerRole = { role: 'reader', caseFile };
  const entry = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  const child = fork(fileURLToPath(new URL(entry, import.meta.url)), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, [PROCESS_ROLE_VARIABLE]: JSON.stringify(role) },
  });
  return {
    // A child that is gone is seen by its exit; a failed send says nothing more.
    postMessage: (message) => void child.send(message as object, () => undefined),
    on: (event, listener) => child.on(event, listener),
    onExit(listener) {
      child.on('error', listener);
      child.on('exit', () => listener());
    },
    kill: () => void child.kill('SIGKILL'),
  };
};
