/**
 * Parse thread: takes files in from disk and archives, recognises them by content, runs their importer and sends batches
 * to the writer, never more than the writer has given credit for. With several parse threads each walks the same list
 * of files and reads every n-th.
 */
import { createHash, type Hash } from 'node:crypto';
import type { ImportContext, Importer } from '../../importers/importer.ts';
import { recogniseFile, type RecognisedFile } from '../../importers/recognise.ts';
import { TemplateMiner } from '../../analysis/log-templates/template-miner.ts';
import type { RecordKey } from '../../model/import-report.ts';
import { transferableBuffers } from '../../rpc/transferable-buffers.ts';
import { EngineError } from '../engine-error.ts';
import { openIntake, type IntakeFile } from '../intake/open-intake.ts';
import { headHash, type FileEnd, type FileStart } from '../storage/case-writer.ts';
import { toStorable } from '../storage/storable-batch.ts';
import { serveCalls, type MessageTarget } from './call-channel.ts';
import { cancelCheck } from './cancel-flag.ts';
import type { ParseOrder, ParserProcedures } from './contract.ts';
import { CreditGate } from './credit-gate.ts';

const HEAD_BYTES = 64 * 1024;

export function runParseWorker(target: MessageTarget): void {
  serveCalls<ParserProcedures, never>(target, { parse: parseFiles });
}

async function parseFiles(order: ParseOrder): Promise<void> {
  const gate = new CreditGate(order.port);
  const run: ParseRun = {
    order,
    gate,
    templates: new TemplateMiner(),
    bytesRead: 0,
    throwIfCancelled: cancelCheck(order.cancel),
  };
  const controller = new AbortController();
  try {
    let fileNumber = 0;
    const onBytesRead = (count: number): void => void (run.bytesRead += count);
    for await (const file of openIntake(order.paths, order.limits, controller.signal, { onBytesRead })) {
      run.throwIfCancelled();
      if (fileNumber++ % order.count === order.index) await parseFile(file, run);
    }
    await gate.send({ type: 'end' });
  } finally {
    controller.abort();
    gate.close();
  }
}

interface ParseRun {
  readonly order: ParseOrder;
  readonly gate: CreditGate;
  readonly templates: TemplateMiner;
  readonly throwIfCancelled: () => void;
  /** From disk, so that it can be compared with what the disk holds. */
  bytesRead: number;
}

async function parseFile(file: IntakeFile, run: ParseRun): Promise<void> {
  const notes = new FileNotes();
  if (file.memberFiles > 0) notes.countOther('files', file.memberFiles);
  const hash = createHash('sha256');
  const source = new HashedChunks(file.chunks(), hash, run);
  let failure: string | undefined;
  try {
    const head = await source.readHead(HEAD_BYTES);
    const text = new TextDecoder().decode(head);
    const recognised = recogniseFile({ bytes: head, text, path: file.path, isWhole: source.isWhole });
    await run.gate.send({ type: 'fileStart', start: fileStart(file, head, recognised) });
    if (recognised) await sendBatches(recognised.importer, source, file, run, notes);
    await source.drain();
  } catch (error) {
    failure = readFailure(error, file.path);
  }
  const end = notes.fileEnd(failure === undefined ? hash.digest('hex') : '', source.sizeBytes, failure, file.problems);
  await run.gate.send({ type: 'fileEnd', end, bytesRead: run.bytesRead });
}

async function sendBatches(
  importer: Importer,
  source: HashedChunks,
  file: IntakeFile,
  run: ParseRun,
  notes: FileNotes,
): Promise<void> {
  const context: ImportContext = {
    path: file.path,
    fileTime: file.fileTime,
    warn: (text) => notes.warn(text),
    countDuplicates: (count) => notes.countDuplicates(count),
    countOther: (key, count) => notes.countOther(key, count),
    throwIfCancelled: run.throwIfCancelled,
    options: run.order.options,
  };
  for await (const batch of importer.parse(source.chunks(), context)) {
    run.throwIfCancelled();
    const storable = toStorable(batch, run.templates);
    await run.gate.send({ type: 'batch', batch: storable, bytesRead: run.bytesRead }, transferableBuffers(storable));
  }
}

/** Bytes of a file: the head first, kept, then the rest; everything passes the hash once. */
class HashedChunks {
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #hash: Hash;
  readonly #run: ParseRun;
  #head: Uint8Array = new Uint8Array(0);
  #isHeadTaken = false;
  isWhole = false;
  sizeBytes = 0;

  constructor(chunks: AsyncIterable<Uint8Array>, hash: Hash, run: ParseRun) {
    this.#iterator = chunks[Symbol.asyncIterator]();
    this.#hash = hash;
    this.#run = run;
  }

  async readHead(minBytes: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let length = 0;
    while (length < minBytes) {
      const chunk = await this.#next();
      if (!chunk) {
        this.isWhole = true;
        break;
      }
      // A chunk is borrowed until the next one is asked for.
      parts.push(chunk.slice());
      length += chunk.length;
    }
    this.#head = Buffer.concat(parts);
    return this.#head;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    if (!this.#isHeadTaken) {
      this.#isHeadTaken = true;
      if (this.#head.length > 0) yield this.#head;
    }
    for (let chunk = await this.#next(); chunk; chunk = await this.#next()) yield chunk;
  }

  /** Reads what an importer left, so that size and hash are those of the whole file. */
  async drain(): Promise<void> {
    while (await this.#next()) this.#run.throwIfCancelled();
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (this.isWhole) return undefined;
    const { value, done } = await this.#iterator.next();
    if (done === true) {
      this.isWhole = true;
      return undefined;
    }
    this.#hash.update(value);
    this.sizeBytes += value.length;
    return value;
  }
}

/** What an importer says about a file beside its batches. */
class FileNotes {
  readonly #warnings = new Set<string>();
  readonly #others: Partial<Record<RecordKey, number>> = {};
  #duplicates = 0;

  warn(text: string): void {
    this.#warnings.add(text);
  }
  countDuplicates(count: number): void {
    this.#duplicates += count;
  }
  countOther(key: RecordKey, count: number): void {
    this.#others[key] = (this.#others[key] ?? 0) + count;
  }
  fileEnd(sha256: string, sizeBytes: number, failure: string | undefined, problems: readonly string[]): FileEnd {
    const warnings = [...problems, ...this.#warnings];
    return { sha256, sizeBytes, duplicates: this.#duplicates, others: this.#others, warnings, failure };
  }
}

/** Cancelling ends the run; anything else ends this file only, with a sentence. */
function readFailure(error: unknown, path: string): string {
  if (error instanceof EngineError && error.code === 'cancelled') throw error;
  const message = error instanceof Error ? error.message : String(error);
  return `Reading of ${path} stopped early: ${message} What was read before is kept.`;
}

function fileStart(file: IntakeFile, head: Uint8Array, recognised: RecognisedFile | undefined): FileStart {
  const start = { path: file.path, headSha256: headHash(head) };
  if (recognised) {
    const { importer, confidence, reason } = recognised;
    return { ...start, format: importer.id, formatVersion: importer.version, confidence, reason };
  }
  if (file.kind !== 'file') {
    const reason = file.kind === 'archive' ? 'Opened; what is in it is listed.' : 'Not read; the warning says why.';
    // Version 0 is never taken for a copy: lines without content all have the same hash.
    return { ...start, format: file.kind, formatVersion: 0, confidence: 1, reason };
  }
  const reason = head.length === 0 ? 'The file is empty.' : 'No importer knows this content.';
  return { ...start, format: 'unrecognised', formatVersion: 0, confidence: 0, reason };
}
