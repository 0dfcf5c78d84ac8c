/** `faultline analyze`: analyses a case that is there already. */
import { basename } from 'node:path';
import type { CliIo } from './cli-io.ts';
import { UsageError } from './command.ts';
import type { Command } from './command.ts';
import { withEngine } from './engine-client.ts';
import { existingCase } from './open-case.ts';
import { readArguments } from './read-arguments.ts';
import { reportFileOf } from './report-file.ts';
import { runAnalysis } from './run-analysis.ts';

export const analyzeCommand: Command = {
  name: 'analyze',
  usage: '--case FILE [--from T --to T] [--at T] [--json] [--report FILE.html|.md|.pdf|.json]',
  summary: 'analyses a case',
  options: [
    ['--case FILE', 'the case file'],
    ['--from T, --to T', 'look at this stretch only'],
    ['--at T', 'when people noticed; alerts stand in for it'],
    ['--json', 'the answer as JSON'],
    ['--report FILE', 'write a report as well: .html, .md or .json (.pdf is not written yet)'],
  ],
  run: runAnalyzeCommand,
};

async function runAnalyzeCommand(args: readonly string[], io: CliIo): Promise<number> {
  const options = readArguments(args, {
    case: { type: 'string' },
    at: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    json: { type: 'boolean' },
    report: { type: 'string' },
  });
  const [stray] = options.positionals;
  if (stray !== undefined) throw new UsageError(`${stray} is too much: analyze takes no paths.`);
  const times = { at: options.time('at'), from: options.time('from'), to: options.time('to') };
  const report = await reportFileOf(options.text('report'));
  const caseFile = await existingCase(options.text('case'));
  const title = basename(caseFile);
  return withEngine(io, async (engine) => {
    await engine['case.open']({ caseFile });
    return runAnalysis(engine, io, { caseFile, ...times, isJson: options.isSet('json'), report, title });
  });
}
