/** One file of a bundle, decompressed, as importers see it. */
import { createHash } from 'node:crypto';
import type { UnixNano } from '../../model/time.ts';
import type { ByteReader } from './byte-reader.ts';

export interface IntakeDigest {
  /** Lower-case hex of all decompressed bytes that could be read. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Must be read or finished before the next one is asked for. */
export interface IntakeFile {
  /** As given on the command line; inside archives `bundle.tar.gz!/inner/path`. */
  readonly path: string;
  /** Modification time, undefined when unknown. */
  readonly fileTime: UnixNano | undefined;
  /** Decompressed size; undefined when only reading tells. */
  readonly sizeBytes: number | undefined;
  /** True for an archive or folder itself: it has no content and stands in the list only for its problems. */
  readonly isContainer: boolean;
  /** The first bytes, at least `minBytes` or all there are. Call before `chunks`; the bytes come again there. */
  head(minBytes: number): Promise<{ readonly bytes: Uint8Array; readonly isWhole: boolean }>;
  /** The content, once. Chunks are borrowed until the next one is asked for. Damage ends it early and shows in `problems`. */
  chunks(): AsyncIterable<Uint8Array>;
  /** Reads what nobody read, and says what all of it was. */
  finish(): Promise<IntakeDigest>;
  /** Sentences for the report: truncation, an unsafe name, a limit. Complete after `finish`. */
  readonly problems: readonly string[];
}

export interface ReadableIntakeFileParts {
  readonly path: string;
  readonly fileTime: UnixNano | undefined;
  readonly sizeBytes: number | undefined;
  readonly reader: ByteReader;
  /** Shared with the layers around the content, which add to it while it is read. */
  readonly problems: string[];
}

export class ReadableIntakeFile implements IntakeFile {
  readonly path: string;
  readonly fileTime: UnixNano | undefined;
  readonly sizeBytes: number | undefined;
  readonly isContainer = false;
  readonly #reader: ByteReader;
  readonly #problems: string[];
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #digest: IntakeDigest | undefined;

  constructor(parts: ReadableIntakeFileParts) {
    this.path = parts.path;
    this.fileTime = parts.fileTime;
    this.sizeBytes = parts.sizeBytes;
    this.#reader = parts.reader;
    this.#problems = parts.problems;
  }

  get problems(): readonly string[] {
    return this.#problems;
  }

  async head(minBytes: number): Promise<{ readonly bytes: Uint8Array; readonly isWhole: boolean }> {
    const bytes = await this.#reader.peek(minBytes + 1);
    return bytes.length > minBytes
      ? { bytes: bytes.subarray(0, minBytes), isWhole: false }
      : { bytes, isWhole: this.#reader.failure === undefined };
  }

  async *chunks(): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const chunk = await this.#reader.next();
      if (!chunk) return;
      this.#hash.update(chunk);
      this.#bytes += chunk.length;
      yield chunk;
    }
  }

  async finish(): Promise<IntakeDigest> {
    if (this.#digest) return this.#digest;
    for await (const chunk of this.chunks()) void chunk;
    const { failure } = this.#reader;
    if (failure) this.#problems.push(failure.message);
    const isShort = this.sizeBytes !== undefined && this.#bytes < this.sizeBytes;
    if (isShort && !failure) {
      this.#problems.push(`it is cut short: ${this.#bytes} of ${this.sizeBytes} bytes are there`);
    }
    this.#digest = { sha256: this.#hash.digest('hex'), bytes: this.#bytes };
    return this.#digest;
  }
}

const EMPTY_SHA256 = createHash('sha256').digest('hex');

/** Stands for an archive or folder that has something to tell. */
export function containerNote(path: string, fileTime: UnixNano | undefined, problems: readonly string[]): IntakeFile {
  return {
    path,
    fileTime,
    sizeBytes: 0,
    isContainer: true,
    problems,
    head: async () => ({ bytes: new Uint8Array(0), isWhole: true }),
    chunks: async function* () {},
    finish: async () => ({ sha256: EMPTY_SHA256, bytes: 0 }),
  };
}
