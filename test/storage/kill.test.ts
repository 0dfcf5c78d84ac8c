/**
 * A process that is killed while it imports leaves a case that opens, holds every finished batch once, and lets the next
 * import go on. The kill is SIGKILL at moments spread over the run, indexing and full text included.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createEngine } from '../../shared/engine/engine.ts';
import type { Engine } from '../../shared/engine/engine-interface.ts';
import { openCaseForReading } from '../../shared/engine/storage/case-database.ts';
import { generateLogs, generateTraces } from '../perf/generate-otlp.ts';
import { useTemporaryFolder } from './temporary-case.ts';

const temporary = useTemporaryFolder();
const CHILD = fileURLToPath(new URL('./import-child.ts', import.meta.url));

interface ChildRun {
  /** Rows the child was told are saved before it ended. */
  readonly rowsReported: number;
  readonly isDone: boolean;
  readonly milliseconds: number;
}
function runChild(caseFile: string, paths: readonly string[], killAfterMs: number | undefined): Promise<ChildRun> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, [CHILD, caseFile, ...paths], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      const rows = [...output.matchAll(/^(\d+) /gm)].map((match) => Number(match[1]));
      resolve({
        rowsReported: Math.max(0, ...rows),
        isDone: output.includes('done'),
        milliseconds: performance.now() - started,
      });
    });
  });
}

interface CaseState {
  readonly integrity: string;
  readonly spans: number;
  readonly logs: number;
  readonly distinctSpans: number;
  readonly countedInFiles: number;
  readonly indexedLogs: number;
}
function stateOf(caseFile: string): CaseState {
  const database = openCaseForReading(caseFile);
  const number = (sql: string): number => Number(database.prepare(sql).pluck().get() ?? 0);
  const state = {
    integrity: String(database.pragma('integrity_check', { simple: true })),
    spans: number('SELECT count(*) FROM spans'),
    logs: number('SELECT count(*) FROM log_records'),
    distinctSpans: number('SELECT count(*) FROM (SELECT DISTINCT trace_row, span_id FROM spans)'),
    countedInFiles: number(
      "SELECT sum(coalesce(records ->> 'spans', 0) + coalesce(records ->> 'logRecords', 0)) FROM source_files",
    ),
    indexedLogs: number(
      "SELECT count(*) FROM log_text WHERE log_text MATCH 'request OR cache OR connection OR retrying'",
    ),
  };
  expect(database.pragma('foreign_key_check')).toEqual([]);
  database.close();
  return state;
}
async function withEngine<T>(caseFile: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await createEngine({ caseFile });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

it('leaves a case that opens and goes on, wherever it is killed', { timeout: 120_000 }, async () => {
  const traces = generateTraces(temporary('traces.jsonl'), 12e6, 'kill');
  const logs = generateLogs(temporary('logs.jsonl'), 6e6, 'kill');
  const paths = [traces.path, logs.path];
  const whole = await runChild(temporary('whole.case'), paths, undefined);
  expect(whole.isDone).toBe(true);
  const expected = { spans: traces.records, logs: logs.records, distinctSpans: traces.records, integrity: 'ok' };
  expect(stateOf(temporary('whole.case'))).toMatchObject({ ...expected, indexedLogs: logs.records });

  let kills = 0;
  for (const share of [0.4, 0.6, 0.75, 0.9]) {
    const caseFile = temporary(`killed-${share}.case`);
    const killed = await runChild(caseFile, paths, whole.milliseconds * share);
    if (killed.isDone) continue;
    kills++;
    const statuses = await withEngine(caseFile, async (engine) => (await engine.jobs()).map(({ status }) => status));
    expect(statuses.every((status) => status === 'interrupted')).toBe(true);
    const left = stateOf(caseFile);
    expect(left.integrity).toBe('ok');
    expect(left.distinctSpans).toBe(left.spans);
    expect(left.countedInFiles).toBe(left.spans + left.logs);
    expect(left.spans + left.logs).toBeGreaterThanOrEqual(killed.rowsReported);

    await withEngine(caseFile, async (engine) => (await engine.import({ paths })).result);
    expect(stateOf(caseFile)).toMatchObject({ ...expected, indexedLogs: logs.records });
  }
  expect(kills).toBeGreaterThan(1);
});
