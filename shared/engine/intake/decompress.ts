/**
 * Decompression as a chain of async iterators: chunks in, chunks out, never more than a few hundred KiB held, and
 * everything that could be decompressed before a damage is given out before the damage is reported.
 */
import type { Transform } from 'node:stream';
import { constants, createGunzip, createZstdDecompress } from 'node:zlib';
import type { ByteReader } from './byte-reader.ts';
import type { Compression } from './container-kind.ts';
import { IntakeProblem } from './intake-budget.ts';
import { decompressXz } from './xz.ts';
import { zstdFrames } from './zstd-frames.ts';

const CHUNK_BYTES = 128 * 1024;
/** Windows of up to 2 GiB exist (`zstd --long=31`); beyond 128 MiB a file asks for more memory than an import may take. */
const ZSTD_WINDOW_LOG_MAX = 27;

export function decompress(compression: Compression, source: ByteReader): AsyncIterable<Uint8Array> {
  if (compression === 'gzip') return throughTransform(source, createGunzip({ chunkSize: CHUNK_BYTES }), 'gzip');
  if (compression === 'xz') return decompressXz(source);
  return decompressZstd(source);
}

/** Node's decoder ends silently after the first frame; parallel compressors and `cat` write many. */
async function* decompressZstd(source: ByteReader): AsyncGenerator<Uint8Array, void> {
  const params = { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG_MAX };
  for await (const frame of zstdFrames(source)) {
    yield* throughTransform(frame, createZstdDecompress({ chunkSize: CHUNK_BYTES, params }), 'zstd');
  }
  if (source.failure) throw source.failure;
}

/** Pumps `source` through a zlib stream. Chunks are borrowed only until zlib has taken them in. */
async function* throughTransform(
  source: ByteReader,
  transform: Transform,
  name: string,
): AsyncGenerator<Uint8Array, void> {
  const state: { failure?: Error; isOver: boolean; wake?: () => void } = { isOver: false };
  const settle = (failure?: Error): void => {
    if (failure) state.failure ??= failure;
    state.isOver = true;
    state.wake?.();
  };
  transform.on('readable', () => state.wake?.());
  transform.on('end', () => settle());
  transform.on('error', settle);
  const feeding = feed(source, transform).catch((error: unknown) => settle(error as Error));
  try {
    for (;;) {
      // Also after an error: what was decompressed before it is still in the buffer.
      const chunk = transform.read() as Uint8Array | null;
      if (chunk !== null) yield chunk;
      else if (state.isOver) break;
      else await new Promise<void>((resolve) => (state.wake = resolve));
    }
  } finally {
    transform.destroy();
    await feeding;
  }
  if (state.failure) throw damage(name, state.failure, source);
}

async function feed(source: ByteReader, transform: Transform): Promise<void> {
  for (;;) {
    const chunk = await source.next(CHUNK_BYTES);
    if (!chunk || transform.destroyed) break;
    await new Promise<void>((resolve) => {
      transform.once('close', resolve);
      transform.write(chunk, () => {
        transform.off('close', resolve);
        resolve();
      });
    });
  }
  if (!transform.destroyed) transform.end();
}

function damage(name: string, cause: Error, source: ByteReader): IntakeProblem {
  // Where the bytes ran out for a reason of their own (a limit, a damage further out), that reason is the one to tell.
  if (source.failure instanceof IntakeProblem) return source.failure;
  const code = 'code' in cause ? cause.code : undefined;
  if (code === 'Z_BUF_ERROR')
    return new IntakeProblem(`the ${name} data is cut short; what came before the cut is kept`, { cause });
  if (code === 'ZSTD_error_frameParameter_windowTooLarge') {
    return new IntakeProblem(
      `the ${name} data needs a window of more than 128 MiB; unpack it with \`zstd -d --long=31\` and import the result`,
      { cause },
    );
  }
  return new IntakeProblem(`the ${name} data is damaged (${cause.message}); what came before the damage is kept`, {
    cause,
  });
}
