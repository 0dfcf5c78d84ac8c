/**
 * The members of a zip on disk, by its central directory (the `yauzl` package: a zip cannot be read safely front to back).
 * Names come back raw: what they try is judged by `safe-entry-path`, not by refusing the archive.
 */
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { IntakeProblem } from './intake-budget.ts';

export interface ZipEntry {
  readonly kind: 'file' | 'directory' | 'symbolic link' | 'encrypted file' | 'unread compression' | 'device or pipe';
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  open(): AsyncIterable<Uint8Array>;
}

const UNIX = 3;
const TYPE_MASK = 0o170000;
const TYPE_LINK = 0o120000;
const TYPE_DIRECTORY = 0o040000;
const TYPE_FILE = 0o100000;

/** Ends by an IntakeProblem when the directory is damaged; members before the damage have been given out. */
export async function* zipEntries(path: string): AsyncGenerator<ZipEntry, void> {
  let zip: ZipFile | undefined;
  try {
    zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false });
    for await (const entry of zip.eachEntry()) yield zipEntry(zip, entry);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new IntakeProblem(`the zip archive is damaged or cut short (${message}); what could be listed is kept`, {
      cause,
    });
  } finally {
    zip?.close();
  }
}

function zipEntry(zip: ZipFile, entry: Entry): ZipEntry {
  const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  return {
    kind: kindOf(entry, name),
    name,
    sizeBytes: entry.uncompressedSize,
    modifiedMs: entry.getLastModDate({ timezone: 'UTC' }).getTime(),
    open: () => contentOf(zip, entry),
  };
}

function kindOf(entry: Entry, name: string): ZipEntry['kind'] {
  const mode = entry.versionMadeBy >>> 8 === UNIX ? (entry.externalFileAttributes >>> 16) & TYPE_MASK : 0;
  if (name.endsWith('/') || name.endsWith('\\') || mode === TYPE_DIRECTORY) return 'directory';
  if (mode === TYPE_LINK) return 'symbolic link';
  if (mode !== 0 && mode !== TYPE_FILE) return 'device or pipe';
  if (entry.isEncrypted()) return 'encrypted file';
  return entry.canDecodeFileData() ? 'file' : 'unread compression';
}

async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array, void> {
  let stream: Readable | undefined;
  try {
    stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new IntakeProblem(`the member is damaged (${message}); what came before the damage is kept`, { cause });
  } finally {
    stream?.destroy();
  }
}
