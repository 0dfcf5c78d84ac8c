/** A 1 GB bundle of three signals within bounded memory: `npm run bench -- memory`. */
import { join } from 'node:path';
import { BenchLines, isSmall, loadAverage } from './bench-lines.ts';
import { generateLogs, generateMetrics, generateTraces } from './generate-otlp.ts';
import type { IngestFigures } from './ingest-run.ts';
import { inTemporaryFolder, runScript } from './run-script.ts';

const SCALE = isSmall ? 0.1 : 1;
const MAX_RSS_BYTES = 600e6;
const MAX_FIRST_ROW_MS = 2_000;
const MAX_QUEUE_DEPTH = 6;

const lines = new BenchLines();
await inTemporaryFolder((folder) => {
  const files = [
    generateTraces(join(folder, 'traces.jsonl'), 450e6 * SCALE, 'bundle traces'),
    generateLogs(join(folder, 'logs.jsonl'), 350e6 * SCALE, 'bundle logs'),
    generateMetrics(join(folder, 'metrics.jsonl'), 224e6 * SCALE, 'bundle metrics'),
  ];
  const records = files.reduce((total, file) => total + file.records, 0);
  const figures = runScript<IngestFigures>('./ingest-run.ts', [
    join(folder, 'bench.case'),
    ...files.map(({ path }) => path),
  ]);
  if (figures.records !== records) throw new Error(`${records - figures.records} records were lost`);
  const { seconds, bytes, peakRssBytes, firstRowMs, maxQueueDepth } = figures;
  console.log(`${records} spans, logs and points, ${(bytes / 1e6).toFixed(0)} MB in three files; ${loadAverage()}`);
  lines.add(
    '1 GB bundle, peak resident memory, MB',
    (peakRssBytes / 1e6).toFixed(0),
    `≤ ${MAX_RSS_BYTES / 1e6}`,
    isSmall || peakRssBytes <= MAX_RSS_BYTES,
  );
  lines.add(
    '1 GB bundle, first row queryable, ms',
    firstRowMs.toFixed(0),
    `< ${MAX_FIRST_ROW_MS}`,
    isSmall || firstRowMs < MAX_FIRST_ROW_MS,
  );
  lines.add(
    'deepest queue between threads, messages',
    String(maxQueueDepth),
    `≤ ${MAX_QUEUE_DEPTH}`,
    maxQueueDepth <= MAX_QUEUE_DEPTH,
  );
  lines.add('1 GB bundle to queryable with full text, s', seconds.toFixed(1));
  lines.add('records/s', (records / seconds).toFixed(0));
});
lines.finish();
