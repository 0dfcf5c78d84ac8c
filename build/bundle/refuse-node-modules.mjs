// The third net under the page (house plan, section 4): a bundler plug-in that fails the build when anything the page
// reaches, directly or through a package, asks for one of Node's own modules. Without it the bundler would put an empty
// object in their place and the page would break in the hands of a user.
import { isBuiltin } from 'node:module';
import { relative } from 'node:path';
import { repositoryRoot } from './freshness.mjs';

/** @returns {import('vite').Plugin} */
export function refuseNodeModules() {
  return {
    name: 'faultline-refuse-node-modules',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!isBuiltin(source)) return null;
      // A package may carry the name of one of Node's modules (`events`, `punycode`); that one is no concern of ours.
      if (!source.startsWith('node:') && (await isPackage(this, source, importer))) return null;
      const from = importer === undefined ? 'the page' : relative(repositoryRoot, importer);
      return this.error(
        `${from} pulls Node's module ${JSON.stringify(source)} into the page. The page runs in a browser: ask the engine through the contract, or move what needs Node to shared/engine.`,
      );
    },
  };
}

/**
 * @param {{ resolve: (source: string, importer?: string, options?: { skipSelf?: boolean }) => Promise<{ id: string } | null> }} context
 * @param {string} source
 * @param {string | undefined} importer
 */
async function isPackage(context, source, importer) {
  const resolved = await context.resolve(source, importer, { skipSelf: true });
  return resolved !== null && resolved.id.includes('/node_modules/');
}
