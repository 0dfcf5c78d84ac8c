// What is put into an installed Faultline and how it is locked down, for electron-builder. A function of where Electron
// is found, so that tests can package around a folder that stands in for it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../bundle/freshness.mjs';

/** The only package that is not bundled: its native binding is loaded from a real file. */
const NATIVE = 'node_modules/better-sqlite3';

/** @param {string} name a package of this clone */
function installedVersion(name) {
  const text = readFileSync(join(repositoryRoot, 'node_modules', name, 'package.json'), 'utf8');
  return /** @type {{ version: string }} */ (JSON.parse(text)).version;
}

/**
 * Fuses are bits in Electron's own executable. These leave an attacker who can start the program, set its environment or
 * write beside it nothing to run: no Node in disguise, no debugger, no code outside the archive that was signed.
 */
export const fuses = /** @type {const} */ ({
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
});

/**
 * @param {{ output?: string, electronDist?: string | undefined }} options `electronDist`: a folder with Electron's files;
 *   without it electron-builder fetches them
 * @returns {import('electron-builder').Configuration}
 */
export function packageConfiguration({ output = join(repositoryRoot, 'out', 'package'), electronDist } = {}) {
  return {
    appId: 'io.faultline.workstation',
    productName: 'Faultline',
    copyright: 'Apache-2.0',
    electronVersion: installedVersion('electron'),
    ...(electronDist !== undefined && { electronDist }),
    directories: { output, buildResources: join(repositoryRoot, 'build', 'package', 'resources') },
    // The entry of the command line stays that of the repository's package.json.
    extraMetadata: { main: 'dist/desktop/main.js' },
    removePackageScripts: true,
    files: [
      'package.json',
      'LICENSE',
      'dist/{desktop,page}/**',
      // What the page offers to a person without a case; not the truth beside it.
      'build/demo/*/bundle.*',
      '!dist/**/*.{map,stamp}',
      '!node_modules/**',
      `${NATIVE}/package.json`,
      `${NATIVE}/lib/**`,
      `${NATIVE}/prebuilds/\${platform}-\${arch}.node`,
    ],
    asar: true,
    asarUnpack: [`${NATIVE}/prebuilds/*.node`, 'build/demo/**'],
    // The binding is a prebuild that Node and Electron share: there is nothing to compile.
    npmRebuild: false,
    nodeGypRebuild: false,
    electronFuses: fuses,
    fileAssociations: [
      {
        ext: 'faultline',
        name: 'Faultline case',
        description: 'An incident, as Faultline keeps it',
        mimeType: 'application/vnd.faultline.case',
        role: 'Editor',
      },
    ],
    protocols: [{ name: 'Faultline link', schemes: ['faultline'] }],
    // Nothing is published by building, and no update is fetched by the program.
    publish: null,
    linux: { target: ['AppImage', 'deb'], category: 'Development', executableName: 'faultline' },
    mac: { target: ['dmg', 'zip'], category: 'public.app-category.developer-tools', hardenedRuntime: true },
    win: { target: ['nsis'] },
  };
}
