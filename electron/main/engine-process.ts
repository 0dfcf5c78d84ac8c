/**
 * Entry of the utility process that holds the engine of one case: serves the contract on every port it is handed. It
 * opens no window and no socket; a crash of native code ends this process and nothing else.
 */
import { contract } from '../../shared/contract/contract.ts';
import type { Scope } from '../../shared/contract/procedure.ts';
import { contractErrorOf } from '../../shared/engine/api/contract-error-of.ts';
import { contractHandlers } from '../../shared/engine/api/contract-handlers.ts';
import { createEngine } from '../../shared/engine/engine.ts';
import { PRODUCT_VERSION } from '../../shared/engine/product-version.ts';
import type { Port } from '../../shared/rpc/port.ts';
import { serve } from '../../shared/rpc/server.ts';
import { userFolders } from '../../shared/serve/user-folders.ts';
import type { EngineStart, FromEngine, ToEngine } from './engine-messages.ts';
import { DesktopEngineSession } from './engine-session.ts';
import { mainPort } from './message-port.ts';
import { ReaderBroker } from './reader-broker.ts';

const post = (message: FromEngine): void => process.parentPort.postMessage(message);
const readers = new ReaderBroker(post);
const session = new DesktopEngineSession(
  (options) => createEngine({ ...options, startReaderProcess: readers.start }),
  { recentCasesFile: userFolders().recentCasesFile, givesWay: true },
  (opened) => post(opened ? { type: 'caseOpened', opened } : { type: 'caseClosed' }),
);
const handlers = contractHandlers(session);

/** A page that connects finds the case open, also after a crash; what it asks meanwhile waits in its port. */
async function openFirstCase({ opened }: EngineStart): Promise<void> {
  if (!opened) return;
  await session.open(opened).catch((error: unknown) => {
    report(`${opened.caseFile} could not be opened`, error);
    post({ type: 'caseRefused', caseFile: opened.caseFile });
  });
}

function serveContract(port: Port, scope: Scope): void {
  serve(contract, handlers, port, {
    engineVersion: PRODUCT_VERSION,
    scope,
    isOutputChecked: process.env['FAULTLINE_CHECK_OUTPUT'] === '1',
    errorOf: contractErrorOf,
    onBug: (error, procedure) => report(procedure, error),
  });
}

function report(what: string, error: unknown): void {
  process.stderr.write(`faultline engine: ${what}: ${error instanceof Error ? error.stack : String(error)}\n`);
}

const start = JSON.parse(process.argv.at(-1) ?? '') as EngineStart;
const isReady = openFirstCase(start);
process.parentPort.on('message', ({ data, ports: [port] }) => {
  const message = data as ToEngine;
  switch (message.type) {
    case 'connect':
      if (port) void isReady.then(() => serveContract(mainPort(port), message.scope));
      break;
    case 'readerStarted':
      if (port) readers.started(message.readerId, port);
      break;
    case 'readerEnded':
      readers.ended(message.readerId);
      break;
    case 'shutdown':
      void session.close().finally(() => process.exit());
      break;
  }
});
