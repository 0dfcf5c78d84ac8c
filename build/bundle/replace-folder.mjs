// Builds into a folder of its own and then renames it into place, so that two builds at once (tests, a terminal) never
// show each other half a bundle.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot, sourcesStamp, stampName } from './freshness.mjs';

/**
 * Makes `dist/NAME`: `make` fills the folder it is given; when it fails, what was there stays.
 * @param {import('./freshness.mjs').BundleName} name
 * @param {(folder: string) => Promise<void>} make
 */
export async function buildFolder(name, make) {
  // Taken before the sources are read: a change during the build leaves a bundle that counts as stale.
  const stamp = sourcesStamp(name);
  const dist = join(repositoryRoot, 'dist');
  mkdirSync(dist, { recursive: true });
  const work = mkdtempSync(join(dist, `.${name}-`));
  try {
    await make(work);
    writeFileSync(join(work, stampName), stamp);
    replaceFolder(work, join(dist, name));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Puts `from` in the place of `to`. Another build may do the same at this moment: whichever comes later wins, and both
 * hold a whole bundle.
 * @param {string} from
 * @param {string} to
 */
function replaceFolder(from, to) {
  for (let attempt = 0; ; attempt++) {
    const old = `${from}.old`;
    try {
      if (existsSync(to)) renameSync(to, old);
      renameSync(from, to);
      rmSync(old, { recursive: true, force: true });
      return;
    } catch (error) {
      rmSync(old, { recursive: true, force: true });
      if (attempt === 5) throw error;
    }
  }
}
