// `npm run test:e2e`: Playwright specs of the workstation, on the loopback host in Chromium.
import { spawnSync } from 'child_process';
import { existsSync, readdirSync } from 'fs';
import { join } from 'path';
import { fileURLToPath } from 'url';
import { runOnCurrentNode } from './node-version.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'test', 'e2e');

runOnCurrentNode(fileURLToPath(import.meta.url), async function () {
  const specs = existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.spec.ts'))
    : [];
  if (specs.length === 0) {
    console.log('test/e2e holds no specs: the workstation, which they would drive, is not part of this version.');
    return 0;
  }
  const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const { status } = spawnSync(process.execPath, [playwright, 'test', ...process.argv.slice(2)], {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' },
  });
  return status ?? 1;
});
