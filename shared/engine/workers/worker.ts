/** Entry of every worker thread of the engine; the role it is started with decides what it does. */
import { parentPort, workerData } from 'node:worker_threads';
import type { MessageTarget } from './call-channel.ts';
import type { WorkerRole } from './contract.ts';
import { PROCESS_ROLE_VARIABLE } from './process-role.ts';
import { giveWay } from './thread-priority.ts';

async function main(): Promise<void> {
  if (!parentPort) {
    await serveParentProcess();
    return;
  }
  const role = workerData as WorkerRole;
  if ('givesWay' in role && role.givesWay) giveWay();
  // Loaded on demand: a reader needs no importers, a parser no analysis.
  switch (role.role) {
    case 'writer':
      (await import('./writer-worker.ts')).runWriterWorker(parentPort, role);
      break;
    case 'parser':
      (await import('./parse-worker.ts')).runParseWorker(parentPort);
      break;
    case 'reader':
      (await import('./reader-worker.ts')).runReaderWorker(parentPort, role);
      break;
    case 'view':
      (await import('./view-worker.ts')).runViewWorker(parentPort, role);
      break;
    case 'analysis':
      (await import('./analysis-worker.ts')).runAnalysisWorker(parentPort, role);
      break;
  }
}

/** As a process: only readers, and never longer than the one who asked. */
async function serveParentProcess(): Promise<void> {
  const role = JSON.parse(process.env[PROCESS_ROLE_VARIABLE] ?? 'null') as WorkerRole | null;
  if (role?.role !== 'reader') throw new Error('this module is the entry of a worker thread');
  process.on('disconnect', () => process.exit());
  const target: MessageTarget = {
    postMessage: (message) => void process.send?.(message),
    on: (event, listener) => process.on(event, listener),
  };
  (await import('./reader-worker.ts')).runReaderWorker(target, role);
}
await main();
