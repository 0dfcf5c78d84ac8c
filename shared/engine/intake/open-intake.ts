/**
 * Opens whatever a person holds: files, folders and archives inside archives, one file at a time, in an order that
 * depends only on names. Bundles are hostile: nothing is written under a name of theirs, growth and depth are limited,
 * and what is damaged gives what came before the damage. Memory stays bounded whatever the size.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { unixNanoFromMs } from '../../model/time.ts';
import { ByteReader } from './byte-reader.ts';
import { IntakeBudget, GrowthMeter } from './intake-budget.ts';
import type { IntakeFile } from './intake-file.ts';
import { noteWithoutContent } from './intake-file.ts';
import { DEFAULT_INTAKE_LIMITS } from './intake-limits.ts';
import type { IntakeLimits } from './intake-limits.ts';
import { openSameFile } from './open-same-file.ts';
import { TemporaryFiles } from './temporary-files.ts';
import { walkContainers } from './walk-containers.ts';
import type { IntakeItem, WalkContext } from './walk-containers.ts';
import { checkPaths, walkPaths } from './walk-paths.ts';

export { checkPaths } from './walk-paths.ts';
export type { IntakeFile } from './intake-file.ts';
export type { IntakeLimits } from './intake-limits.ts';

const READ_BYTES = 512 * 1024;

export interface IntakeObserver {
  /** Bytes read from disk since the last call; compare with `measurePaths`. */
  onBytesRead?(count: number): void;
}

/** Size on disk of everything `openIntake` would read, for progress. */
export async function measurePaths(
  paths: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly files: number; readonly sizeBytes: number }> {
  let files = 0;
  let sizeBytes = 0;
  for await (const found of walkPaths(paths, signal)) {
    if (!('path' in found)) continue;
    files++;
    sizeBytes += found.sizeBytes;
  }
  return { files, sizeBytes };
}

/**
 * Yields every file under `paths`. An entry is finished for its consumer when the next one is asked for. Throws
 * EngineError `not_found` or `invalid_argument` for a path that is not there, and the signal's reason when cancelled.
 */
export async function* openIntake(
  paths: readonly string[],
  limits: Partial<IntakeLimits> | undefined,
  signal: AbortSignal,
  observer: IntakeObserver = {},
): AsyncGenerator<IntakeFile, void> {
  await checkPaths(paths);
  const budget = new IntakeBudget({ ...DEFAULT_INTAKE_LIMITS, ...limits });
  const temporary = new TemporaryFiles();
  try {
    for await (const found of walkPaths(paths, signal)) {
      if (!('path' in found)) {
        yield noteWithoutContent('skipped', found.displayPath, undefined, [found.problem]);
        continue;
      }
      const context: WalkContext = {
        budget,
        signal,
        temporary,
        growth: new GrowthMeter(budget, found.sizeBytes),
        deferred: [],
      };
      const onBytesRead = observer.onBytesRead?.bind(observer);
      const item: IntakeItem = {
        path: found.displayPath,
        fileTime: unixNanoFromMs(found.modifiedMs),
        sizeBytes: found.sizeBytes,
        reader: new ByteReader(
          readFile(() => openSameFile(found.path, found.identity), onBytesRead),
          signal,
        ),
        diskPath: found.path,
        depth: 0,
        problems: [],
      };
      yield* walkContainers(item, context);
      // Grows while it is worked off: what waited may hold more that has to wait.
      for (const waiting of context.deferred) {
        const reader = new ByteReader(
          readFile(() => open(waiting.diskPath, 'r'), undefined),
          signal,
        );
        yield* walkContainers({ ...waiting, reader }, context);
        await temporary.remove(waiting.diskPath);
      }
    }
  } finally {
    await temporary.removeAll();
  }
}

async function* readFile(
  openFile: () => Promise<FileHandle>,
  onBytesRead: ((count: number) => void) | undefined,
): AsyncGenerator<Uint8Array, void> {
  const file = await openFile();
  const buffer = new Uint8Array(READ_BYTES);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, READ_BYTES, null);
      if (bytesRead === 0) return;
      onBytesRead?.(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
