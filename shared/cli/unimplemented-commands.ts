/** Commands of the product that this version does not have yet: listed, and answered in a sentence. */
import { ContractError } from '../contract/contract-error.ts';
import type { Command } from './command.ts';

function unimplemented(name: string, usage: string, summary: string): Command {
  return {
    name,
    usage,
    summary,
    options: [],
    run: () =>
      Promise.reject(new ContractError('unimplemented', `faultline ${name} is not implemented in this version.`)),
  };
}

export const unimplementedCommands: readonly Command[] = [
  unimplemented('export', '--case FILE --format otlp|jaeger|ndjson|csv|prometheus --out DIR', 'a slice, lossless'),
  unimplemented('mcp', '--case FILE', 'MCP on standard input and output'),
];
