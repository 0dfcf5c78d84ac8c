/**
 * A full or unwritable disk, or a second program, ends in one sentence that says what to do; what was saved stays and the
 * next import goes on. On real small file systems (tmpfs), which only root can mount: skipped with a warning otherwise.
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, type TestContext } from 'vitest';
import { createEngine } from '../../shared/engine/engine.ts';
import type { Engine, EngineOptions } from '../../shared/engine/engine-interface.ts';
import { generateLogs, generateTraces } from '../perf/generate-otlp.ts';
import { tarOf, zipOf } from '../support/archive-builder.ts';
import { eventually } from '../support/eventually.ts';
import { stateOfCase } from './case-state.ts';
import { useTemporaryFolder } from './temporary-case.ts';

const CHILD = fileURLToPath(new URL('./import-child.ts', import.meta.url));
const PRELOAD = new URL('./crash-preload.ts', import.meta.url).href;
const engines: Engine[] = [];
const mounted: string[] = [];
const temporaryFolderBefore = process.env['TMPDIR'];
const temporary = useTemporaryFolder();
// Hooks run last to first: engines close and file systems go before the folder they lie in.
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
  for (const folder of mounted.splice(0)) execFileSync('umount', ['--lazy', folder]);
  if (temporaryFolderBefore === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = temporaryFolderBefore;
});

async function engineOn(caseFile: string, options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await createEngine({ caseFile, ...options });
  engines.push(engine);
  return engine;
}
function mountSmall(name: string, options: string, { skip }: TestContext): string {
  const folder = temporary(name);
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    console.warn(`SKIPPED: a small file system cannot be mounted here (not root?): ${String(error)}`);
    skip('no right to mount a small file system');
  }
  mounted.push(folder);
  return folder;
}
function importOutcome(engine: Engine, paths: readonly string[]): Promise<unknown> {
  return engine.import({ paths }).then(({ result }) => result.catch((error: unknown) => error));
}

it('a full disk fails the import with a sentence and keeps finished batches', async (context) => {
  const disk = mountSmall('disk', 'size=8m', context);
  const { path, records } = generateTraces(temporary('t.jsonl'), 20e6, 'full disk');
  const filler = `${disk}/filler`;
  writeFileSync(filler, Buffer.alloc(1e6));
  const caseFile = `${disk}/full.case`;
  const engine = await engineOn(caseFile);
  expect(await importOutcome(engine, [path])).toMatchObject({
    code: 'resource_exhausted',
    message: expect.stringMatching(/full.case: .*full.*\(SQLITE_(FULL|IOERR)/) as unknown,
  });
  expect(await engine.jobs()).toMatchObject([{ status: 'failed', error: expect.stringContaining('full') as unknown }]);
  rmSync(filler);
  await engine.close();
  const left = stateOfCase(caseFile);
  expect(left).toMatchObject({ integrity: 'ok', brokenReferences: 0, distinctSpans: left.spans });
  expect(left.countedInFiles).toBe(left.spans);
  expect(left.spans).toBeGreaterThan(0);

  execFileSync('mount', ['-o', 'remount,size=200m', disk]);
  expect(await importOutcome(await engineOn(caseFile), [path])).toMatchObject({ totals: {} });
  expect(stateOfCase(caseFile)).toMatchObject({ spans: records, distinctSpans: records, countedInFiles: records });
});

it('a full temporary folder fails the import with a sentence, and leaves no litter', async (context) => {
  const folder = mountSmall('tmp', 'size=1m', context);
  const logs = generateLogs(temporary('logs.jsonl'), 1e6, 'full temp');
  const zip = zipOf([{ name: 'noise.bin', content: randomBytes(3e6) }]);
  const archive = temporary('bundle.tar');
  writeFileSync(
    archive,
    tarOf([
      { name: 'logs.jsonl', content: readFileSync(logs.path) },
      { name: 'inner.zip', content: zip },
    ]),
  );
  process.env['TMPDIR'] = folder;
  const caseFile = temporary('temp.case');
  const engine = await engineOn(caseFile);
  expect(await importOutcome(engine, [archive])).toMatchObject({
    code: 'resource_exhausted',
    message: expect.stringContaining(`The temporary folder ${folder} is full`) as unknown,
  });
  expect(await engine.jobs()).toMatchObject([{ status: 'failed' }]);
  expect(readdirSync(folder)).toEqual([]);
  expect(stateOfCase(caseFile)).toMatchObject({ integrity: 'ok', logs: logs.records, countedInFiles: logs.records });

  execFileSync('mount', ['-o', 'remount,size=20m', folder]);
  expect(await importOutcome(engine, [archive])).toMatchObject({ totals: {} });
  expect(stateOfCase(caseFile)).toMatchObject({ logs: logs.records, countedInFiles: logs.records });
});

it('a folder that cannot be written is named, for the case and for temporary files', async (context) => {
  const folder = mountSmall('locked', 'ro,size=1m', context);
  const asked = engineOn(`${folder}/new.case`);
  await expect(asked).rejects.toMatchObject({ name: 'EngineError' });
  await expect(asked).rejects.toThrow(/locked\/new\.case cannot be created or written here/);
  const archive = temporary('bundle.tar');
  writeFileSync(archive, tarOf([{ name: 'inner.zip', content: zipOf([{ name: 'a.txt', content: 'a' }]) }]));
  process.env['TMPDIR'] = folder;
  expect(await importOutcome(await engineOn(temporary('a.case')), [archive])).toMatchObject({
    code: 'permission_denied',
    message: expect.stringContaining(`The temporary folder ${folder} cannot be written`) as unknown,
  });
});

it('a second process that wants to write is refused, and the first goes on', async () => {
  const { path, records } = generateTraces(temporary('t.jsonl'), 12e6, 'two processes');
  const caseFile = temporary('shared.case');
  const mark = temporary('held');
  const child = spawn(process.execPath, ['--import', PRELOAD, CHILD, caseFile, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CRASH_ROLE: 'writer', CRASH_KIND: 'hold indexing', CRASH_MARK: mark },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  const ended = new Promise((resolve) => child.on('close', resolve));
  // It holds still by itself, so that it certainly has the case open meanwhile.
  await eventually(() => expect(existsSync(mark)).toBe(true));
  const refused = await engineOn(caseFile).catch((error: unknown) => error);
  child.kill('SIGCONT');
  expect(refused).toMatchObject({ code: 'unavailable' });
  expect(String(refused)).toMatch(/another program is writing to this case/);
  expect(await ended).toBe(0);
  expect(output).toMatch(/^done$/m);
  const engine = await engineOn(caseFile);
  expect(await engine.jobs()).toMatchObject([{ status: 'succeeded' }]);
  expect(stateOfCase(caseFile)).toMatchObject({ spans: records, distinctSpans: records, integrity: 'ok' });
});
