/**
 * An import in a process that can be killed: `node import-child.ts CASE PATH…`. Prints the number of rows reported as
 * saved, a line each time it is told, and `done` at the end.
 */
import { writeSync } from 'node:fs';
import { createEngine } from '../../shared/engine/engine.ts';

const [caseFile, ...paths] = process.argv.slice(2);
if (caseFile === undefined) throw new Error('usage: import-child.ts CASE PATH…');
const engine = await createEngine({ caseFile });
engine.onProgress(({ rows, stage }) => void writeSync(1, `${rows} ${stage}\n`));
const { result } = await engine.import({ paths });
await result;
await engine.close();
writeSync(1, 'done\n');
