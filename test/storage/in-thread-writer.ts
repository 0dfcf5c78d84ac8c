/** A writer thread in this very thread: what it is asked reaches it in a later turn of the loop, in the order asked. */
import { createCallClient } from '../../shared/engine/workers/call-channel.ts';
import type { WriterEvent, WriterProcedures } from '../../shared/engine/workers/contract.ts';
import { runWriterWorker } from '../../shared/engine/workers/writer-worker.ts';

export function writerThread(caseFile: string) {
  const listeners: Record<'engine' | 'thread', (message: unknown) => void> = { engine: () => {}, thread: () => {} };
  runWriterWorker(
    {
      postMessage: (message) => listeners.engine(message),
      on: (_, listener) => (listeners.thread = listener),
    },
    { role: 'writer', caseFile, maxCaseBytes: undefined },
  );
  return createCallClient<WriterProcedures, WriterEvent>({
    postMessage: (message) => void setImmediate(() => listeners.thread(message)),
    on: (_, listener) => (listeners.engine = listener),
  });
}
