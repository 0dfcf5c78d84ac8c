/**
 * OTLP spans from file to queryable, against DuckDB on the same file in the same run: `npm run bench -- ingest`. The two
 * take turns, so that a noisy minute falls on both.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { BenchLines, isSmall, loadAverage, median } from './bench-lines.ts';
import { generateMetrics, generateTraces } from './generate-otlp.ts';
import type { IngestFigures } from './ingest-run.ts';
import { inTemporaryFolder, removeDatabase, runScript } from './run-script.ts';

const RUNS = 5;
const FILE_BYTES = 250e6 * (isSmall ? 0.1 : 1);
const METRIC_BYTES = 120e6 * (isSmall ? 0.1 : 1);
const MIN_SPANS_PER_SECOND = 120_000;
const MIN_TIMES_DUCKDB = 3;
const MAX_FIRST_ROW_MS = 2_000;

const lines = new BenchLines();
await inTemporaryFolder((folder) => {
  const caseFile = join(folder, 'bench.case');
  const ingest = (path: string): IngestFigures => {
    removeDatabase(caseFile);
    return runScript('./ingest-run.ts', [caseFile, path]);
  };
  const duckdb = (path: string): { readonly seconds: number; readonly spans: number } => {
    const database = join(folder, 'bench.duckdb');
    removeDatabase(database);
    return runScript('./duckdb-run.ts', [database, path]);
  };

  const file = generateTraces(join(folder, 'traces.jsonl'), FILE_BYTES, 'ingest');
  console.log(`${file.records} spans, ${(file.bytes / 1e6).toFixed(0)} MB of OTLP JSON lines; ${loadAverage()}`);
  const ours: IngestFigures[] = [];
  const theirs: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const figures = ingest(file.path);
    const peer = duckdb(file.path);
    if (figures.spans !== file.records || peer.spans !== file.records) throw new Error('spans were lost');
    ours.push(figures);
    theirs.push(peer.seconds);
    const rate = (seconds: number): string => (file.records / seconds).toFixed(0);
    console.log(
      `  run ${run + 1}: ${rate(figures.seconds)} spans/s, DuckDB ${rate(peer.seconds)} spans/s; ${loadAverage()}`,
    );
  }
  const caseBytes = statSync(caseFile).size;
  const rate = file.records / median(ours.map(({ seconds }) => seconds));
  const peerRate = file.records / median(theirs);
  const firstRowMs = median(ours.map((figures) => figures.firstRowMs));
  lines.add(
    'OTLP spans to queryable, spans/s',
    rate.toFixed(0),
    `≥ ${MIN_SPANS_PER_SECOND}`,
    isSmall || rate >= MIN_SPANS_PER_SECOND,
  );
  lines.add('the same file in DuckDB, spans/s', peerRate.toFixed(0));
  const ratio = rate / peerRate;
  lines.add('times DuckDB', ratio.toFixed(2), `≥ ${MIN_TIMES_DUCKDB}`, isSmall || ratio >= MIN_TIMES_DUCKDB);
  lines.add(
    'first row queryable, ms',
    firstRowMs.toFixed(0),
    `< ${MAX_FIRST_ROW_MS}`,
    isSmall || firstRowMs < MAX_FIRST_ROW_MS,
  );
  lines.add('case bytes per span', (caseBytes / file.records).toFixed(0));

  const metrics = generateMetrics(join(folder, 'metrics.jsonl'), METRIC_BYTES, 'ingest metrics');
  const seconds = median([1, 2, 3].map(() => ingest(metrics.path).seconds));
  lines.add('OTLP metrics to queryable, MB/s', (metrics.bytes / 1e6 / seconds).toFixed(0));
  lines.add('metric points/s', (metrics.records / seconds).toFixed(0));
});
lines.finish();
