/** Opens what a file contains, layer by layer, until plain files come out. */
import { unixNanoFromMs } from '../../model/time.ts';
import type { UnixNano } from '../../model/time.ts';
import { ByteReader } from './byte-reader.ts';
import { CONTAINER_HEAD_BYTES, containerOf } from './container-kind.ts';
import type { Compression } from './container-kind.ts';
import { decompress } from './decompress.ts';
import { ContainerNotes } from './container-notes.ts';
import { IntakeProblem } from './intake-budget.ts';
import type { GrowthMeter, IntakeBudget } from './intake-budget.ts';
import { noteWithoutContent, readableIntakeFile } from './intake-file.ts';
import type { IntakeFile } from './intake-file.ts';
import { quotedName, safeEntryPath } from './safe-entry-path.ts';
import { tarEntries } from './tar-entries.ts';
import type { TemporaryFiles } from './temporary-files.ts';
import { isXzDecoderBusy } from './xz.ts';
import { zipEntries } from './zip-entries.ts';

/** Something whose bytes are about to be looked at. */
export interface IntakeItem {
  readonly path: string;
  readonly fileTime: UnixNano | undefined;
  readonly sizeBytes: number | undefined;
  readonly reader: ByteReader;
  /** Where exactly these bytes lie on disk, when they do. */
  readonly diskPath: string | undefined;
  readonly depth: number;
  readonly problems: string[];
}
/** An item whose turn comes after the archive it lies in. */
export type DeferredItem = Omit<IntakeItem, 'reader'> & { readonly diskPath: string };

export interface WalkContext {
  readonly budget: IntakeBudget;
  readonly growth: GrowthMeter;
  readonly signal: AbortSignal;
  readonly temporary: TemporaryFiles;
  readonly deferred: DeferredItem[];
}

export async function* walkContainers(item: IntakeItem, context: WalkContext): AsyncGenerator<IntakeFile, void> {
  try {
    const container = containerOf(await item.reader.peek(CONTAINER_HEAD_BYTES));
    const isTooDeep = item.depth >= context.budget.limits.maxDepth;
    if (container && container.role !== 'unread' && isTooDeep) item.problems.push(context.budget.depthProblem());
    else if (container?.role === 'compression') return yield* walkCompressed(container.kind, item, context);
    else if (container?.kind === 'tar') return yield* walkTar(item, context);
    else if (container?.kind === 'zip') return yield* walkZip(item, context);
    else if (container?.role === 'unread') item.problems.push(container.advice);
    yield* wholeFile(item, context);
  } finally {
    await item.reader.close();
  }
}

async function* wholeFile(item: IntakeItem, context: WalkContext): AsyncGenerator<IntakeFile, void> {
  context.budget.countEntry();
  yield readableIntakeFile(item);
}

async function* walkCompressed(
  kind: Compression,
  item: IntakeItem,
  context: WalkContext,
): AsyncGenerator<IntakeFile, void> {
  const { signal } = context;
  if (kind === 'xz' && isXzDecoderBusy()) {
    const { path, sizeBytes } = await context.temporary.write(item.reader.chunks());
    const { reader: _reader, ...rest } = item;
    context.deferred.push({ ...rest, diskPath: path, sizeBytes });
    return;
  }
  const bytes = metered(decompress(kind, item.reader), context.growth);
  const reader = new ByteReader(bytes, signal);
  yield* walkContainers({ ...item, reader, diskPath: undefined, sizeBytes: undefined, depth: item.depth + 1 }, context);
}

async function* walkTar(item: IntakeItem, context: WalkContext): AsyncGenerator<IntakeFile, void> {
  const notes = new ContainerNotes(item.problems);
  for await (const entry of tarEntries(item.reader, (problem) => notes.add(problem))) {
    if (context.growth.isSpent) break;
    if (!context.budget.hasEntriesLeft) {
      notes.add(context.budget.entriesProblem());
      break;
    }
    if (entry.kind !== 'file') {
      notes.countMember(entry.kind, entry.name);
      continue;
    }
    notes.countFile();
    const reader = new ByteReader(entry.content, context.signal);
    yield* walkMember(item, entry.name, entry.modifiedSeconds * 1_000, entry.sizeBytes, reader, context);
  }
  if (item.reader.failure) notes.add(item.reader.failure.message);
  yield archiveLine(item, notes);
}

async function* walkZip(item: IntakeItem, context: WalkContext): AsyncGenerator<IntakeFile, void> {
  const notes = new ContainerNotes(item.problems);
  const diskPath = item.diskPath ?? (await context.temporary.write(item.reader.chunks())).path;
  if (item.reader.failure) notes.add(item.reader.failure.message);
  try {
    for await (const entry of zipEntries(diskPath)) {
      if (context.growth.isSpent) break;
      if (!context.budget.hasEntriesLeft) {
        notes.add(context.budget.entriesProblem());
        break;
      }
      if (entry.kind !== 'file') {
        notes.countMember(entry.kind, entry.name);
        continue;
      }
      notes.countFile();
      const reader = new ByteReader(metered(entry.open(), context.growth), context.signal);
      yield* walkMember(item, entry.name, entry.modifiedMs, entry.sizeBytes, reader, context);
    }
  } catch (error) {
    if (!(error instanceof IntakeProblem)) throw error;
    notes.add(error.message);
  } finally {
    if (item.diskPath === undefined) await context.temporary.remove(diskPath);
  }
  yield archiveLine(item, notes);
}

async function* walkMember(
  archive: IntakeItem,
  name: string,
  modifiedMs: number,
  sizeBytes: number,
  reader: ByteReader,
  context: WalkContext,
): AsyncGenerator<IntakeFile, void> {
  const safe = safeEntryPath(name);
  const problems = safe.isEscape
    ? [`its archive calls it ${quotedName(name)}, a name that leads out of the archive; nothing is written there`]
    : [];
  const isTimeKnown = Number.isFinite(modifiedMs) && modifiedMs > 0;
  yield* walkContainers(
    {
      path: `${archive.path}!/${safe.path}`,
      fileTime: isTimeKnown ? unixNanoFromMs(modifiedMs) : archive.fileTime,
      sizeBytes,
      reader,
      diskPath: undefined,
      depth: archive.depth + 1,
      problems,
    },
    context,
  );
}

function archiveLine(item: IntakeItem, notes: ContainerNotes): IntakeFile {
  return noteWithoutContent('archive', item.path, item.fileTime, notes.sentences(), notes.fileCount);
}

async function* metered(chunks: AsyncIterable<Uint8Array>, growth: GrowthMeter): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks) {
    growth.countBytes(chunk.length);
    yield chunk;
  }
}
