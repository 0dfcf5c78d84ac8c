/** A second export of the large case's incident, for imports that run while somebody looks on: its rows fall among those there. */
import { join } from 'node:path';
import { generateLogs, generateMetrics, generateTraces } from './generate-otlp.ts';
import { LARGE_CASE, LARGE_CASE_ORIGIN } from './large-case.ts';

/** A quarter of the case's time after its begin. */
const START_NS = LARGE_CASE_ORIGIN + BigInt(LARGE_CASE.minutes * 15) * 1_000_000_000n;

/** Paths of a file of traces, one of logs and one of metrics: five, three and two tenths of the bytes. */
export function furtherExport(folder: string, sizeBytes: number, seed: string): readonly string[] {
  return [
    generateTraces(join(folder, 'traces.jsonl'), sizeBytes * 0.5, seed, START_NS).path,
    generateLogs(join(folder, 'logs.jsonl'), sizeBytes * 0.3, seed, START_NS).path,
    generateMetrics(join(folder, 'metrics.jsonl'), sizeBytes * 0.2, seed, START_NS).path,
  ];
}
