/**
 * Cancelling an import, at any moment and whatever its threads are busy with, ends it within half a second, leaves whole
 * batches only, and the next import goes on to exactly the rows of an undisturbed one. The seed is printed;
 * PROPERTY_SEED=… repeats the moments.
 */
import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createRandom } from '../../shared/base/random.ts';
import { createEngine } from '../../shared/engine/engine.ts';
import { generateLogs, generateTraces } from '../perf/generate-otlp.ts';
import { WANTED_SEED } from '../support/wanted-seed.ts';
import { stateOfCase } from './case-state.ts';
import { useTemporaryFolder } from './temporary-case.ts';

const temporary = useTemporaryFolder();
const CHILD = fileURLToPath(new URL('./cancel-child.ts', import.meta.url));
const PRELOAD = new URL('./crash-preload.ts', import.meta.url).href;
const CANCELS = 5;
/** Twenty times what is promised, for machines of any speed. */
const CANCEL_MS = 10_000;
const HANG_MS = 60_000;

it('ends an import at any moment, with whole batches', async () => {
  console.log(`cancel.test: PROPERTY_SEED=${WANTED_SEED}`);
  const random = createRandom(String(WANTED_SEED));
  const paths = [
    generateTraces(temporary('traces.jsonl'), 6e6, 'cancel').path,
    generateLogs(temporary('logs.jsonl'), 4e6, 'cancel').path,
  ];
  const undisturbedCase = temporary('whole.case');
  const whole = await createEngine({ caseFile: undisturbedCase });
  const started = performance.now();
  await (
    await whole.import({ paths })
  ).result;
  const wholeMs = performance.now() - started;
  await whole.close();
  const undisturbed = stateOfCase(undisturbedCase);

  const caseFile = temporary('cancelled.case');
  const engine = await createEngine({ caseFile });
  const tookMs: number[] = [];
  for (let round = 0; round < CANCELS; round++) {
    const { id, result } = await engine.import({ paths });
    const ended = result.then(
      () => 'succeeded',
      (error: unknown) => (error as { readonly code?: string }).code,
    );
    // The first one at once: it strikes a running import however quick the machine has become meanwhile.
    if (round > 0) await wait(random.uniform(0, wholeMs * 0.9));
    const asked = performance.now();
    const wasRunning = await engine.cancel(id);
    const ending = await ended;
    // One cancelled in its last moments may already have everything.
    if (ending !== 'succeeded') expect(ending).toBe('cancelled');
    if (wasRunning) tookMs.push(performance.now() - asked);
    const left = stateOfCase(caseFile);
    expect(left).toMatchObject({ integrity: 'ok', brokenReferences: 0, distinctSpans: left.spans });
    expect(left.countedInFiles).toBe(left.spans + left.logs);
  }
  await (
    await engine.import({ paths })
  ).result;
  await engine.close();
  console.log(`cancel.test: ended after ${tookMs.map((ms) => Math.round(ms)).join(', ')} ms`);
  expect(stateOfCase(caseFile)).toEqual(undisturbed);
  expect(tookMs.length).toBeGreaterThan(0);
  expect(Math.max(...tookMs)).toBeLessThan(CANCEL_MS);
});

it('ends an import whose parser never returns to its event loop', async () => {
  const traces = generateTraces(temporary('traces.jsonl'), 16e6, 'stall');
  const mark = temporary('stalled');
  const output = await new Promise<string>((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', PRELOAD, CHILD, temporary('stall.case'), mark, traces.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, CRASH_ROLE: 'parser', CRASH_KIND: 'stall', CRASH_MARK: mark },
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const timer = setTimeout(() => child.kill('SIGKILL'), HANG_MS);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(text);
      else reject(new Error(`the child ended by ${signal ?? code} (SIGKILL: it hung)\n${text}`));
    });
  });
  const { cancelMs, ...outcome } = JSON.parse(output) as { readonly cancelMs: number };
  expect(outcome).toMatchObject({ code: 'cancelled', statuses: ['cancelled'], records: { spans: traces.records } });
  expect(cancelMs).toBeLessThan(CANCEL_MS);
  const { spans, distinctSpans, integrity } = stateOfCase(temporary('stall.case'));
  expect({ spans, distinctSpans, integrity }).toEqual({
    spans: traces.records,
    distinctSpans: traces.records,
    integrity: 'ok',
  });
});
