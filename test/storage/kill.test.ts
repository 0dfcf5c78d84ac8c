/**
 * A process that is killed while it imports leaves a case that opens, holds every finished batch once, and lets the next
 * import go on to exactly the rows of one that nobody disturbed. The kill is SIGKILL: at random moments of the whole run,
 * as indexes and full text are begun, and again while the import is repeated. The seed is printed; PROPERTY_SEED=…
 * repeats the moments.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createRandom } from '../../shared/base/random.ts';
import { createEngine } from '../../shared/engine/engine.ts';
import type { Engine, JobRecord } from '../../shared/engine/engine-interface.ts';
import { generateLogs, generateTraces } from '../perf/generate-otlp.ts';
import { WANTED_SEED } from '../support/wanted-seed.ts';
import { stateOfCase } from './case-state.ts';
import { useTemporaryFolder } from './temporary-case.ts';

const temporary = useTemporaryFolder();
const CHILD = fileURLToPath(new URL('./import-child.ts', import.meta.url));
const PRELOAD = new URL('./crash-preload.ts', import.meta.url).href;
/** Where the process kills itself in each round; undefined = it is killed from outside, wherever that strikes. */
const ROUNDS = [undefined, 'indexing', undefined, 'full text'];

interface ChildRun {
  /** Rows the child was told are saved before it ended. */
  readonly rowsReported: number;
  readonly isDone: boolean;
  readonly milliseconds: number;
}
/** After so many milliseconds, or as the writer comes to that stage. */
type KillMoment = number | string | undefined;

function runChild(caseFile: string, paths: readonly string[], kill: KillMoment): Promise<ChildRun> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, ['--import', PRELOAD, CHILD, caseFile, ...paths], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        ...(typeof kill === 'string' && {
          CRASH_ROLE: 'writer',
          CRASH_KIND: `kill ${kill}`,
          CRASH_MARK: `${caseFile}.mark`,
        }),
      },
    });
    const timer = typeof kill === 'number' ? setTimeout(() => child.kill('SIGKILL'), kill) : undefined;
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      const reports = [...output.matchAll(/^(\d+) (.*)$/gm)];
      resolve({
        rowsReported: Math.max(0, ...reports.map((match) => Number(match[1]))),
        isDone: /^done$/m.test(output),
        milliseconds: performance.now() - started,
      });
    });
  });
}

async function withEngine<T>(caseFile: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await createEngine({ caseFile });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}
/** What must hold after any kill. Answers whether the kill struck while a job ran. */
async function checkKilled(caseFile: string, killed: ChildRun): Promise<boolean> {
  const jobs = await withEngine<readonly JobRecord[]>(caseFile, (engine) => engine.jobs());
  // One that struck before the job was written down, or after it was, has nothing to mark.
  expect(jobs.filter(({ status }) => status !== 'interrupted' && status !== 'succeeded')).toEqual([]);
  const left = stateOfCase(caseFile);
  expect(left.integrity).toBe('ok');
  expect(left.brokenReferences).toBe(0);
  expect(left.distinctSpans).toBe(left.spans);
  expect(left.countedInFiles).toBe(left.spans + left.logs);
  expect(left.columnsAgree).toBe(true);
  expect(left.spans + left.logs).toBeGreaterThanOrEqual(killed.rowsReported);
  return jobs[0]?.status === 'interrupted';
}

it('leaves a case that opens and goes on, wherever it is killed', { timeout: 240_000 }, async () => {
  console.log(`kill.test: PROPERTY_SEED=${WANTED_SEED}`);
  const random = createRandom(String(WANTED_SEED));
  const traces = generateTraces(temporary('traces.jsonl'), 4e6, 'kill');
  const logs = generateLogs(temporary('logs.jsonl'), 5e6, 'kill');
  const paths = [traces.path, logs.path];
  const whole = await runChild(temporary('whole.case'), paths, undefined);
  expect(whole.isDone).toBe(true);
  const undisturbed = stateOfCase(temporary('whole.case'));
  expect(undisturbed).toMatchObject({
    spans: traces.records,
    logs: logs.records,
    indexedLogs: logs.records,
    columnsAgree: true,
  });

  const someMoment = (): KillMoment => whole.milliseconds * random.uniform(0.25, 0.95);
  let interrupted = 0;
  for (const [round, stage] of ROUNDS.entries()) {
    const caseFile = temporary(`killed-${round}.case`);
    const isInterrupted = await checkKilled(caseFile, await runChild(caseFile, paths, stage ?? someMoment()));
    if (isInterrupted) interrupted++;
    if (stage !== undefined) expect(isInterrupted, stage).toBe(true);
    if (round >= 2) await checkKilled(caseFile, await runChild(caseFile, paths, someMoment()));

    await withEngine(caseFile, async (engine) => (await engine.import({ paths })).result);
    expect(stateOfCase(caseFile)).toEqual(undisturbed);
  }
  console.log(`kill.test: ${interrupted} of ${ROUNDS.length} struck a running import`);
});
