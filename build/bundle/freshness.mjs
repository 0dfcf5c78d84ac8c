// Decides whether a bundle in `dist` still matches its sources: a clone builds itself on first use and after each
// change, an installed package (no `shared/`) never does.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url));
/** Written last into a finished bundle. */
export const stampName = 'sources.stamp';

/** The part of `shared` that the page may import (.dependency-cruiser.mjs, `page-is-a-client`). */
const PAGE_LAYERS = ['base', 'semconv', 'model', 'contract', 'rpc', 'layout', 'report'];

/** Folders each bundle is made from; its result is `dist/NAME`. */
const SOURCES = {
  engine: ['shared', 'build/bundle'],
  page: ['renderer', ...PAGE_LAYERS.map((layer) => `shared/${layer}`), 'build/bundle'],
  desktop: ['electron', 'shared', 'build/bundle'],
};
/** @typedef {keyof typeof SOURCES} BundleName */

/** Whatever ends up in a bundle: code, styles, pages, pictures, type. */
const SOURCE_NAME = /\.(ts|tsx|mjs|sql|css|html|svg|png|woff2)$/;

/**
 * What a bundle depends on, as text: number of files, newest modification time and total size. Compared for equality,
 * so that going back to an older commit rebuilds as well.
 * @param {BundleName} name
 */
export function sourcesStamp(name) {
  const paths = ['package-lock.json'];
  for (const folder of SOURCES[name]) {
    if (!existsSync(join(repositoryRoot, folder))) continue;
    for (const file of readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' })) {
      if (SOURCE_NAME.test(file)) paths.push(join(folder, file));
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

/**
 * True when sources are here and the bundle was made from others, or not at all.
 * @param {BundleName} name
 */
export function isBundleStale(name) {
  if (!existsSync(join(repositoryRoot, SOURCES[name][0] ?? ''))) return false;
  const stamp = join(repositoryRoot, 'dist', name, stampName);
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== sourcesStamp(name);
}
