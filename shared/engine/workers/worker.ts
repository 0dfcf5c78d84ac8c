/** Entry of every worker thread of the engine; the role it is started with decides what it does. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerRole } from './contract.ts';

async function main(): Promise<void> {
  if (!parentPort) throw new Error('this module is the entry of a worker thread');
  const role = workerData as WorkerRole;
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
    case 'analysis':
      (await import('./analysis-worker.ts')).runAnalysisWorker(parentPort, role);
      break;
  }
}
await main();
