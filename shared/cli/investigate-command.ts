/** `faultline investigate`: imports, analyses, and says what is the matter. */
import { basename } from 'node:path';
import type { ImportReport } from '../model/import-report.ts';
import { plural } from '../report/format.ts';
import type { CliIo } from './cli-io.ts';
import type { Command } from './command.ts';
import { withEngine } from './engine-client.ts';
import type { EngineProcedures } from './engine-client.ts';
import { importOptions, importPaths, runImport } from './import-command.ts';
import { countsText } from './import-text.ts';
import { caseForWriting } from './open-case.ts';
import { readArguments } from './read-arguments.ts';
import { reportFileOf } from './report-file.ts';
import { runAnalysis } from './run-analysis.ts';
import { safeText } from './text-layout.ts';

export const investigateCommand: Command = {
  name: 'investigate',
  usage: 'PATH… [--case FILE] [--at TIME] [--json] [--report FILE.html|.md|.pdf|.json]',
  summary: 'imports, analyses, prints incidents and ranked causes',
  options: [
    ['--case FILE', 'keep the case here; without it a temporary case is made and its place printed'],
    ['--at TIME', 'when people noticed, such as 2026-06-23T09:45:00Z; alerts stand in for it'],
    ['--from TIME, --to TIME', 'look at this stretch only'],
    ['--json', 'the answer as JSON'],
    ['--report FILE', 'write a report as well: .html, .md or .json (.pdf is not written yet)'],
    ['--threads N', 'threads that read and parse; the answer does not depend on it'],
    ['--option KEY=VALUE', 'a hint for importers, such as csv.time=column'],
  ],
  run: runInvestigateCommand,
};

async function runInvestigateCommand(args: readonly string[], io: CliIo): Promise<number> {
  const options = readArguments(args, {
    case: { type: 'string' },
    at: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    json: { type: 'boolean' },
    report: { type: 'string' },
    threads: { type: 'string' },
    option: { type: 'string', multiple: true },
  });
  const paths = importPaths(options.positionals);
  const hints = importOptions(options.texts('option'));
  const parseThreads = options.count('threads');
  const times = { at: options.time('at'), from: options.time('from'), to: options.time('to') };
  const report = await reportFileOf(options.text('report'));
  const place = await caseForWriting(options.text('case'));
  const isJson = options.isSet('json');
  let isDone = false;
  const investigate = async (engine: EngineProcedures): Promise<number> => {
    await engine['case.open']({ caseFile: place.caseFile, parseThreads });
    const imported = await runImport(engine, io, { paths, options: hints });
    if (!isJson) io.stderr(importedLine(imported));
    const title = paths.map((path) => basename(path)).join(', ');
    const code = await runAnalysis(engine, io, { caseFile: place.caseFile, ...times, isJson, report, title });
    isDone = true;
    return code;
  };
  try {
    const code = await withEngine(io, investigate);
    if (place.isTemporary && !isJson) io.stderr(`Case: ${place.caseFile}\n`);
    return code;
  } finally {
    if (!isDone) await place.remove();
  }
}

function importedLine({ files, totals, seconds }: ImportReport): string {
  const unrecognised = files.filter(({ format }) => format === 'unrecognised').length;
  const parts = [`${plural(files.length, 'file')} read in ${seconds.toFixed(1)} s: ${countsText(totals.records)}`];
  if (unrecognised > 0) parts.push(`${plural(unrecognised, 'file')} not recognised`);
  if (totals.rejected > 0) parts.push(`${plural(totals.rejected, 'record')} rejected`);
  return `${safeText(parts.join('; '))}\n\n`;
}
