/** Every command, in the order of `--help`. */
import { analyzeCommand } from './analyze-command.ts';
import type { Command } from './command.ts';
import { importCommand } from './import-command.ts';
import { investigateCommand } from './investigate-command.ts';
import { queryCommand } from './query-command.ts';
import { serveCommand } from './serve-command.ts';
import { runSimulateCommand } from './simulate-command.ts';
import { unimplementedCommands } from './unimplemented-commands.ts';

const simulateCommand: Command = {
  name: 'simulate',
  usage: '--scenario NAME --out DIR [--seed N] [--services N] [--minutes N] [--rate N]',
  summary: 'writes a simulated incident: DIR/bundle and beside it DIR/truth.json',
  options: [],
  run: (args, io) => {
    let written = Promise.resolve();
    const stdout = (text: string): void => void (written = written.then(() => io.stdout(text)));
    return runSimulateCommand(args, { stdout, stderr: io.stderr, isTerminal: io.isTerminal }).then(async (code) => {
      await written;
      return code;
    });
  },
};

export const commands: readonly Command[] = [
  investigateCommand,
  importCommand,
  analyzeCommand,
  queryCommand,
  serveCommand,
  simulateCommand,
];
export const laterCommands: readonly Command[] = unimplementedCommands;
