/** Where a report goes and in which form, told by the ending of its name. */
import { stat } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { ContractError } from '../contract/contract-error.ts';
import { UsageError } from './command.ts';

export interface ReportFile {
  readonly path: string;
  readonly form: 'html' | 'md' | 'json';
}

/** Checked before anything is read, so that an hour of work does not end at a typing error. */
export async function reportFileOf(named: string | undefined): Promise<ReportFile | undefined> {
  if (named === undefined) return undefined;
  const ending = extname(named).slice(1).toLowerCase();
  if (ending === 'pdf') {
    throw new ContractError(
      'unimplemented',
      'Reports as PDF are not written yet; write FILE.html and print it from a browser.',
    );
  }
  if (ending !== 'html' && ending !== 'md' && ending !== 'json') {
    throw new UsageError(`--report ${named}: the name must end in .html, .md or .json.`);
  }
  const path = resolve(named);
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (!folder?.isDirectory()) throw new UsageError(`There is no folder ${dirname(path)} to put the report in.`);
  return { path, form: ending };
}
