/** `faultline import`: takes files, folders and archives into a case. */
import { readers } from '../importers/index.ts';
import type { ImportReport } from '../model/import-report.ts';
import { EXIT } from './cli-io.ts';
import type { CliIo } from './cli-io.ts';
import { UsageError } from './command.ts';
import type { Command } from './command.ts';
import { withEngine } from './engine-client.ts';
import type { EngineProcedures } from './engine-client.ts';
import { followJob } from './follow-job.ts';
import { importJson } from './import-json.ts';
import { importText } from './import-text.ts';
import { caseForWriting } from './open-case.ts';
import { readArguments } from './read-arguments.ts';

export const importCommand: Command = {
  name: 'import',
  usage: 'PATH… --case FILE [--json] [--threads N] [--option KEY=VALUE]… [--read-as READER]',
  summary: 'imports files, folders and archives into a case',
  options: [
    ['--case FILE', 'the case file; made when it is not there'],
    ['--json', 'the report of every file as JSON'],
    ['--threads N', 'threads that read and parse; the answer does not depend on it'],
    ['--option KEY=VALUE', 'a hint for importers, such as csv.time=column'],
    [
      '--read-as READER',
      `reads every file of PATH so, in the place of what was read of it before, and remembers it: recognised, ${readers.map(({ id }) => id).join(', ')}`,
    ],
  ],
  run: runImportCommand,
};

async function runImportCommand(args: readonly string[], io: CliIo): Promise<number> {
  const options = readArguments(args, {
    case: { type: 'string' },
    json: { type: 'boolean' },
    threads: { type: 'string' },
    option: { type: 'string', multiple: true },
    'read-as': { type: 'string' },
  });
  const named = options.text('case');
  if (named === undefined) throw new UsageError('Name the case file: --case FILE.');
  const paths = importPaths(options.positionals);
  const parseThreads = options.count('threads');
  const { caseFile } = await caseForWriting(named);
  return withEngine(io, async (engine) => {
    await engine['case.open']({ caseFile, parseThreads });
    const report = await runImport(engine, io, {
      paths,
      options: importOptions(options.texts('option')),
      readAs: readAsOption(options.text('read-as')),
    });
    await io.stdout(options.isSet('json') ? importJson(report) : importText(report, io));
    return EXIT.done;
  });
}

export function importPaths(positionals: readonly string[]): string[] {
  if (positionals.length === 0) throw new UsageError('Name at least one file, folder or archive.');
  return [...positionals];
}

function readAsOption(reader: string | undefined): ReadAsOption | undefined {
  if (reader === undefined) return undefined;
  if (reader === 'recognised') return { format: null };
  if (readers.some(({ id }) => id === reader)) return { format: reader };
  throw new UsageError(
    `There is no reader called ${reader}. There are: recognised, ${readers.map(({ id }) => id).join(', ')}.`,
  );
}
interface ReadAsOption {
  readonly format: string | null;
}

/** `KEY=VALUE` texts as a record. */
export function importOptions(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf('=');
      if (equals < 1) throw new UsageError(`--option ${text} is not of the form KEY=VALUE.`);
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

export async function runImport(
  engine: EngineProcedures,
  io: CliIo,
  request: {
    readonly paths: string[];
    readonly options: Record<string, string>;
    readonly readAs?: ReadAsOption | undefined;
  },
): Promise<ImportReport> {
  const { jobId } = await engine['import.start'](request);
  return followJob(engine, io, jobId, () => engine['import.report']({ jobId }));
}
