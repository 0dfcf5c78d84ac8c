/**
 * A reader in a process of its own, for statements that people write: SQLite's native code cannot be interrupted from
 * outside, a thread that is in it cannot be ended, and a program that holds such a thread cannot exit. A process can be
 * killed at any time. Speaks the same calls as a thread.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../engine-error.ts';
import { createCallClient, type CallClient, type Procedures } from './call-channel.ts';
import type { WorkerRole } from './contract.ts';
import { PROCESS_ROLE_VARIABLE } from './process-role.ts';

export class WorkerProcess<P extends Procedures, Event> {
  readonly client: CallClient<P, Event>;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  #hasEnded = false;

  constructor(role: Extract<WorkerRole, { role: 'reader' }>) {
    const entry = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
    const child = fork(fileURLToPath(new URL(entry, import.meta.url)), [], {
      // Keeps big integers and bytes as they are.
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // Inside Electron the same executable is to behave as Node.
      env: { ...process.env, [PROCESS_ROLE_VARIABLE]: JSON.stringify(role), ELECTRON_RUN_AS_NODE: '1' },
    });
    this.#child = child;
    this.client = createCallClient<P, Event>({
      // A child that is gone is seen by its exit; a failed send says nothing more.
      postMessage: (message) => void child.send(message as object, () => undefined),
      on: (event, listener) => child.on(event, listener),
    });
    this.#exited = new Promise((resolve) => {
      const end = (error?: unknown): void => {
        this.#hasEnded = true;
        const why = error instanceof Error ? `: ${error.message}` : '.';
        this.client.fail(
          new EngineError('unavailable', `The ${role.role} process ended unexpectedly${why}`, { cause: error }),
        );
        resolve();
      };
      child.on('error', end);
      child.on('exit', () => end());
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Ends the process at once; what it was asked for fails. Waits until it is gone. */
  async terminate(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Fails what is under way with `error` and ends the process without waiting. */
  abandon(error: Error): void {
    this.#hasEnded = true;
    this.client.fail(error);
    this.#child.kill('SIGKILL');
  }
}
