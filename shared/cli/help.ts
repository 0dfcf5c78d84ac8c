/** `--help`: what there is, what is not there yet, and what the exit codes mean. */
import { PRODUCT_VERSION } from '../engine/product-version.ts';
import type { Command } from './command.ts';
import { commands, laterCommands } from './commands.ts';

const COMMAND_COLUMN = 14;

export function helpText(): string {
  const line = ({ name, summary }: Command): string => `  ${name.padEnd(COMMAND_COLUMN)}${summary}\n`;
  return [
    `Faultline ${PRODUCT_VERSION}: any incident bundle in, ranked causes with evidence out. Works offline.\n\n`,
    'Usage: faultline COMMAND …\n\n',
    ...commands.map(line),
    '\nNot implemented yet:\n',
    ...laterCommands.map(line),
    `  ${'--report .pdf'.padEnd(COMMAND_COLUMN)}reports as PDF\n`,
    '\nfaultline help COMMAND says more. JSON and tables go to standard output, everything else to standard error.\n',
    'Exit codes: 0 done or cause found, 3 abstained or nothing unusual, 2 bad input or not implemented, 1 failed,\n',
    '130 interrupted.\n',
  ].join('');
}

export function commandHelpText(command: Command): string {
  const widest = Math.max(0, ...command.options.map(([option]) => option.length));
  const options = command.options.map(([option, meaning]) => `  ${option.padEnd(widest)}  ${meaning}\n`);
  return [
    `faultline ${command.name} ${command.usage}\n`,
    `${command.summary}\n`,
    ...(options.length > 0 ? ['\n', ...options] : []),
  ].join('');
}
