/** The case file of a command: the one named, or a fresh one in a folder of its own. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from './command.ts';

export interface CasePlace {
  readonly caseFile: string;
  /** True when nobody named it: it is removed unless the command ends well. */
  readonly isTemporary: boolean;
  remove(): Promise<void>;
}

export async function caseForWriting(named: string | undefined): Promise<CasePlace> {
  if (named !== undefined) {
    const caseFile = resolve(named);
    await checkFolder(caseFile);
    return { caseFile, isTemporary: false, remove: async () => undefined };
  }
  const folder = await mkdtemp(join(tmpdir(), 'faultline-'));
  return {
    caseFile: join(folder, 'case.faultline'),
    isTemporary: true,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A case that must be there already. */
export async function existingCase(named: string | undefined): Promise<string> {
  if (named === undefined) throw new UsageError('Name the case file: --case FILE.');
  const found = await stat(named).catch(() => undefined);
  if (!found)
    throw new UsageError(`There is no case file ${named}. \`faultline import PATH --case ${named}\` makes one.`);
  if (!found.isFile()) throw new UsageError(`${named} is no case file.`);
  return resolve(named);
}

async function checkFolder(caseFile: string): Promise<void> {
  const found = await stat(dirname(caseFile)).catch(() => undefined);
  if (!found?.isDirectory()) throw new UsageError(`There is no folder ${dirname(caseFile)} to put the case file in.`);
}
