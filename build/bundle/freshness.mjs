// Decides whether the bundle in `dist` still matches the sources: a clone builds itself on first use and after each
// change, an installed package (no `shared/`) never does.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url));
/** Written last into a finished bundle. */
export const stampName = 'sources.stamp';

/**
 * What the bundle depends on, as text: number of files, newest modification time and total size. Compared for equality,
 * so that going back to an older commit rebuilds as well.
 */
export function sourcesStamp() {
  const paths = ['package-lock.json'];
  for (const folder of ['shared', 'build/bundle']) {
    for (const name of readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' })) {
      if (/\.(ts|mjs|sql)$/.test(name)) paths.push(join(folder, name));
    }
  }
  let newest = 0;
  let sizeBytes = 0;
  for (const path of paths) {
    const stat = statSync(join(repositoryRoot, path), { throwIfNoEntry: false });
    newest = Math.max(newest, stat?.mtimeMs ?? 0);
    sizeBytes += stat?.size ?? 0;
  }
  return `${paths.length} files, ${sizeBytes} bytes, newest ${newest}`;
}

/** True when sources are here and the bundle was made from others, or not at all. */
export function isBundleStale() {
  if (!existsSync(join(repositoryRoot, 'shared'))) return false;
  const stamp = join(repositoryRoot, 'dist', 'engine', stampName);
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== sourcesStamp();
}
