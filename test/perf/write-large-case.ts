/** Writes and analyses the case of `large-case.ts`, in a process of its own: `node write-large-case.ts PATH JSON`. */
import { createEngine } from '../../shared/engine/engine.ts';
import { writeAnalysisCase, type AnalysisCaseSize } from './analysis-case.ts';

const [path, size] = process.argv.slice(2);
if (path === undefined || size === undefined) throw new Error('usage: write-large-case.ts PATH JSON');
const started = performance.now();
writeAnalysisCase(path, JSON.parse(size) as AnalysisCaseSize);
const written = performance.now();
const engine = await createEngine({ caseFile: path });
await (
  await engine.analyze({})
).result;
await engine.close();
console.log(
  JSON.stringify({ writeSeconds: (written - started) / 1000, analyseSeconds: (performance.now() - written) / 1000 }),
);
