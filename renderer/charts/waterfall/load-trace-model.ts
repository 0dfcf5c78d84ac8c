/** The model of a trace, computed on a worker of its own that ends when it has answered. */
import type { SpanChunk } from './span-table.ts';
import type { TraceModel } from './trace-model.ts';

/** Rejects when the worker fails or `signal` fires. */
export function loadTraceModel(chunks: readonly SpanChunk[], signal: AbortSignal): Promise<TraceModel> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./trace-worker.ts', import.meta.url), { type: 'module' });
    const end = (): void => {
      worker.terminate();
      signal.removeEventListener('abort', cancel);
    };
    const cancel = (): void => {
      end();
      reject(signal.reason instanceof Error ? signal.reason : new Error('The trace is no longer wanted.'));
    };
    signal.addEventListener('abort', cancel);
    worker.addEventListener('message', ({ data }: MessageEvent<TraceModel>) => {
      end();
      resolve(data);
    });
    worker.addEventListener('error', (event) => {
      end();
      reject(new Error(event.message || 'The trace could not be laid out.'));
    });
    worker.postMessage(chunks);
  });
}
