/**
 * A thread that dies fails the job it worked for with a sentence, and only that: history says so, the next job runs on a
 * new thread, nothing is lost or doubled, and the process ends by itself.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { generateLogs, generateTraces } from '../perf/generate-otlp.ts';
import { useTemporaryFolder } from './temporary-case.ts';

const temporary = useTemporaryFolder();
const CHILD = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
const PRELOAD = new URL('./crash-preload.ts', import.meta.url).href;
const HANG_MS = 60_000;

interface Outcome {
  readonly steps: readonly string[];
  readonly jobs: readonly string[];
  readonly records: { readonly spans?: number; readonly logRecords?: number };
}
function runChild(role: string, paths: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', PRELOAD, CHILD, temporary(`${role}.case`), ...paths], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CRASH_ROLE: role, CRASH_MARK: temporary('crashed') },
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const timer = setTimeout(() => child.kill('SIGKILL'), HANG_MS);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(JSON.parse(output) as Outcome);
      else reject(new Error(`the child ended by ${signal ?? code} (SIGKILL: it hung)\n${output}\n${errors}`));
    });
  });
}

it.each([
  ['parser', 0],
  ['writer', 0],
  ['analysis', 1],
])('a crashed %s fails its job and is replaced', async (role, crashedStep) => {
  const traces = generateTraces(temporary('traces.jsonl'), 16e6, 'crash');
  const logs = generateLogs(temporary('logs.jsonl'), 8e6, 'crash');
  const { steps, jobs, records } = await runChild(role, [traces.path, logs.path]);
  expect(steps[crashedStep]).toMatch(/^unavailable: The (parser|writer|analysis) thread ended.*planted crash/);
  expect(steps.filter((_, i) => i !== crashedStep)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  expect(jobs[crashedStep]).toMatch(/ failed$/);
  expect(jobs.filter((job) => job.endsWith(' succeeded'))).toHaveLength(3);
  expect(records).toMatchObject({ spans: traces.records, logRecords: logs.records });
});
