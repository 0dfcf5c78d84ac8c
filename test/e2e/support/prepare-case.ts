/**
 * Case files for specs: a bundle is investigated once per run of the suite and the finished file copied for each test,
 * so that a test may change its case as it likes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const entry = join(root, 'build', 'launch', 'faultline.mjs');
const cacheFolder = join(root, 'out', 'e2e-cases');

/** Path of a bundle: that of an included demo by its name, or a path as it is. */
export async function bundlePath(nameOrPath: string): Promise<string> {
  if (nameOrPath.includes('/')) return nameOrPath;
  const folder = join(root, 'build', 'demo', nameOrPath);
  const file = (await readdir(folder)).find((name) => /^bundle(\.|$)/.test(name));
  if (file === undefined) throw new Error(`There is no demo ${nameOrPath} in build/demo.`);
  return join(folder, file);
}

/** Investigates the bundle unless that was done before with this engine, and puts a copy of the case into `folder`. */
export async function prepareCase(bundle: string, folder: string): Promise<string> {
  const path = await bundlePath(bundle);
  const [bundleStat, engineStat] = await Promise.all([stat(path), stat(join(root, 'dist/engine/sources.stamp'))]);
  const key = createHash('sha256')
    .update(`${path}\n${bundleStat.mtimeMs}\n${bundleStat.size}\n${engineStat.mtimeMs}`)
    .digest('hex')
    .slice(0, 16);
  const cached = join(cacheFolder, `${key}.faultline`);
  if (!(await stat(cached).catch(() => undefined))) await investigate(path, cached);
  const caseFile = join(folder, 'case.faultline');
  await copyFile(cached, caseFile);
  return caseFile;
}

/** Under another name first: two workers may do this at once. */
async function investigate(bundle: string, cached: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const work = `${cached}.${process.pid}.faultline`;
  const child = spawn(process.execPath, [entry, 'investigate', bundle, '--case', work, '--json'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const [code] = (await once(child, 'close')) as [number | null];
  // 3: nothing unusual was found, which is an answer as well.
  if (code !== 0 && code !== 3) {
    await rm(work, { force: true });
    throw new Error(`faultline investigate ${bundle} ended with ${code}:\n${log}`);
  }
  await rename(work, cached);
}
