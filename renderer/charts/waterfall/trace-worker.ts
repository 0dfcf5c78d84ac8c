/** Runs on a worker: from the chunks of a trace to the model a waterfall draws, off the page's thread. */
import { spanTableOf } from './span-table.ts';
import type { SpanChunk } from './span-table.ts';
import { traceModel } from './trace-model.ts';

interface WorkerScope {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<readonly SpanChunk[]>) => void): void;
}

const scope = globalThis as unknown as WorkerScope;
scope.addEventListener('message', ({ data }) => scope.postMessage(traceModel(spanTableOf(data))));
