/** Utility processes as forks of plain Node. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { decodeMessage, encodeMessage } from '../../../shared/rpc/wire-encoding.ts';
import type { MessagePortMain } from './message-ports.ts';
import { CarriedPorts } from './utility-wire.ts';
import type { UtilityFrame } from './utility-wire.ts';

interface ForkOptions {
  readonly serviceName?: string;
  readonly env?: NodeJS.ProcessEnv;
}

class UtilityProcess extends EventEmitter {
  readonly serviceName: string;
  readonly #child: ChildProcess;
  readonly #ports: CarriedPorts;

  constructor(child: ChildProcess, serviceName: string) {
    super();
    this.serviceName = serviceName;
    this.#child = child;
    this.#ports = new CarriedPorts((frame) => this.#send(frame));
    child.on('message', (raw) => {
      const frame = raw as UtilityFrame;
      if (frame.type === 'message') this.emit('message', decodeMessage(frame.bytes));
      else this.#ports.receive(frame);
    });
    child.once('spawn', () => this.emit('spawn'));
    child.once('exit', (code) => {
      running.delete(this);
      this.#ports.closeAll();
      this.emit('exit', code ?? 1);
    });
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null ? this.#child.pid : undefined;
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const portIds = transfer.map((port) => this.#ports.give(port));
    this.#send({ type: 'message', bytes: encodeMessage(message), portIds });
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }

  #send(frame: UtilityFrame): void {
    // A child that is gone is seen by its exit.
    if (this.#child.connected) this.#child.send(frame, () => undefined);
  }
}

/** For tests: who runs at this moment. */
export const running = new Set<UtilityProcess>();

const PARENT_PORT = new URL('./utility-parent-port.ts', import.meta.url).href;

export const utilityProcess = {
  fork(modulePath: string, parameters: readonly string[] = [], options: ForkOptions = {}): UtilityProcess {
    const child = fork(modulePath, parameters, {
      serialization: 'advanced',
      execArgv: ['--import', PARENT_PORT],
      env: options.env ?? process.env,
    });
    const utility = new UtilityProcess(child, options.serviceName ?? 'Node Utility Process');
    running.add(utility);
    return utility;
  },
};
