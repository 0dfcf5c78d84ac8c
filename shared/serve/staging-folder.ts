/**
 * The private folder that files handed over by a browser are written to, so that the engine can read them like any
 * other. One folder per drop keeps the structure of what was dropped. Only this user can enter it; it goes when the host
 * ends, and what a killed host left is swept up by the next one.
 */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm, stat, statfs, utimes } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const PREFIX = 'faultline-staged-';
/** Left free whatever is uploaded: the case file and the rest of the machine need room as well. */
const RESERVED_BYTES = 512 * 1024 * 1024;
/** The room left is looked at again after each of these. */
const ROOM_CHECK_BYTES = 64 * 1024 * 1024;
const MAX_FILES = 200_000;

/** A refusal in a sentence; `status` is that of HTTP. */
export class StagingError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'StagingError';
    this.status = status;
  }
}

export interface StagedFile {
  /** The outermost folder or file of this drop that the file belongs to: what to import. */
  readonly root: string;
}
export interface StagingOrder {
  /** Files of one drop share it. */
  readonly batch: string;
  readonly segments: readonly string[];
  /** As the sender says; undefined when it does not. */
  readonly sizeBytes: number | undefined;
  readonly modifiedMs: number | undefined;
  readonly content: Readable;
}

export class StagingFolder {
  readonly #parent: string;
  readonly #freeBytes: () => Promise<number>;
  #folder: Promise<string> | undefined;
  /** Files on their way to being open: their folders are not there for good yet. */
  readonly #opening = new Set<Promise<OpenedFile>>();
  #fileCount = 0;
  #isRemoved = false;

  /** `freeBytes` is for tests; by default the file system is asked. */
  constructor(parent: string, freeBytes: () => Promise<number> = () => freeBytesOf(parent)) {
    this.#parent = parent;
    this.#freeBytes = freeBytes;
  }

  /** Writes the content while it arrives. Fails with StagingError; half a file never stays. */
  async write(order: StagingOrder): Promise<StagedFile> {
    if (this.#fileCount >= MAX_FILES) throw new StagingError(413, `More than ${MAX_FILES} files were handed over.`);
    this.#fileCount++;
    await this.#checkRoom(order.sizeBytes ?? 0);
    const [first = ''] = order.segments;
    const { file, path, folder } = await this.#open(order);
    try {
      await this.#fill(file, order.content);
      if (order.modifiedMs !== undefined) await utimes(path, new Date(), new Date(order.modifiedMs));
    } catch (error) {
      await rm(path, { force: true });
      throw explained(error);
    } finally {
      await file.close();
    }
    // A file at the top may have been written under another name than it asked for.
    return { root: order.segments.length === 1 ? path : join(folder, first) };
  }

  /** Removes everything that was handed over. Nothing can be written afterwards. */
  async remove(): Promise<void> {
    this.#isRemoved = true;
    await Promise.allSettled(this.#opening);
    const folder = await this.#folder?.catch(() => undefined);
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }

  /** Fails with StagingError once the folder is removed, or about to be. */
  async #open({ batch, segments }: StagingOrder): Promise<OpenedFile> {
    const opened = this.#ensureFolder().then((parent) => openFresh(join(parent, batch), segments));
    this.#opening.add(opened);
    try {
      return await opened;
    } finally {
      this.#opening.delete(opened);
    }
  }

  async #fill(file: FileHandle, content: Readable): Promise<void> {
    let unchecked = 0;
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      unchecked += chunk.byteLength;
      if (unchecked >= ROOM_CHECK_BYTES) {
        unchecked = 0;
        await this.#checkRoom(0);
      }
      this.#refuseRemoved();
      await file.writeFile(chunk);
    }
    this.#refuseRemoved();
  }

  #refuseRemoved(): void {
    if (this.#isRemoved) throw new StagingError(503, 'Faultline is shutting down.');
  }

  async #ensureFolder(): Promise<string> {
    this.#refuseRemoved();
    // mkdtemp makes it for this user only (0700).
    this.#folder ??= mkdtemp(join(this.#parent, `${PREFIX}${process.pid}-`));
    return this.#folder;
  }

  async #checkRoom(neededBytes: number): Promise<void> {
    if ((await this.#freeBytes()) - neededBytes >= RESERVED_BYTES) return;
    throw new StagingError(
      507,
      `There is no room for it in ${this.#parent}. Free some, set TMPDIR to another folder, or give the path on the command line: faultline import PATH --case FILE.`,
    );
  }
}

/** Removes what hosts that are no longer running left in `parent`. Never fails: it is housekeeping. */
export async function sweepStagingFolders(parent: string): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (!Number.isInteger(pid) || isRunning(pid)) continue;
    const folder = join(parent, name);
    const found = await stat(folder).catch(() => undefined);
    if (found?.uid !== process.getuid?.()) continue;
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, but is not ours.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

interface OpenedFile {
  readonly file: FileHandle;
  readonly path: string;
  /** Of its drop. */
  readonly folder: string;
}

/** Opens a file that was not there; two names that became the same one get a number. */
async function openFresh(folder: string, segments: readonly string[]): Promise<OpenedFile> {
  const parent = join(folder, ...segments.slice(0, -1));
  const name = segments.at(-1) ?? '';
  const { O_CREAT, O_EXCL, O_WRONLY } = constants;
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    for (let copy = 1; copy <= 1_000; copy++) {
      const path = join(parent, copy === 1 ? name : `${copy}-${name}`);
      const file = await open(path, O_CREAT | O_EXCL | O_WRONLY, 0o600).catch((error: unknown) => {
        if (codeOf(error) === 'EEXIST') return undefined;
        throw error;
      });
      if (file) return { file, path, folder };
    }
  } catch (error) {
    throw explained(error);
  }
  throw new StagingError(409, 'A thousand files of this drop have the same name.');
}

function explained(error: unknown): unknown {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StagingError(507, 'The disk is full.');
    case 'EEXIST':
    case 'ENOTDIR':
      return new StagingError(409, 'A folder of this drop has the name of a file of it.');
    case 'ECONNRESET':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return new StagingError(400, 'The connection ended before the file did.');
    default:
      return error;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** A name for a drop whose sender gave none. */
export function newBatch(): string {
  return randomUUID();
}
