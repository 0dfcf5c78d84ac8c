/**
 * Opens the file that was looked at and no other: between the look and the opening, somebody may put a link or a device
 * in its place. A member of a folder is opened without following links, nothing is waited for, and what was opened must
 * be the same file on the same device.
 */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { EngineError } from '../engine-error.ts';
import type { FileIdentity } from './walk-paths.ts';

// Not every system has these; where they are missing the comparison below is what guards.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** Throws EngineError `invalid_argument` when something else is there now. */
export async function openSameFile(path: string, identity: FileIdentity): Promise<FileHandle> {
  const flags = O_RDONLY | O_NONBLOCK | (identity.isGiven ? 0 : O_NOFOLLOW);
  const file = await open(path, flags).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ELOOP') throw exchanged(path);
    throw cause;
  });
  const found = await file.stat();
  if (found.isFile() && found.dev === identity.device && found.ino === identity.inode) return file;
  await file.close();
  throw exchanged(path);
}

function exchanged(path: string): EngineError {
  return new EngineError('invalid_argument', `${path} was exchanged for something else while it was being read.`);
}
