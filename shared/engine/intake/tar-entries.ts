/**
 * The members of a tar, in order, from a stream. What was there before a cut or a damaged header is given out; the
 * `tar-stream` package cannot find the next good header, so what follows a damage is told to be lost.
 */
import type { ByteReader } from './byte-reader.ts';
import { TarFeed, type TarMember } from './tar-feed.ts';

export type TarEntryKind = 'file' | 'directory' | 'symbolic link' | 'hard link' | 'device or pipe' | 'unknown';
export interface TarEntry {
  readonly kind: TarEntryKind;
  readonly name: string;
  readonly sizeBytes: number;
  /** NaN when unreadable. */
  readonly modifiedSeconds: number;
  /** The content, once. A cut ends it early. */
  readonly content: AsyncIterable<Uint8Array>;
}

const BLOCK_BYTES = 512;
const KINDS: Readonly<Record<string, TarEntryKind>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
  symlink: 'symbolic link',
  link: 'hard link',
  'character-device': 'device or pipe',
  'block-device': 'device or pipe',
  fifo: 'device or pipe',
};

/** Whatever the consumer leaves unread of a member is passed over. `onProblem` gets one sentence per damage found. */
export async function* tarEntries(
  source: ByteReader,
  onProblem: (text: string) => void,
): AsyncGenerator<TarEntry, void> {
  const feed = new TarFeed(source);
  let readTo = 0;
  try {
    for (let member = await feed.nextMember(); member; member = await feed.nextMember()) {
      const { header } = member;
      // The package would wait for ever on a size it could not read.
      if (!Number.isSafeInteger(header.size)) return onProblem(lostAfter(readTo));
      const sizeBytes = header.type === 'directory' ? 0 : header.size;
      const content = feed.contentOf(member, sizeBytes);
      yield { ...describe(header), sizeBytes, content };
      readTo =
        ('byteOffset' in header ? Number(header.byteOffset) : 0) + Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
      member.proceed();
    }
    const end = await feed.finish();
    // Where the source says itself why it ended, one reason is enough.
    if (source.failure) return;
    if (end === 'cut') onProblem('it is cut short; the members before the cut are kept');
    if (end === 'damage') onProblem(lostAfter(readTo));
  } finally {
    await feed.close();
  }
}

function lostAfter(position: number): string {
  return `a header is damaged; the rest of the archive after byte ${position} could not be read`;
}

function describe(header: TarMember['header']): Pick<TarEntry, 'kind' | 'name' | 'modifiedSeconds'> {
  const { pax, mtime, name } = header;
  const paxSeconds = typeof pax === 'object' && pax && 'mtime' in pax ? Number(pax.mtime) : Number.NaN;
  const modifiedSeconds = Number.isFinite(paxSeconds) ? paxSeconds : mtime.getTime() / 1_000;
  return { kind: KINDS[header.type] ?? 'unknown', name, modifiedSeconds };
}
