/**
 * xz by way of the `xz-decompress` package (xz-embedded in WebAssembly). All its streams of a thread share one decoder and
 * queue for it, so a stream inside another would wait for ever: whoever opens one asks `isXzDecoderBusy` first.
 */
// The package is CommonJS that Node finds no names in.
import xzDecompress from 'xz-decompress';
import type { ByteReader } from './byte-reader.ts';
import { IntakeProblem } from './intake-budget.ts';

const FEED_BYTES = 64 * 1024;
/** Results of xz-embedded (`enum xz_ret`), as the package words them in its errors. */
const OUT_OF_MEMORY = / (?:3|4)$/;
const UNSUPPORTED = / (?:2|6)$/;
let openStreams = 0;

export function isXzDecoderBusy(): boolean {
  return openStreams > 0;
}

/** Several xz streams one after the other are read as one, as `xz -d` does. */
export async function* decompressXz(source: ByteReader): AsyncGenerator<Uint8Array, void> {
  const compressed = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await source.next(FEED_BYTES);
        if (chunk) controller.enqueue(chunk.slice());
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  openStreams++;
  const reader = new xzDecompress.XzReadableStream(compressed).getReader();
  try {
    for (;;) {
      const step = await reader.read();
      if (step.done) return;
      yield step.value;
    }
  } catch (cause) {
    throw source.failure instanceof IntakeProblem ? source.failure : damage(cause);
  } finally {
    await reader.cancel().catch(() => undefined);
    openStreams--;
  }
}

function damage(cause: unknown): IntakeProblem {
  const message = cause instanceof Error ? cause.message : '';
  if (OUT_OF_MEMORY.test(message)) {
    return new IntakeProblem(
      'the xz data needs a dictionary of more than 64 MiB; unpack it with `xz -d` and import the result',
      { cause },
    );
  }
  if (UNSUPPORTED.test(message)) {
    return new IntakeProblem(
      'the xz data uses a filter or check that is not read; unpack it with `xz -d` and import the result',
      { cause },
    );
  }
  return new IntakeProblem('the xz data is damaged or cut short; what came before is kept', { cause });
}
