/**
 * How fast telemetry goes in: OTLP spans from file to queryable, against DuckDB on the same file in the same run; first
 * rows; and a 1 GB bundle of three signals within bounded memory. `npm run bench -- ingest`; with `--small` a tenth of
 * the data and no budgets.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateLogs, generateMetrics, generateTraces } from './generate-otlp.ts';
import type { IngestFigures } from './ingest-run.ts';

const RUNS = 3;
const MIN_SPANS_PER_SECOND = 120_000;
const MIN_TIMES_DUCKDB = 3;
const MAX_FIRST_ROW_MS = 2_000;
const MAX_RSS_BYTES = 600e6;

const isSmall = process.argv.includes('--small');
const scale = isSmall ? 0.1 : 1;
const folder = mkdtempSync(join(tmpdir(), 'bench-ingest-'));
const missed: string[] = [];

function run<T>(script: string, args: readonly string[]): T {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
}
function removeCase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-lock', '.wal']) rmSync(path + suffix, { force: true });
}
function ingest(paths: readonly string[]): IngestFigures & { readonly caseBytes: number } {
  const caseFile = join(folder, 'bench.case');
  removeCase(caseFile);
  const figures = run<IngestFigures>('./ingest-run.ts', [caseFile, ...paths]);
  return { ...figures, caseBytes: statSync(caseFile).size };
}
function duckdb(path: string): { readonly seconds: number; readonly spans: number } {
  const database = join(folder, 'bench.duckdb');
  removeCase(database);
  return run('./duckdb-run.ts', [database, path]);
}
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
function show(what: string, figure: string, budget: string, isKept: boolean): void {
  console.log(`${isKept ? 'ok    ' : 'MISSED'} ${what.padEnd(44)} ${figure.padStart(14)}   ${budget}`);
  if (!isKept && !isSmall) missed.push(what);
}

function benchSpans(): void {
  const file = generateTraces(join(folder, 'traces.jsonl'), 250e6 * scale, 'ingest');
  // One after the other in turn, so that a noisy minute falls on both.
  const pairs = Array.from({ length: RUNS }, () => ({ ours: ingest([file.path]), theirs: duckdb(file.path) }));
  for (const { ours, theirs } of pairs) {
    if (ours.spans !== file.records || theirs.spans !== file.records) throw new Error('spans were lost');
  }
  const rate = file.records / median(pairs.map(({ ours }) => ours.seconds));
  const duckdbRate = file.records / median(pairs.map(({ theirs }) => theirs.seconds));
  const firstRowMs = median(pairs.map(({ ours }) => ours.firstRowMs));
  const ratio = rate / duckdbRate;
  const bytesPerSpan = (pairs[0]?.ours.caseBytes ?? 0) / file.records;
  console.log(`${file.records} spans, ${(file.bytes / 1e6).toFixed(0)} MB of OTLP JSON lines, median of ${RUNS}`);
  show(
    'OTLP spans to queryable, per second',
    rate.toFixed(0),
    `≥ ${MIN_SPANS_PER_SECOND}`,
    rate >= MIN_SPANS_PER_SECOND,
  );
  show('the same in DuckDB, per second', duckdbRate.toFixed(0), '', true);
  show('times DuckDB', ratio.toFixed(2), `≥ ${MIN_TIMES_DUCKDB}`, ratio >= MIN_TIMES_DUCKDB);
  show('first row queryable, ms', firstRowMs.toFixed(0), `< ${MAX_FIRST_ROW_MS}`, firstRowMs < MAX_FIRST_ROW_MS);
  show('case bytes per span', bytesPerSpan.toFixed(0), '', true);
  rmSync(file.path);
}

function benchBundle(): void {
  const files = [
    generateTraces(join(folder, 'traces.jsonl'), 450e6 * scale, 'bundle traces'),
    generateLogs(join(folder, 'logs.jsonl'), 350e6 * scale, 'bundle logs'),
    generateMetrics(join(folder, 'metrics.jsonl'), 224e6 * scale, 'bundle metrics'),
  ];
  const figures = ingest(files.map(({ path }) => path));
  const records = files.reduce((total, file) => total + file.records, 0);
  if (figures.records !== records) throw new Error(`${records - figures.records} records were lost`);
  const { seconds, peakRssBytes, firstRowMs, maxQueueDepth } = figures;
  console.log(`\n${records} spans, logs and points, ${(figures.bytes / 1e6).toFixed(0)} MB in three files`);
  show('bundle to queryable with full text, seconds', seconds.toFixed(1), '', true);
  show('records per second', (records / seconds).toFixed(0), '', true);
  show(
    'peak resident memory, MB',
    (peakRssBytes / 1e6).toFixed(0),
    `≤ ${MAX_RSS_BYTES / 1e6}`,
    peakRssBytes <= MAX_RSS_BYTES,
  );
  show('first row queryable, ms', firstRowMs.toFixed(0), `< ${MAX_FIRST_ROW_MS}`, firstRowMs < MAX_FIRST_ROW_MS);
  show('deepest queue between threads, messages', String(maxQueueDepth), '≤ 6', maxQueueDepth <= 6);
}

try {
  benchSpans();
  benchBundle();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (missed.length > 0) {
  console.error(`missed: ${missed.join(', ')}`);
  process.exitCode = 1;
}
