// `npm run package [-- --dir] [--electron-dist FOLDER]`: an installable Faultline for this platform in out/package.
// Electron and the tools that make installers are fetched by electron-builder; with --dir and a folder that holds
// Electron nothing is.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../launch/ensure-built.mjs';
import { repositoryRoot } from '../bundle/freshness.mjs';
import { packageConfiguration } from './package-configuration.mjs';

/**
 * Packages what `dist` holds; answers the files it made. Rejects with electron-builder's message.
 * @param {{ isFolderOnly: boolean, output?: string, electronDist?: string | undefined }} options
 */
export async function packageDesktop({ isFolderOnly, ...places }) {
  await ensureBuilt('desktop');
  await ensureBuilt('page');
  const { build, Platform } = await import('electron-builder');
  const targets = isFolderOnly ? { targets: Platform.current().createTarget('dir') } : {};
  return build({ projectDir: repositoryRoot, config: packageConfiguration(places), publish: 'never', ...targets });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { dir: { type: 'boolean' }, 'electron-dist': { type: 'string' } } });
  try {
    const made = await packageDesktop({ isFolderOnly: values.dir === true, electronDist: values['electron-dist'] });
    for (const file of made) console.log(file);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    console.error('Electron is fetched on first use; where it cannot be, name its folder: --electron-dist FOLDER.');
    process.exitCode = 1;
  }
}
