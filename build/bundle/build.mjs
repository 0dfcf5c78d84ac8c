// `npm run build [-- engine|page|desktop …]`: bundles what `dist` holds, everything or the parts named.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildEngine } from './build-engine.mjs';
import { repositoryRoot } from './freshness.mjs';

/** Loaded when asked for: a bundler takes as long to load as to build. @type {Record<string, { entry: string, build: () => Promise<void> }>} */
const PARTS = {
  engine: { entry: 'shared/cli/cli.ts', build: buildEngine },
  page: { entry: 'renderer/app/index.html', build: async () => (await import('./build-page.mjs')).buildPage() },
  desktop: {
    entry: 'electron/main/main.ts',
    build: async () => (await import('./build-desktop.mjs')).buildDesktop(),
  },
};

/** Builds the parts named, or every part whose sources are here. */
async function buildParts(/** @type {readonly string[]} */ names) {
  const unknown = names.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) {
    console.error(`There is no part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}.`);
    return 2;
  }
  for (const [name, part] of Object.entries(PARTS)) {
    const isAsked = names.length === 0 ? existsSync(join(repositoryRoot, part.entry)) : names.includes(name);
    if (!isAsked) continue;
    const started = performance.now();
    await part.build();
    console.log(`dist/${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await buildParts(process.argv.slice(2));
