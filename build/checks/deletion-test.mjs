// The deletion test: with electron/ moved aside, everything but the desktop host works. In a copy without that folder
// this type-checks the rest, holds the import rules, runs the fast unit tests and asks the command line for its help.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { copyTree } from './copy-tree.mjs';

/** Unit tests that are quick and reach every pure layer; the whole suite is `npm test`. */
const FAST_TESTS = [
  'test/unit/base',
  'test/unit/model',
  'test/unit/semconv',
  'test/unit/contract',
  'test/unit/rpc',
  'test/unit/layout',
];

const root = resolve(process.argv[2] ?? '.');
// Its own unit tests go with it, as a project's tests do.
const copy = copyTree(root, (path) => !/^(electron|test\/unit\/electron)\//.test(path));
try {
  const tests = FAST_TESTS.filter((folder) => existsSync(join(copy, folder)));
  /** @type {[string, string[]][]} */
  const steps = [
    ['types', ['build/checks/typecheck.mjs']],
    ['import rules', ['build/checks/dependency-rules.mjs']],
    ['unit tests', ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', ...tests]],
    ['command line', ['build/launch/faultline.mjs', '--help']],
  ];
  const failed = [];
  for (const [name, command] of steps) {
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, FAULTLINE_SHARED: join(root, '..', 'shared') },
    });
    if (status !== 0) {
      failed.push(name);
      console.error(`${name} fails without electron/:\n${stdout}${stderr}`);
    }
  }
  console.log(`${steps.length - failed.length} of ${steps.length} steps pass without electron/`);
  if (failed.length > 0) process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
