/** What wraps other files, told by its first bytes; names are not looked at. */
import { isTarHeader, TAR_BLOCK_BYTES } from './tar-magic.ts';

export type Compression = 'gzip' | 'zstd' | 'xz';
export type Archive = 'tar' | 'zip';
/** Known, but not read. */
export type UnreadContainer = 'bzip2' | '7z' | 'rar' | 'lz4' | 'compress';
export type Container =
  | { readonly role: 'compression'; readonly kind: Compression }
  | { readonly role: 'archive'; readonly kind: Archive }
  | { readonly role: 'unread'; readonly kind: UnreadContainer; readonly advice: string };

/** Bytes that decide. */
export const CONTAINER_HEAD_BYTES = TAR_BLOCK_BYTES;

const MAGIC: readonly { readonly bytes: readonly number[]; readonly container: Container }[] = [
  // RFC 1952: ID1 ID2 CM=deflate
  { bytes: [0x1f, 0x8b, 0x08], container: { role: 'compression', kind: 'gzip' } },
  // RFC 8878 §3.1.1
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], container: { role: 'compression', kind: 'zstd' } },
  // xz file format §2.1.1.1
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], container: { role: 'compression', kind: 'xz' } },
  // APPNOTE 4.3.7, 4.3.16 (empty), 8.5.4 (one-part spanned)
  { bytes: [0x50, 0x4b, 0x03, 0x04], container: { role: 'archive', kind: 'zip' } },
  { bytes: [0x50, 0x4b, 0x05, 0x06], container: { role: 'archive', kind: 'zip' } },
  { bytes: [0x50, 0x4b, 0x07, 0x08], container: { role: 'archive', kind: 'zip' } },
  // `BZh`, level, pi
  unread([0x42, 0x5a, 0x68, -1, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59], 'bzip2', 'bunzip2'),
  unread([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], '7z', '7z x'),
  unread([0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], 'rar', 'unrar x'),
  unread([0x04, 0x22, 0x4d, 0x18], 'lz4', 'unlz4'),
  unread([0x1f, 0x9d], 'compress', 'uncompress'),
];

function unread(bytes: readonly number[], kind: UnreadContainer, tool: string): (typeof MAGIC)[number] {
  const advice = `${kind} files are not read; unpack it with \`${tool}\` and import the result`;
  return { bytes, container: { role: 'unread', kind, advice } };
}

export function containerOf(head: Uint8Array): Container | undefined {
  for (const { bytes, container } of MAGIC) {
    if (bytes.every((byte, index) => byte === -1 || head[index] === byte)) return container;
  }
  return isTarHeader(head) ? { role: 'archive', kind: 'tar' } : undefined;
}
