/** The command line: finds the command, runs it, and turns whatever happens into a sentence and an exit code. */
import { ContractError } from '../contract/contract-error.ts';
import type { ErrorCode } from '../contract/contract-error.ts';
import { PRODUCT_VERSION } from '../engine/product-version.ts';
import { EXIT, processIo } from './cli-io.ts';
import type { CliIo } from './cli-io.ts';
import { UsageError } from './command.ts';
import type { Command } from './command.ts';
import { commands, laterCommands } from './commands.ts';
import { commandHelpText, helpText } from './help.ts';
import { safeText } from './text-layout.ts';

/** Resolves to the exit code; never rejects. `argv` begins with the command. */
export async function main(argv: readonly string[], io: CliIo): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined) {
    io.stderr(helpText());
    return EXIT.badInput;
  }
  if (name === '--version' || name === '-V' || name === 'version') {
    await io.stdout(`${PRODUCT_VERSION}\n`);
    return EXIT.done;
  }
  if (name === '--help' || name === '-h' || name === 'help') return help(args[0], io);
  const command = commandNamed(name);
  if (!command) return unknown(name, io);
  if (args.includes('--help') || args.includes('-h')) return help(name, io);
  try {
    return await command.run(args, io);
  } catch (error) {
    return failed(command, error, io);
  }
}

/** The bundled entry: runs `main` on the real process. */
export async function runAsProcess(argv: readonly string[]): Promise<number> {
  return main(argv, processIo());
}

function commandNamed(name: string): Command | undefined {
  return [...commands, ...laterCommands].find((command) => command.name === name);
}

async function help(name: string | undefined, io: CliIo): Promise<number> {
  if (name === undefined || name.startsWith('-')) {
    await io.stdout(helpText());
    return EXIT.done;
  }
  const command = commandNamed(name);
  if (!command) return unknown(name, io);
  await io.stdout(commandHelpText(command));
  return EXIT.done;
}

function unknown(name: string, io: CliIo): number {
  const names = commands.map((command) => command.name).join(', ');
  io.stderr(`faultline: there is no command ${JSON.stringify(name)}. There are ${names}; --help says more.\n`);
  return EXIT.badInput;
}

function failed(command: Command, error: unknown, io: CliIo): number {
  if (error instanceof UsageError) {
    io.stderr(
      `faultline ${command.name}: ${safeText(error.message)}\nUsage: faultline ${command.name} ${command.usage}\n`,
    );
    return EXIT.badInput;
  }
  if (!(error instanceof ContractError)) {
    const text = error instanceof Error ? error.message : String(error);
    io.stderr(`faultline ${command.name}: ${safeText(text)}\n`);
    return EXIT.failed;
  }
  io.stderr(`faultline ${command.name}: ${safeText(error.message)}\n`);
  return exitCodeOf(error.code);
}

function exitCodeOf(code: ErrorCode): number {
  switch (code) {
    case 'cancelled':
      return EXIT.interrupted;
    case 'invalid_argument':
    case 'not_found':
    case 'failed_precondition':
    case 'permission_denied':
    case 'data_loss':
    case 'unimplemented':
      return EXIT.badInput;
    default:
      return EXIT.failed;
  }
}
