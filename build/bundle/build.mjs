// Bundles the engine and its command line for Node: dist/engine/faultline.js and, beside it, worker.js, which the
// engine starts as threads. Written to a folder of its own first and then renamed, so that two builds at once (tests,
// a terminal) never show each other half a bundle.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { repositoryRoot, sourcesStamp, stampName } from './freshness.mjs';

/** Stays a package: its native binding has to be found beside it. */
const external = ['better-sqlite3'];

/** CommonJS packages inside an ECMAScript bundle still call `require` for Node's own modules. */
const requireShim =
  "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);";

/** Builds dist/engine; rejects with esbuild's messages when a source does not bundle. */
export async function buildEngine() {
  const stamp = sourcesStamp();
  const dist = join(repositoryRoot, 'dist');
  mkdirSync(dist, { recursive: true });
  const work = mkdtempSync(join(dist, '.engine-'));
  try {
    await build({
      absWorkingDir: repositoryRoot,
      entryPoints: { faultline: 'shared/cli/cli.ts', worker: 'shared/engine/workers/worker.ts' },
      outdir: work,
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
    writeFileSync(join(work, 'package.json'), '{ "type": "module" }\n');
    writeFileSync(join(work, stampName), stamp);
    replaceFolder(work, join(dist, 'engine'));
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildEngine();
  console.log('dist/engine: faultline.js, worker.js');
}
