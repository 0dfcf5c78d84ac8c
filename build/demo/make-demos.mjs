// Makes the demo incidents anew: `node build/demo/make-demos.mjs [NAME…]`. Same seed, same bytes. Each is simulated, its
// bundle packed as people hand one over (tar.gz with one folder), and its truth put beside it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Small enough to be kept in the repository, large enough to be a case. */
const SIZE = ['--services', '10', '--minutes', '30', '--rate', '0.3'];
/**
 * What each demo is: scenario and seed of `faultline simulate`.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const DEMOS = {
  'errors-after-deploy': ['--scenario', 'bad-deployment', '--seed', '7', ...SIZE],
  'partner-outage': ['--scenario', 'third-party-outage', '--seed', '12', ...SIZE],
  'slow-database': ['--scenario', 'slow-query', '--seed', '5', ...SIZE],
};

const here = fileURLToPath(new URL('.', import.meta.url));
const command = fileURLToPath(new URL('../launch/faultline.mjs', import.meta.url));

/** Runs a program and stops this one when it fails. */
function run(/** @type {string} */ program, /** @type {readonly string[]} */ args) {
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${String(status)}`);
}

const asked = process.argv.slice(2);
for (const [name, options] of Object.entries(DEMOS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const work = mkdtempSync(join(tmpdir(), 'faultline-demo-'));
  try {
    run(process.execPath, [command, 'simulate', ...options, '--out', work]);
    const folder = join(here, name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const tar = [
      '--sort=name',
      '--owner=0',
      '--group=0',
      '--numeric-owner',
      '--mtime=2026-01-01T00:00:00Z',
      '--mode=u=rwX,go=rX',
    ];
    run('tar', [...tar, '-C', work, '-I', 'gzip -9n', '-cf', join(folder, 'bundle.tar.gz'), 'bundle']);
    cpSync(join(work, 'truth.json'), join(folder, 'truth.json'));
    console.log(`${name}: ${Math.round(statSync(join(folder, 'bundle.tar.gz')).size / 1024)} KiB`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
