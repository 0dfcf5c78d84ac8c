/**
 * Analysis from request to stored answer, loading included, on the case of `analysis-case.ts`; cancelling at moments
 * spread over it; and the same answer from one and from two parse threads: `npm run bench -- analysis`.
 */
import { join } from 'node:path';
import { createEngine } from '../../shared/engine/engine.ts';
import { writeAnalysisCase } from './analysis-case.ts';
import type { AnalysisFigures } from './analysis-run.ts';
import { BenchLines, isSmall, loadAverage, median } from './bench-lines.ts';
import { generateLogs, generateTraces } from './generate-otlp.ts';
import { inTemporaryFolder, runScript } from './run-script.ts';

const RUNS = 3;
const SCALE = isSmall ? 0.1 : 1;
const SIZE = { services: 300, minutes: 60, spans: 1e6 * SCALE, logs: 1e6 * SCALE, alerts: 2_000 };
const MAX_SECONDS = 10;
const MAX_CANCEL_MS = 500;
const MIN_PROGRESS_EVENTS = 5;
const CANCEL_AT_SHARES = [0.05, 0.2, 0.4, 0.55, 0.7, 0.85];

const lines = new BenchLines();
await inTemporaryFolder(async (folder) => {
  const caseFile = join(folder, 'analysis.case');
  writeAnalysisCase(caseFile, SIZE);
  const { services, minutes, spans, logs, alerts } = SIZE;
  console.log(
    `${services} services × ${minutes} min, ${spans} spans, ${logs} log records, ${alerts} alerts; ${loadAverage()}`,
  );
  const runs = Array.from({ length: RUNS }, () => runScript<AnalysisFigures>('./analysis-run.ts', [caseFile]));
  const seconds = median(runs.map((run) => run.seconds));
  for (const [stage, milliseconds] of runs[0]?.stages ?? [])
    console.log(`  ${stage.padEnd(42)} ${milliseconds.toFixed(0).padStart(6)} ms`);
  console.log(`  ${runs[0]?.title ?? ''}; ${loadAverage()}`);
  lines.add('analysis with loading, s', seconds.toFixed(2), `< ${MAX_SECONDS}`, seconds < MAX_SECONDS);
  const events = Math.min(...runs.map(({ progressEvents }) => progressEvents));
  lines.add('progress events', String(events), `≥ ${MIN_PROGRESS_EVENTS}`, isSmall || events >= MIN_PROGRESS_EVENTS);

  const moments = CANCEL_AT_SHARES.map((share) => String(Math.round(share * seconds * 1000)));
  const { cancelMs } = runScript<AnalysisFigures>('./analysis-run.ts', [caseFile, ...moments]);
  const slowest = Math.max(...cancelMs);
  lines.add(
    `slowest of ${cancelMs.length} cancels, ms`,
    slowest.toFixed(0),
    `< ${MAX_CANCEL_MS}`,
    cancelMs.length > 0 && slowest < MAX_CANCEL_MS,
  );
  const peakMb = median(runs.map((run) => run.peakRssBytes)) / 1e6;
  lines.add('analysis, peak resident memory, MB', peakMb.toFixed(0));

  const fingerprints = new Set(runs.map(({ fingerprint }) => fingerprint));
  const paths = [
    generateTraces(join(folder, 'traces.jsonl'), 20e6 * SCALE, 'threads').path,
    generateLogs(join(folder, 'logs.jsonl'), 10e6 * SCALE, 'threads').path,
  ];
  const ofThreads = new Set<string>();
  for (const parseThreads of [1, 2, 2])
    ofThreads.add(await fingerprintOf(join(folder, `threads-${performance.now()}.case`), paths, parseThreads));
  lines.add(
    'fingerprints of equal input, 1 and 2 threads',
    String(Math.max(fingerprints.size, ofThreads.size)),
    '= 1',
    fingerprints.size === 1 && ofThreads.size === 1,
  );
});
lines.finish();

async function fingerprintOf(caseFile: string, paths: readonly string[], parseThreads: number): Promise<string> {
  const engine = await createEngine({ caseFile, parseThreads });
  try {
    await (
      await engine.import({ paths })
    ).result;
    const { result } = await (await engine.analyze({})).result;
    return result.fingerprint;
  } finally {
    await engine.close();
  }
}
