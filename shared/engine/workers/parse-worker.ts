/**
 * Parse thread: takes files in from disk and archives, recognises them by content, runs their importer and sends batches
 * to the writer, never more than the writer has given credit for. With several parse threads each walks the same list
 * of files and reads every n-th.
 */
import type { FileHead, ImportContext, Importer } from '../../importers/importer.ts';
import { readerWithId, recogniseFile, type Candidate } from '../../importers/recognise.ts';
import { TemplateMiner } from '../../analysis/log-templates/template-miner.ts';
import type { RecordKey } from '../../model/import-report.ts';
import { transferableBuffers } from '../../rpc/transferable-buffers.ts';
import { EngineError } from '../engine-error.ts';
import { openIntake, type IntakeFile } from '../intake/open-intake.ts';
import { headHash, type FileEnd, type FileStart } from '../storage/case-writer.ts';
import { toStorable } from '../storage/storable-batch.ts';
import { serveCalls, type MessageTarget } from './call-channel.ts';
import { cancelCheck } from './cancel-flag.ts';
import type { ParseOrder, ParserProcedures, ParsePass } from './contract.ts';
import { CreditGate } from './credit-gate.ts';
import { HashedChunks } from './hashed-chunks.ts';
import { rankFileReaders } from './rank-file-readers.ts';

export function runParseWorker(target: MessageTarget): void {
  giveFirstBufferAway();
  serveCalls<ParserProcedures, never>(target, { parse: parseFiles, readers: rankFileReaders });
}

/**
 * The first time a thread gives a buffer away, V8 throws out everything it has compiled for typed arrays and compiles it
 * again for buffers that may be gone. With the first batch that would be the whole parser, just after it got fast.
 */
function giveFirstBufferAway(): void {
  structuredClone(null, { transfer: [new ArrayBuffer(1)] });
}

async function parseFiles(order: ParseOrder): Promise<void> {
  const gate = new CreditGate(order.port);
  const run: ParseRun = {
    order,
    gate,
    templates: new TemplateMiner(),
    bytesRead: 0,
    fileNumber: 0,
    throwIfCancelled: cancelCheck(order.cancel),
  };
  const controller = new AbortController();
  try {
    for (const pass of order.passes) await parsePass(pass, run, controller.signal);
    await gate.send({ type: 'end' });
  } finally {
    controller.abort();
    gate.close();
  }
}

/** Files are dealt out over all passes, so that every thread counts alike. */
async function parsePass(pass: ParsePass, run: ParseRun, signal: AbortSignal): Promise<void> {
  const { order } = run;
  const missing = new Set(pass.only?.keys());
  const onBytesRead = (count: number): void => void (run.bytesRead += count);
  for await (const walked of openIntake(pass.paths, order.limits, signal, { onBytesRead })) {
    run.throwIfCancelled();
    const name = pass.only ? pass.only.get(walked.path) : walked.path;
    if (name === undefined) continue;
    missing.delete(walked.path);
    if (run.fileNumber++ % order.count === order.index) await parseFile({ ...walked, path: name }, pass, run);
    if (pass.only && missing.size === 0) return;
  }
  const [first] = missing;
  if (first !== undefined && pass.isRequired)
    throw new EngineError('not_found', `${first} is no longer there. Nothing was changed; pick the file anew.`);
}

interface ParseRun {
  readonly order: ParseOrder;
  readonly gate: CreditGate;
  readonly templates: TemplateMiner;
  readonly throwIfCancelled: () => void;
  /** From disk, so that it can be compared with what the disk holds. */
  bytesRead: number;
  /** Files met so far. */
  fileNumber: number;
}

async function parseFile(file: IntakeFile, pass: ParsePass, run: ParseRun): Promise<void> {
  const notes = new FileNotes();
  if (file.memberFiles > 0) notes.countOther('files', file.memberFiles);
  const source = new HashedChunks(file.chunks(), run.throwIfCancelled);
  let failure: string | undefined;
  try {
    const head = await source.readHead();
    const start = fileStart(file, head, source.isWhole, pass, run.order);
    await run.gate.send({ type: 'fileStart', start });
    const importer = readerWithId(start.format);
    if (importer) await sendBatches(importer, source, file, run, notes);
    await source.drain();
  } catch (error) {
    failure = readFailure(error, file.path);
  }
  const end = notes.fileEnd(failure === undefined ? source.digest() : '', source.sizeBytes, failure, file.problems);
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

/** Cancelling ends the run, and so does a file that is not the one meant; anything else ends this file only. */
function readFailure(error: unknown, path: string): string {
  if (error instanceof EngineError && (error.code === 'cancelled' || error.code === 'failed_precondition')) throw error;
  const message = error instanceof Error ? error.message : String(error);
  return `Reading of ${path} stopped early: ${message} What was read before is kept.`;
}

function fileStart(
  file: IntakeFile,
  bytes: Uint8Array,
  isWhole: boolean,
  { choice, headSha256 }: ParsePass,
  { remembered }: ParseOrder,
): FileStart {
  const sizeBytes = isWhole ? bytes.length : file.sizeBytes;
  const { path, fileTime } = file;
  const start = { path, fileTime, headSha256: headHash(bytes), sizeBytes, isHeadWhole: isWhole };
  if (file.kind !== 'file') {
    const reason = file.kind === 'archive' ? 'Opened; what is in it is listed.' : 'Not read; the warning says why.';
    // Version 0 is never taken for a copy: lines without content all have the same hash.
    return { ...start, format: file.kind, formatVersion: 0, confidence: 1, reason };
  }
  if (headSha256 !== undefined && headSha256 !== start.headSha256) {
    const message = `${file.path} is not the file that was read: it begins with other bytes. Nothing was changed; import it as a new file, or pick the one that was read.`;
    throw new EngineError('failed_precondition', message);
  }
  const head: FileHead = { bytes, text: new TextDecoder().decode(bytes), path: file.path, isWhole };
  // Nothing can be read out of no bytes.
  const format = bytes.length === 0 ? undefined : choice ? choice.format : remembered[start.headSha256];
  const chosen = format == null ? undefined : chosenReader(format, head);
  const recognised = chosen ?? recogniseFile(head);
  const common = { ...start, ...(choice && { choice }), ...(chosen && { isReaderChosen: true as const }) };
  if (recognised) {
    const { importer, confidence, reason } = recognised;
    return { ...common, format: importer.id, formatVersion: importer.version, confidence, reason };
  }
  const reason = bytes.length === 0 ? 'The file is empty.' : 'No importer knows this content.';
  return { ...common, format: 'unrecognised', formatVersion: 0, confidence: 0, reason };
}

function chosenReader(format: string, head: FileHead): Candidate | undefined {
  const importer = readerWithId(format);
  if (!importer) return undefined;
  const { confidence, reason } = importer.recognise(head);
  return { importer, confidence, reason: `A person chose ${importer.title}. Of these bytes it says: ${reason}` };
}
