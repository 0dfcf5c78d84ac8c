// Bundles the desktop host: dist/desktop/main.js (main process), preload.cjs (a sandboxed preload is CommonJS), engine.js
// and reader.js (utility processes) and worker.js (threads of the engine). The page is dist/page, as for every host.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot } from './freshness.mjs';
import { buildFolder } from './replace-folder.mjs';

/** CommonJS packages inside an ECMAScript bundle still call `require` for Node's own modules. */
const requireShim =
  "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);";

/** Builds dist/desktop; rejects with esbuild's messages when a source does not bundle. */
export function buildDesktop() {
  return buildFolder('desktop', async (folder) => {
    /** @type {import('esbuild').BuildOptions} */
    const common = {
      absWorkingDir: repositoryRoot,
      outdir: folder,
      bundle: true,
      sourcemap: 'linked',
      legalComments: 'none',
      logLevel: 'warning',
    };
    await build({
      ...common,
      entryPoints: {
        main: 'electron/main/main.ts',
        engine: 'electron/main/engine-process.ts',
        reader: 'electron/main/reader-process.ts',
        worker: 'shared/engine/workers/worker.ts',
      },
      splitting: true,
      chunkNames: 'chunk-[hash]',
      platform: 'node',
      // Electron's own Node (platform.md §1).
      target: 'node24',
      format: 'esm',
      banner: { js: requireShim },
      external: ['electron', 'better-sqlite3'],
    });
    await build({
      ...common,
      entryPoints: { preload: 'electron/preload/preload.ts' },
      outExtension: { '.js': '.cjs' },
      platform: 'browser',
      target: 'chrome130',
      format: 'cjs',
      external: ['electron'],
    });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  });
}
