import type { CliIo } from './cli-io.ts';

export interface Command {
  readonly name: string;
  /** Arguments as `--help` prints them. */
  readonly usage: string;
  /** One line. */
  readonly summary: string;
  /** Lines for `faultline help NAME`: each option with its meaning. */
  readonly options: readonly (readonly [string, string])[];
  /** Resolves to the exit code. Throws UsageError for wrong arguments and ContractError for what the engine refuses. */
  run(args: readonly string[], io: CliIo): Promise<number>;
}

/** Wrong arguments: answered by the message, the usage line and exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
