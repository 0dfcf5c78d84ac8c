// Brings parts of `dist` up to date before they are used. Does nothing in an installed package, which has no sources.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isBundleStale, repositoryRoot } from '../bundle/freshness.mjs';

/** What a part is used by, and how it is made; builders are loaded when they are needed only. */
const PARTS = {
  engine: { entry: 'faultline.js', build: async () => (await import('../bundle/build-engine.mjs')).buildEngine() },
  desktop: { entry: 'main.js', build: async () => (await import('../bundle/build-desktop.mjs')).buildDesktop() },
  page: { entry: 'index.html', build: async () => (await import('../bundle/build-page.mjs')).buildPage() },
};

/** Set for processes of a run that has built everything it needs. */
export const PREBUILT = 'FAULTLINE_PREBUILT';

/**
 * Path of the part's entry, built where the clone's sources are newer.
 * @param {keyof typeof PARTS} name
 */
export async function ensureBuilt(name) {
  const entry = join(repositoryRoot, 'dist', name, PARTS[name].entry);
  // A run of specs builds once, at its beginning: all of it then looks at the same bundle, whatever is edited meanwhile.
  if (process.env[PREBUILT] === '1' && existsSync(entry)) return entry;
  if (isBundleStale(name)) await PARTS[name].build();
  if (!existsSync(entry)) {
    throw new Error(`${entry} is missing and there are no sources to build it from. Install Faultline again.`);
  }
  return entry;
}
