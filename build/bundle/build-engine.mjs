// Bundles the engine and its command line for Node: dist/engine/faultline.js; beside it worker.js, which the engine starts
// as threads, and engine.js, the engine alone, which the benches measure.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot } from './freshness.mjs';
import { buildFolder } from './replace-folder.mjs';

/** Stays a package: its native binding has to be found beside it. */
const external = ['better-sqlite3'];

/** CommonJS packages inside an ECMAScript bundle still call `require` for Node's own modules. */
const requireShim =
  "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);";

/** Builds dist/engine; rejects with esbuild's messages when a source does not bundle. */
export function buildEngine() {
  return buildFolder('engine', async (folder) => {
    await build({
      absWorkingDir: repositoryRoot,
      entryPoints: {
        faultline: 'shared/cli/cli.ts',
        engine: 'shared/engine/engine.ts',
        worker: 'shared/engine/workers/worker.ts',
      },
      outdir: folder,
      bundle: true,
      // Worker roles load their own part only; what several need becomes a chunk of its own.
      splitting: true,
      chunkNames: 'chunk-[hash]',
      platform: 'node',
      target: 'node22.15',
      format: 'esm',
      sourcemap: 'linked',
      legalComments: 'none',
      banner: { js: requireShim },
      external,
      logLevel: 'warning',
    });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  });
}
