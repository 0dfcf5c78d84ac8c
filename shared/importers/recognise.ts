/** Decides which importer reads a file: every importer is asked, the most confident wins. */
import type { FileHead, Importer } from './importer.ts';
import { importers, readers } from './index.ts';

export interface Candidate {
  readonly importer: Importer;
  /** 0-1 */
  readonly confidence: number;
  readonly reason: string;
}
export interface RecognisedFile extends Candidate {
  /** The others that thought they might, most confident first. */
  readonly runnersUp: readonly Candidate[];
}

/** Below this a guess is worth less than saying that the file is unknown. */
export const MIN_CONFIDENCE = 0.2;

/** Ties go to the importer whose id comes first in the alphabet. Undefined = nobody recognises the file. */
export function recogniseFile(head: FileHead, list: readonly Importer[] = importers): RecognisedFile | undefined {
  const candidates = list
    .map((importer): Candidate => ({ importer, ...importer.recognise(head) }))
    .filter((candidate) => candidate.confidence >= MIN_CONFIDENCE)
    .sort((a, b) => b.confidence - a.confidence || (a.importer.id < b.importer.id ? -1 : 1));
  const [best, ...runnersUp] = candidates;
  return best && { ...best, runnersUp };
}

/** Every reader there is with how sure it is about these bytes, the surest first; ties by id. */
export function rankReaders(head: FileHead): readonly Candidate[] {
  return readers
    .map((importer): Candidate => ({ importer, ...importer.recognise(head) }))
    .sort((a, b) => b.confidence - a.confidence || (a.importer.id < b.importer.id ? -1 : 1));
}

export function readerWithId(id: string): Importer | undefined {
  return readers.find((reader) => reader.id === id);
}
