/**
 * From paths a person gave to regular files, in an order that depends on nothing but names. Links inside a folder are
 * not followed: what they point at is either met at its own place or lies outside the folder.
 */
import type { Stats } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { EngineError } from '../engine-error.ts';

export interface DiskFile {
  readonly path: string;
  /** As shown: the path as given, `/`-separated below a folder. */
  readonly displayPath: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** What was looked at. Whoever opens the path makes sure that it is still this. */
  readonly identity: FileIdentity;
}
export interface FileIdentity {
  readonly device: number;
  readonly inode: number;
  /** A person named it, so a link is followed; members of folders must be files themselves. */
  readonly isGiven: boolean;
}
export interface SkippedPath {
  readonly displayPath: string;
  readonly problem: string;
}

/** Fails with `not_found` or `invalid_argument` when a given path cannot be imported at all, before anything is read. */
export async function checkPaths(paths: readonly string[]): Promise<void> {
  if (paths.length === 0) throw new EngineError('invalid_argument', 'Name at least one file or folder to import.');
  for (const path of paths) {
    const found = await statOf(path);
    if (found instanceof Error) throw found;
    if (!found.isFile() && !found.isDirectory()) {
      throw new EngineError('invalid_argument', `${path} is neither a file nor a folder.`);
    }
  }
}

async function statOf(path: string): Promise<Awaited<ReturnType<typeof stat>> | EngineError> {
  try {
    return await stat(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return new EngineError('not_found', `There is no file or folder ${path}.`, { cause });
    }
    return new EngineError('invalid_argument', `${path} cannot be read (${code}).`, { cause });
  }
}

/** Regular files under `paths`, folders in code unit order of their names; each path must have passed `checkPaths`. */
export async function* walkPaths(
  paths: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<DiskFile | SkippedPath, void> {
  for (const path of paths) {
    signal.throwIfAborted();
    const found = await stat(path);
    if (found.isDirectory()) yield* walkFolder(path, await realpath(path), path.replace(/[/\\]+$/, '') || '/', signal);
    else yield diskFile(path, path, found, true);
  }
}

async function* walkFolder(
  folder: string,
  root: string,
  displayFolder: string,
  signal: AbortSignal,
): AsyncGenerator<DiskFile | SkippedPath, void> {
  let names: string[];
  try {
    names = (await readdir(folder)).toSorted();
  } catch (error) {
    yield { displayPath: displayFolder, problem: `the folder cannot be listed (${codeOf(error)})` };
    return;
  }
  for (const name of names) {
    signal.throwIfAborted();
    const path = join(folder, name);
    const displayPath = displayFolder === '/' ? `/${name}` : `${displayFolder}/${name}`;
    try {
      const found = await lstat(path);
      if (found.isDirectory()) yield* walkFolder(path, root, displayPath, signal);
      else if (found.isFile()) yield diskFile(path, displayPath, found, false);
      else if (!found.isSymbolicLink()) yield { displayPath, problem: 'a device, pipe or socket; it is not read' };
      else if (await leadsOutside(path, root)) {
        yield { displayPath, problem: 'a link that leads out of the folder or nowhere; it is not followed' };
      }
    } catch (error) {
      yield { displayPath, problem: `it cannot be looked at (${codeOf(error)})` };
    }
  }
}

function diskFile(path: string, displayPath: string, found: Stats, isGiven: boolean): DiskFile {
  const identity = { device: found.dev, inode: found.ino, isGiven };
  return { path, displayPath, sizeBytes: found.size, modifiedMs: found.mtimeMs, identity };
}

async function leadsOutside(link: string, root: string): Promise<boolean> {
  try {
    const target = await realpath(link);
    return target !== root && !target.startsWith(root.endsWith(sep) ? root : root + sep);
  } catch {
    return true;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
