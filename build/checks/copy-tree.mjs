// A copy of the repository's files in a temporary folder, for checks that change something: the deletion test moves the
// desktop host aside, the tests of the checks plant violations. The real tree is never touched.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { trackedFiles } from './tracked-files.mjs';

/**
 * Copies the files that `keep` accepts into a new temporary folder that is a git repository of its own. Packages are
 * linked one by one, so that caches under node_modules stay apart. The caller removes the folder.
 * @param {string} root
 * @param {(path: string) => boolean} keep
 * @returns {string} path of the copy
 */
export function copyTree(root, keep) {
  const copy = mkdtempSync(join(tmpdir(), 'faultline-tree-'));
  for (const path of trackedFiles(root)) {
    if (!keep(path)) continue;
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(root, path), join(copy, path));
  }
  const packages = join(root, 'node_modules');
  mkdirSync(join(copy, 'node_modules'));
  for (const name of readdirSync(packages)) {
    if (name !== '.cache' && name !== '.vite') symlinkSync(join(packages, name), join(copy, 'node_modules', name));
  }
  execFileSync('git', ['init', '-q'], { cwd: copy });
  return copy;
}
