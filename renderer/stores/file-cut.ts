/** Whether rows are missing at the end of a file, by what intake, importers and the engine say of it. Pure. */
import type { ImportFileReport } from '../../shared/model/import-report.ts';

type Warned = Pick<ImportFileReport, 'warnings'>;

const SAYS_CUT = /\bcut short\b|\bstopped early\b|\bends early\b|\bbreaks off\b|\bis damaged\b/i;
const SAYS_UNFINISHED = /\bnot read to its end\b/i;

/** The file itself ends before it should. */
export function isCutShort({ warnings }: Warned): boolean {
  return warnings.some((warning) => SAYS_CUT.test(warning));
}
/** It does, or reading it was cancelled or broken off. */
export function lacksItsEnd(file: Warned): boolean {
  return isCutShort(file) || file.warnings.some((warning) => SAYS_UNFINISHED.test(warning));
}
