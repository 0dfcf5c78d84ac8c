/** The model of a trace: of a long one computed on a worker of its own that ends when it has answered. */
import { spanTableOf } from './span-table.ts';
import type { SpanChunk } from './span-table.ts';
import { traceModel } from './trace-model.ts';
import type { TraceModel } from './trace-model.ts';

/** Their model is made in a millisecond or two; starting a worker takes twenty. */
const SHORT_TRACE_SPANS = 1_000;

/** Rejects when the worker fails or `signal` fires. */
export async function loadTraceModel(chunks: readonly SpanChunk[], signal: AbortSignal): Promise<TraceModel> {
  const spanCount = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  return spanCount <= SHORT_TRACE_SPANS ? traceModel(spanTableOf(chunks)) : modelFromWorker(chunks, signal);
}

function modelFromWorker(chunks: readonly SpanChunk[], signal: AbortSignal): Promise<TraceModel> {
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
