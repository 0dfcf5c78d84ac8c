/** Entry of the utility process that answers people's own SQL; its first argument is the case file. */
import { runReaderWorker } from '../../shared/engine/workers/reader-worker.ts';

const caseFile = process.argv.at(-1);
if (caseFile === undefined) throw new Error('this module is started with a case file');

process.parentPort.once('message', ({ ports: [port] }) => {
  if (!port) throw new Error('the first message carries the port to the engine');
  // Nobody is left to ask once the engine is gone.
  port.once('close', () => process.exit());
  runReaderWorker(
    {
      postMessage: (message) => port.postMessage(message),
      on: (_event, listener) => port.on('message', ({ data }) => listener(data)),
    },
    { role: 'reader', caseFile },
  );
  port.start();
});
