/** A view thread in this very thread; questions reach it at once, in the order asked. */
import { createCallClient } from '../../shared/engine/workers/call-channel.ts';
import type { ViewProcedures } from '../../shared/engine/workers/contract.ts';
import { runViewWorker } from '../../shared/engine/workers/view-worker.ts';

export function viewThread(caseFile: string) {
  const listeners: Record<'page' | 'thread', (message: unknown) => void> = { page: () => {}, thread: () => {} };
  runViewWorker(
    {
      postMessage: (message) => listeners.page(message),
      on: (_, listener) => (listeners.thread = listener),
    },
    { role: 'view', caseFile },
  );
  return createCallClient<ViewProcedures, never>({
    postMessage: (message) => listeners.thread(message),
    on: (_, listener) => (listeners.page = listener),
  });
}
