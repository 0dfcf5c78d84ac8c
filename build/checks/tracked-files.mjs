// The files of this repository as git sees them: tracked, or new and not ignored, and on disk.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Paths with `/`, sorted, relative to `root`.
 * @param {string} root
 * @returns {string[]}
 */
export function trackedFiles(root) {
  const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return [...new Set(output.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path))).sort();
}

export const SOURCE_FOLDERS = ['shared', 'renderer', 'electron', 'build', 'test'];
/** Input of tests and demos: never source, whatever it is called. */
const INPUT = /^(test\/golden\/[^/]+\/|test\/fixtures\/|build\/demo\/[^/]+\/)/;

/**
 * The source files of the five source folders.
 * @param {string} root
 */
export function sourceFiles(root) {
  return trackedFiles(root).filter(
    (path) =>
      SOURCE_FOLDERS.some((folder) => path.startsWith(`${folder}/`)) &&
      /\.(ts|tsx|mjs)$/.test(path) &&
      !INPUT.test(path),
  );
}
