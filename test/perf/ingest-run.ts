/**
 * One measured import in a process of its own, so that its peak memory is its own: `node ingest-run.ts CASE PATH…`.
 * Prints one line of JSON. The engine is the one that ships, dist/engine.
 */
import { peakRssBytes } from './process-memory.ts';

export interface IngestFigures {
  readonly seconds: number;
  readonly spans: number;
  readonly records: number;
  readonly bytes: number;
  /** After the import was asked for, until a query saw a row. */
  readonly firstRowMs: number;
  /** Highest resident set of the process with all its threads. */
  readonly peakRssBytes: number;
  readonly maxQueueDepth: number;
}

const POLL_MS = 20;
const ANY_ROW =
  'SELECT EXISTS (SELECT 1 FROM spans) OR EXISTS (SELECT 1 FROM log_records) OR EXISTS (SELECT 1 FROM metric_points)';

type EngineModule = typeof import('../../shared/engine/engine.ts');
const bundle = new URL('../../dist/engine/engine.js', import.meta.url).href;
const { createEngine } = (await import(bundle)) as EngineModule;

async function measure(caseFile: string, paths: readonly string[]): Promise<IngestFigures> {
  const started = performance.now();
  const engine = await createEngine({ caseFile });
  const { result } = await engine.import({ paths });
  let isOver = false;
  const firstRow = (async () => {
    for (;;) {
      for await (const { values } of engine.query({ sql: ANY_ROW }))
        if (values[0]?.[0] === 1) return performance.now() - started;
      if (isOver) return performance.now() - started;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  })();
  const report = await result;
  const seconds = (performance.now() - started) / 1000;
  isOver = true;
  const firstRowMs = await firstRow;
  const queues = await engine.queues();
  await engine.close();
  const { spans = 0, logRecords = 0, metricPoints = 0 } = report.totals.records;
  return {
    seconds,
    spans,
    records: spans + logRecords + metricPoints,
    bytes: report.bytes,
    firstRowMs,
    peakRssBytes: peakRssBytes(),
    maxQueueDepth: Math.max(0, ...queues.map(({ maxDepth }) => maxDepth)),
  };
}

const [caseFile, ...paths] = process.argv.slice(2);
if (caseFile === undefined || paths.length === 0) throw new Error('usage: ingest-run.ts CASE PATH…');
console.log(JSON.stringify(await measure(caseFile, paths)));
