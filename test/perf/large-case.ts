/**
 * The large case that views and page are measured on: 5 M spans with a trace of 100,000 among them, 5 M log records, 10 M
 * metric points, 10,000 alerts, analysed. Making it takes minutes, so it is kept under `out/bench`, by schema and generator;
 * deleting it costs the next run these minutes.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newestSchemaVersion } from '../../shared/engine/storage/migrations/migrate-case.ts';
import type { AnalysisCaseSize } from './analysis-case.ts';
import { isSmall, loadAverage } from './bench-lines.ts';
import { removeDatabase, runScript } from './run-script.ts';

/** Raised when the generator writes something else. */
const GENERATOR_VERSION = 2;
const SCALE = isSmall ? 0.05 : 1;
export const LARGE_CASE: AnalysisCaseSize = {
  services: 300,
  minutes: 60,
  spans: 5e6 * SCALE,
  logs: 5e6 * SCALE,
  alerts: 10_000,
  metricStepMs: 1_080 / SCALE,
  hasLogAttributes: true,
  longTraceSpans: 100_000,
};
/** Start of the first record, Unix nanoseconds. */
export const LARGE_CASE_ORIGIN = 1_700_000_000_000_000_000n;
export const LONG_TRACE_ID = '10ad7ace000000000000000000000001';
const folder = fileURLToPath(new URL('../../out/bench/', import.meta.url));

/** Its path; made first unless it is there. Benches copy it before they write into it. */
export function largeCase(): string {
  const stem = `large-${newestSchemaVersion()}-${GENERATOR_VERSION}${isSmall ? '-small' : ''}`;
  const caseFile = join(folder, `${stem}.faultline`);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(caseFile)) {
    removeOlder();
    const draft = join(folder, 'draft.faultline');
    removeDatabase(draft);
    const { writeSeconds, analyseSeconds } = runScript<{ writeSeconds: number; analyseSeconds: number }>(
      './write-large-case.ts',
      [draft, JSON.stringify(LARGE_CASE)],
    );
    renameSync(draft, caseFile);
    console.log(`the case was written in ${writeSeconds.toFixed(0)} s and analysed in ${analyseSeconds.toFixed(0)} s`);
  }
  const megabytes = (statSync(caseFile).size / 1e6).toFixed(0);
  console.log(`${caseFile}, ${megabytes} MB, kept for the next run; ${loadAverage()}`);
  return caseFile;
}

/** Of another schema or generator: nobody opens them again. */
function removeOlder(): void {
  for (const name of readdirSync(folder)) {
    if (/^large-[\d-]+\.faultline$/.test(name) && !isSmall) rmSync(join(folder, name), { force: true });
  }
}
