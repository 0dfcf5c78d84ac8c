/**
 * Imports in a process whose parser stalls (see crash-preload.ts), cancels once it does, and imports again:
 * `node cancel-child.ts CASE MARK PATH…`. Prints one JSON line. Ends by itself when nothing is left open.
 */
import { existsSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { createEngine } from '../../shared/engine/engine.ts';
import { EngineError } from '../../shared/engine/engine-error.ts';

const [caseFile, mark, ...paths] = process.argv.slice(2);
if (caseFile === undefined || mark === undefined) throw new Error('usage: cancel-child.ts CASE MARK PATH…');
const engine = await createEngine({ caseFile, parseThreads: 1 });
const { id, result } = await engine.import({ paths });
while (!existsSync(mark)) await wait(5);
// Until the writer waits for the parser as well; sooner would only ask for less.
await wait(300);
const asked = performance.now();
await engine.cancel(id);
const code = await result.then(
  () => 'succeeded',
  (error: unknown) => (error instanceof EngineError ? error.code : String(error)),
);
const cancelMs = performance.now() - asked;
const statuses = (await engine.jobs()).map(({ status }) => status);
await (
  await engine.import({ paths })
).result;
const { records } = await engine.info();
await engine.close();
writeSync(1, `${JSON.stringify({ code, cancelMs, statuses, records })}\n`);
