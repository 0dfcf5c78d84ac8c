/**
 * Imports and analyses twice in a process whose threads may crash (see crash-preload.ts): `node crash-child.ts CASE PATH…`.
 * Prints one JSON line: how each step ended, the history, and the rows that are there. Ends by itself when nothing is
 * left open.
 */
import { writeSync } from 'node:fs';
import { createEngine } from '../../shared/engine/engine.ts';
import { EngineError } from '../../shared/engine/engine-error.ts';

const [caseFile, ...paths] = process.argv.slice(2);
if (caseFile === undefined) throw new Error('usage: crash-child.ts CASE PATH…');
const engine = await createEngine({ caseFile, parseThreads: 2 });

async function ending(start: () => Promise<{ readonly result: Promise<unknown> }>): Promise<string> {
  try {
    await (
      await start()
    ).result;
    return 'succeeded';
  } catch (error) {
    return error instanceof EngineError ? `${error.code}: ${error.message}` : `unexpected: ${String(error)}`;
  }
}
const steps = [];
for (let round = 0; round < 2; round++) {
  steps.push(await ending(() => engine.import({ paths })));
  steps.push(await ending(() => engine.analyze({})));
}
const jobs = (await engine.jobs()).map(({ kind, status }) => `${kind} ${status}`).reverse();
const { records } = await engine.info();
await engine.close();
writeSync(1, `${JSON.stringify({ steps, jobs, records })}\n`);
