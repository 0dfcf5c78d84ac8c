/**
 * Where zstd frames begin and end, told from their headers without decompressing (RFC 8878 §3.1: frame header, blocks,
 * checksum; skippable frames are passed over).
 */
import { ByteReader } from './byte-reader.ts';

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const SKIPPABLE_MASK = 0xfffffff0;
const RLE_BLOCK = 1;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];

/** One reader per frame; a frame must be read or closed before the next is asked for. What follows the last is ignored. */
export async function* zstdFrames(source: ByteReader): AsyncGenerator<ByteReader, void> {
  for (;;) {
    const magic = numberOf(await source.peek(4));
    if ((magic & SKIPPABLE_MASK) >>> 0 === SKIPPABLE_MAGIC) {
      const header = await source.take(8);
      if (!header || !(await source.skip(numberOf(header.subarray(4))))) return;
      continue;
    }
    if (magic !== MAGIC) return;
    const rest = frameBytes(source);
    const frame = new ByteReader(rest, NEVER);
    yield frame;
    // Also when the decoder gave up half way: the next frame begins where this one ends.
    while (await frame.next());
  }
}

const NEVER = new AbortController().signal;

async function* frameBytes(source: ByteReader): AsyncGenerator<Uint8Array, void> {
  const descriptor = (await source.peek(5))[4] ?? 0;
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const contentSizeBytes = CONTENT_SIZE_BYTES[descriptor >>> 6] ?? 0;
  const headerBytes =
    5 +
    (isSingleSegment ? 0 : 1) +
    (DICTIONARY_ID_BYTES[descriptor & 3] ?? 0) +
    (isSingleSegment && contentSizeBytes === 0 ? 1 : contentSizeBytes);
  yield* source.chunks(headerBytes);
  for (let isLast = false; !isLast;) {
    const head = await source.peek(3);
    if (head.length < 3) return;
    const block = numberOf(head);
    isLast = (block & 1) === 1;
    const isRle = ((block >>> 1) & 3) === RLE_BLOCK;
    yield* source.chunks(3 + (isRle ? 1 : block >>> 3));
  }
  if ((descriptor & 0x04) !== 0) yield* source.chunks(4);
}

/** Little-endian, up to four bytes. */
function numberOf(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}
