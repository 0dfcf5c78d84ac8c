// Starts the benches of test/perf on the finished bundle.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../bundle/freshness.mjs';
import { ensureBundle } from './run-command-line.mjs';

const SUFFIX = '.bench.ts';

/**
 * @param {readonly string[]} args names of benches (all when empty); what starts with `-` goes to each bench
 * @returns {Promise<number>} exit code: 0 when every bench kept its budget
 */
export async function runBenches(args) {
  await ensureBundle();
  const folder = join(repositoryRoot, 'test', 'perf');
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .sort();
  const asked = args.filter((argument) => !argument.startsWith('-'));
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length > 0 || names.length === 0) {
    process.stderr.write(`No bench ${unknown.join(', ')} in test/perf; there are: ${names.join(', ') || 'none'}\n`);
    return 2;
  }
  const failed = [];
  for (const name of asked.length > 0 ? asked : names) {
    console.log(`\n== ${name}`);
    const { status } = spawnSync(
      process.execPath,
      [join(folder, name + SUFFIX), ...args.filter((argument) => argument.startsWith('-'))],
      { cwd: repositoryRoot, stdio: 'inherit', env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' } },
    );
    if (status !== 0) failed.push(name);
  }
  console.log(failed.length === 0 ? '\nevery budget kept' : `\nmissed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
}
