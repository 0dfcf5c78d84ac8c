/**
 * What an import walks: the paths as given, or, when one file of the case is to be read another way, that file where it
 * lies now and then the files whose rows it may have held for them.
 */
import { stat } from 'node:fs/promises';
import { readerWithId } from '../../importers/recognise.ts';
import { EngineError } from '../engine-error.ts';
import type { FileReaders, ImportRequest } from '../engine-interface.ts';
import type { ReaderChoices } from '../storage/reader-choices.ts';
import type { FileForReading, ParsePass, ParserProcedures, ReaderProcedures } from '../workers/contract.ts';
import { WorkerThread } from '../workers/worker-thread.ts';

/** The part of the reader pool that this needs. */
interface CaseReader {
  call<Name extends 'fileForReading' | 'readerChoices'>(
    name: Name,
    argument: Parameters<ReaderProcedures[Name]>[0],
  ): Promise<ReturnType<ReaderProcedures[Name]>>;
}
export interface ImportPlan {
  readonly passes: readonly ParsePass[];
  readonly remembered: ReaderChoices;
}

/** Between an archive and the path in it. */
const INSIDE = '!/';

/** Fails with `invalid_argument`, `not_found` or `failed_precondition`, before anything is changed. */
export async function planImport(request: ImportRequest, reader: CaseReader): Promise<ImportPlan> {
  const remembered = await reader.call('readerChoices', null);
  const { paths, readAs } = request;
  if (!readAs) return { passes: [{ paths }], remembered };
  const { format, file: path } = readAs;
  if (format !== null && !readerWithId(format)) throw unknownReader(format);
  if (path === undefined) return { passes: [{ paths, choice: { format, isThisPathOnly: false } }], remembered };
  const [from, ...more] = paths;
  if (from === undefined || more.length > 0)
    throw new EngineError('invalid_argument', 'To read one file another way, name the one path that holds it.');
  const file = await readableFile(path, reader);
  const chosen: ParsePass = {
    paths,
    only: new Map([[walkedPath(path, from), path]]),
    isRequired: true,
    headSha256: file.headSha256,
    choice: { format, isThisPathOnly: true },
  };
  return { passes: [chosen, ...(await repeatsPass(file.repeatingPaths))], remembered };
}

/** Every reader and how sure it is about a file of the case. */
export async function readersOf(path: string, from: string | undefined, reader: CaseReader): Promise<FileReaders> {
  const file = await readableFile(path, reader);
  const place = from ?? topOf(path);
  const parser = new WorkerThread<ParserProcedures, never>({ role: 'parser' });
  try {
    const order = { paths: [place], walkedPath: walkedPath(path, place), headSha256: file.headSha256 };
    const ranked = await parser.client.call('readers', order);
    return { ...ranked, current: file.format, isChosen: file.isReaderChosen };
  } finally {
    await parser.terminate();
  }
}

async function readableFile(path: string, reader: CaseReader): Promise<FileForReading> {
  const file = await reader.call('fileForReading', path);
  if (!file) throw new EngineError('not_found', `The case holds no file ${path}.`);
  if (file.isArchive) throw new EngineError('failed_precondition', `${path} is opened, not read; choose a file in it.`);
  if (file.isCopy) {
    const message = `${path} is a copy of another file of the case; read that one another way.`;
    throw new EngineError('failed_precondition', message);
  }
  return file;
}

/** Those that are still where they were; the others say in their report that they want to be imported again. */
async function repeatsPass(repeating: readonly string[]): Promise<readonly ParsePass[]> {
  const isThere = async (path: string): Promise<boolean> => {
    const found = await stat(topOf(path)).catch(() => undefined);
    return found !== undefined && (found.isFile() || found.isDirectory());
  };
  const there: string[] = [];
  for (const path of repeating) if (await isThere(path)) there.push(path);
  if (there.length === 0) return [];
  return [{ paths: [...new Set(there.map(topOf))], only: new Map(there.map((path) => [path, path])) }];
}

/** The file or archive on the disk that a path of the case lies in. */
function topOf(path: string): string {
  const at = path.indexOf(INSIDE);
  return at < 0 ? path : path.slice(0, at);
}
/** As the file of the case is called when its archive, or itself, lies at `from`. */
function walkedPath(path: string, from: string): string {
  return from + path.slice(topOf(path).length);
}

function unknownReader(format: string): EngineError {
  return new EngineError(
    'invalid_argument',
    `There is no reader called ${format}; \`faultline import --help\` names them all.`,
  );
}
