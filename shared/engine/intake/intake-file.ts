/** One file of a bundle, decompressed, as importers see it. */
import type { UnixNano } from '../../model/time.ts';
import type { ByteReader } from './byte-reader.ts';

/** Read it, or part of it, or nothing of it, before the next one is asked for. */
export interface IntakeFile {
  /** As given on the command line; inside archives `bundle.tar.gz!/inner/path`. */
  readonly path: string;
  /** Modification time, undefined when unknown. */
  readonly fileTime: UnixNano | undefined;
  /** Decompressed size as stated; undefined when only reading tells. */
  readonly sizeBytes: number | undefined;
  /** An `archive` itself, told after what is in it, and a `skipped` path have no content. */
  readonly kind: 'file' | 'archive' | 'skipped';
  /** Regular files found in an `archive`, not counting what is in archives inside it; 0 for others. */
  readonly memberFiles: number;
  /** The content, once. Chunks are borrowed until the next one is asked for. Damage ends it early and shows in `problems`. */
  chunks(): AsyncIterable<Uint8Array>;
  /** Sentences for the report: truncation, an unsafe name, a limit. Complete once `chunks` has been read to its end. */
  readonly problems: readonly string[];
}

export interface ReadableIntakeFileParts {
  readonly path: string;
  readonly fileTime: UnixNano | undefined;
  readonly sizeBytes: number | undefined;
  readonly reader: ByteReader;
  readonly problems: string[];
}

export function readableIntakeFile(parts: ReadableIntakeFileParts): IntakeFile {
  const { path, fileTime, sizeBytes, reader, problems } = parts;
  return {
    path,
    fileTime,
    sizeBytes,
    kind: 'file',
    memberFiles: 0,
    problems,
    chunks: () => readWhole(reader, sizeBytes, problems),
  };
}

async function* readWhole(
  reader: ByteReader,
  sizeBytes: number | undefined,
  problems: string[],
): AsyncGenerator<Uint8Array, void> {
  yield* reader.chunks();
  const bytes = reader.position;
  if (reader.failure) problems.push(reader.failure.message);
  else if (sizeBytes !== undefined && bytes < sizeBytes) {
    problems.push(`it is cut short: ${bytes} of ${sizeBytes} bytes are there`);
  }
}

/** Stands for an archive, or for a path that is not read. */
export function noteWithoutContent(
  kind: 'archive' | 'skipped',
  path: string,
  fileTime: UnixNano | undefined,
  problems: readonly string[],
  memberFiles = 0,
): IntakeFile {
  return { kind, path, fileTime, sizeBytes: 0, memberFiles, problems, chunks: async function* () {} };
}
