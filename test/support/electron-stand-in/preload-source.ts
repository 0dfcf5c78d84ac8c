/** The script every new document of a window runs first: the page side of the stand-in around the program's preload. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

let pageWorld: Promise<string> | undefined;

/** Rejects when the preload script is no file. */
export async function preloadSource(preload: string): Promise<string> {
  pageWorld ??= bundlePageWorld();
  const code = readFileSync(preload, 'utf8');
  return `(() => {
    const RUN_PRELOAD = function (require, module) { const exports = module.exports; ${code}\n };
    ${await pageWorld}
  })();`;
}

async function bundlePageWorld(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./page-world.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'chrome130',
  });
  return outputFiles[0]!.text;
}
