/**
 * The members of a tar, in order, from a stream. A damaged header is told and passed over up to the next good one; an
 * archive cut short ends with what was there. Memory: one block plus the longest name.
 */
import type { ByteReader } from './byte-reader.ts';
import { decode, isTarHeader, isZeroBlock, parsePaxRecords, parseTarHeader, TAR_BLOCK_BYTES } from './tar-header.ts';
import type { TarHeader } from './tar-header.ts';

export type TarEntryKind = 'file' | 'directory' | 'symbolic link' | 'hard link' | 'device or pipe' | 'unknown';
export interface TarEntry {
  readonly kind: TarEntryKind;
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedSeconds: number;
  readonly linkName: string;
}

/** Longest name or pax header believed; more is damage or an attack. */
const MAX_METADATA_BYTES = 1 << 20;

const KINDS: Readonly<Record<string, TarEntryKind>> = {
  '0': 'file',
  '7': 'file',
  '1': 'hard link',
  '2': 'symbolic link',
  '3': 'device or pipe',
  '4': 'device or pipe',
  '5': 'directory',
  '6': 'device or pipe',
};

/** What extension headers said about the next member. */
interface Extension {
  name?: string;
  linkName?: string;
  sizeBytes?: number;
  modifiedSeconds?: number;
}

/**
 * Yields each member while the reader stands at its first content byte. Whatever the consumer leaves unread of it is
 * passed over. `onProblem` gets one sentence per damage found.
 */
export async function* tarEntries(
  reader: ByteReader,
  onProblem: (text: string) => void,
): AsyncGenerator<TarEntry, void> {
  let extension: Extension = {};
  let isInDamage = false;
  for (;;) {
    const at = reader.position;
    const block = await reader.take(TAR_BLOCK_BYTES);
    if (!block) {
      // Where the source says itself why it ended, one reason is enough.
      if (reader.position > at && !reader.failure) onProblem('it is cut short; the members before the cut are kept');
      return;
    }
    if (isZeroBlock(block)) continue;
    if (!isTarHeader(block)) {
      if (!isInDamage) onProblem(`the header at byte ${at} is damaged; members up to the next good header are lost`);
      isInDamage = true;
      continue;
    }
    isInDamage = false;
    const header = parseTarHeader(block);
    if (!Number.isSafeInteger(header.sizeBytes) || header.sizeBytes < 0) {
      onProblem(`the header at byte ${at} states no readable size; its member is passed over`);
      continue;
    }
    if ('LKxgXN'.includes(header.typeFlag)) {
      extension = await readExtension(reader, header, extension, onProblem);
      continue;
    }
    yield* member(reader, header, extension);
    extension = {};
  }
}

async function* member(reader: ByteReader, header: TarHeader, extension: Extension): AsyncGenerator<TarEntry, void> {
  const name = extension.name ?? header.name;
  const listed = KINDS[header.typeFlag] ?? 'unknown';
  const kind = listed === 'file' && name.endsWith('/') ? 'directory' : listed;
  // Links and directories carry no content, whatever their size field says (old tars put the target's size there).
  const hasContent = kind === 'file' || kind === 'unknown';
  const sizeBytes = hasContent ? (extension.sizeBytes ?? header.sizeBytes) : 0;
  const start = reader.position;
  yield {
    kind,
    name,
    sizeBytes,
    modifiedSeconds: extension.modifiedSeconds ?? header.modifiedSeconds,
    linkName: extension.linkName ?? header.linkName,
  };
  await reader.skip(start + padded(sizeBytes) - reader.position);
}

async function readExtension(
  reader: ByteReader,
  header: TarHeader,
  known: Extension,
  onProblem: (text: string) => void,
): Promise<Extension> {
  const length = padded(header.sizeBytes);
  if (header.sizeBytes > MAX_METADATA_BYTES) {
    onProblem(`an extension header of ${header.sizeBytes} bytes is not believed and passed over`);
    await reader.skip(length);
    return known;
  }
  const data = (await reader.take(length))?.subarray(0, header.sizeBytes);
  if (!data) return known;
  if (header.typeFlag === 'L' || header.typeFlag === 'N') return { ...known, name: withoutNul(decode(data)) };
  if (header.typeFlag === 'K') return { ...known, linkName: withoutNul(decode(data)) };
  // Global pax headers ('g') carry comments and times of the archive, nothing a member needs.
  if (header.typeFlag === 'g') return known;
  const records = parsePaxRecords(data);
  const next: Extension = { ...known };
  const path = records.get('path');
  const linkPath = records.get('linkpath');
  const size = Number(records.get('size') ?? Number.NaN);
  const modified = Number(records.get('mtime') ?? Number.NaN);
  if (path !== undefined) next.name = path;
  if (linkPath !== undefined) next.linkName = linkPath;
  if (Number.isSafeInteger(size) && size >= 0) next.sizeBytes = size;
  if (Number.isFinite(modified)) next.modifiedSeconds = modified;
  return next;
}

function padded(sizeBytes: number): number {
  return Math.ceil(sizeBytes / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES;
}

function withoutNul(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
