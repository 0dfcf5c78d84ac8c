/** Writes the case that views are measured on, in a process of its own: `node write-views-case.ts PATH JSON`. */
import { writeAnalysisCase, type AnalysisCaseSize } from './analysis-case.ts';

const [path, size] = process.argv.slice(2);
if (path === undefined || size === undefined) throw new Error('usage: write-views-case.ts PATH JSON');
const started = performance.now();
writeAnalysisCase(path, JSON.parse(size) as AnalysisCaseSize);
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000 }));
