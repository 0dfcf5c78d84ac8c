/**
 * A process that is killed while it imports leaves a case that opens, holds every finished batch once, and lets the next
 * import go on to exactly the rows of one that nobody disturbed. The kill is SIGKILL at random moments: of the whole run,
 * while indexes and full text are built, and again while the import is repeated. The seed is printed;
 * PROPERTY_SEED=… repeats the moments.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
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
const KILLS = 4;
/** On a busy machine the news of the stage may come after it: then again. */
const TRIES = 4;

interface ChildRun {
  /** Rows the child was told are saved before it ended. */
  readonly rowsReported: number;
  readonly isDone: boolean;
  readonly stages: readonly string[];
  readonly milliseconds: number;
}
interface KillMoment {
  /** Counted from when this is first printed; undefined = from the start of the process. */
  readonly after?: RegExp;
  readonly milliseconds: number;
}
function runChild(caseFile: string, paths: readonly string[], kill: KillMoment | undefined): Promise<ChildRun> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, [CHILD, caseFile, ...paths], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    let timer: NodeJS.Timeout | undefined;
    const arm = (): void => {
      if (kill && !timer && (!kill.after || kill.after.test(output)))
        timer = setTimeout(() => child.kill('SIGKILL'), kill.milliseconds);
    };
    arm();
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      arm();
    });
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      const reports = [...output.matchAll(/^(\d+) (.*)$/gm)];
      resolve({
        rowsReported: Math.max(0, ...reports.map((match) => Number(match[1]))),
        stages: reports.map((match) => match[2] ?? ''),
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

it('leaves a case that opens and goes on, wherever it is killed', { timeout: 120_000 }, async () => {
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

  const someMoment = (): KillMoment => ({ milliseconds: whole.milliseconds * random.uniform(0.25, 0.95) });
  const finishing = (): KillMoment => ({ after: / (indexing|full text)$/m, milliseconds: random.uniform(0, 30) });
  let interrupted = 0;
  let interruptedFinishing = 0;
  for (let round = 0; round < KILLS; round++) {
    const caseFile = temporary(`killed-${round}.case`);
    const isFinishing = round % 2 === 1;
    let first = await runChild(caseFile, paths, isFinishing ? finishing() : someMoment());
    for (let attempt = 1; isFinishing && first.isDone && attempt < TRIES; attempt++) {
      rmSync(caseFile);
      first = await runChild(caseFile, paths, finishing());
    }
    if (await checkKilled(caseFile, first)) {
      interrupted++;
      if (first.stages.some((stage) => stage === 'indexing' || stage === 'full text')) interruptedFinishing++;
    }
    if (round >= 2) await checkKilled(caseFile, await runChild(caseFile, paths, someMoment()));

    await withEngine(caseFile, async (engine) => (await engine.import({ paths })).result);
    expect(stateOfCase(caseFile)).toEqual(undisturbed);
  }
  console.log(`kill.test: ${interrupted} of ${KILLS} struck a running import, ${interruptedFinishing} its finishing`);
  expect(interruptedFinishing).toBeGreaterThan(0);
});
