// Bundles the page: dist/page/index.html and beside it assets/ with a hash in every name. What comes out needs no inline
// script or style and loads nothing from elsewhere, so that it runs under the strict policy both hosts send
// (shared/serve/page-policy.ts). Paths are relative: the loopback host serves it at `/`, the desktop host from its own
// protocol.
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { repositoryRoot } from './freshness.mjs';
import { refuseNodeModules } from './refuse-node-modules.mjs';
import { buildFolder } from './replace-folder.mjs';

/** What Electron 45 and the Chromium of Debian 12 run; both are newer. */
const target = 'chrome130';

/**
 * @param {string} folder where the page goes
 * @returns {import('vite').InlineConfig}
 */
function pageConfiguration(folder) {
  return {
    configFile: false,
    root: join(repositoryRoot, 'renderer', 'app'),
    base: './',
    publicDir: false,
    envDir: false,
    logLevel: 'warn',
    plugins: [refuseNodeModules(), react()],
    worker: { format: 'es', plugins: () => [refuseNodeModules()] },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target,
      // Data addresses would need a wider policy for scripts, styles and type.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: true,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2_000,
    },
  };
}

/** Builds dist/page; rejects with the bundler's message when a source does not bundle or reaches for Node. */
export function buildPage() {
  return buildFolder('page', async (folder) => {
    // React picks its slow development half by this variable, and vitest sets it to `test` for all it starts.
    const { NODE_ENV } = process.env;
    process.env['NODE_ENV'] = 'production';
    try {
      await build(pageConfiguration(folder));
    } finally {
      if (NODE_ENV === undefined) delete process.env['NODE_ENV'];
      else process.env['NODE_ENV'] = NODE_ENV;
    }
  });
}
