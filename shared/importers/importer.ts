/** The shape every importer has (docs/architecture.md, "Plug-ins"). Importers are pure: bytes in, record batches out. */
import type { RecordBatch } from '../model/record-batch.ts';
import type { UnixNano } from '../model/time.ts';

export interface Recognition {
  /** 0-1; the highest wins. 0 = certainly not. */
  readonly confidence: number;
  /** One sentence that says what was seen. */
  readonly reason: string;
}
/** What recognition may look at. */
export interface FileHead {
  /** The first bytes of the decompressed file (at least 64 KiB, or all of it). */
  readonly bytes: Uint8Array;
  /** `bytes` as text, invalid UTF-8 replaced, without byte order mark. */
  readonly text: string;
  /** Path inside the bundle, `/`-separated. A hint at most; content decides. */
  readonly path: string;
  /** True when `bytes` is the whole file. */
  readonly isWhole: boolean;
}
export interface ImportContext {
  readonly path: string;
  /** Modification time of the file, for records without a time of their own; undefined when unknown. */
  readonly fileTime: UnixNano | undefined;
  /** Warnings about the file as a whole: truncation suspicion, guessed zone, unread parts. Said once per text. */
  warn(text: string): void;
  /** Counts a record that repeats one already seen in this file (an API page repeated, a pod log collected twice). */
  countDuplicates(count: number): void;
  /** Counts records of kinds that are recognised and counted but have no table yet (`rules`, `testResults`, `flows`). */
  countOther(key: 'rules' | 'testResults' | 'flows' | 'lines', count: number): void;
  /** Polled between records by long loops; throws when the import was cancelled. */
  throwIfCancelled(): void;
  /** Import options the user gave, e.g. a CSV mapping. Unknown keys are ignored. */
  readonly options: Readonly<Record<string, string>>;
}
export interface Importer {
  /** Never reused once released. */
  readonly id: string;
  readonly title: string;
  /** Raised when the same bytes would give other records. */
  readonly version: number;
  /** Specifications and public examples this follows. */
  readonly references: readonly string[];
  recognise(head: FileHead): Recognition;
  /**
   * Reads the whole file. Chunks arrive in order and are borrowed until the next one is asked for. Memory is bounded:
   * nothing may grow with the size of the file except small dictionaries. Batches hold at most about 10,000 records.
   */
  parse(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, context: ImportContext): AsyncIterable<RecordBatch>;
}
