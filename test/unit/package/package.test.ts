/**
 * Packaging, as far as it goes without Electron's binary: electron-builder runs on a folder that stands in for it, and
 * what it made is taken apart.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageDesktop } from '../../../build/package/package.mjs';
import { packageConfiguration } from '../../../build/package/package-configuration.mjs';

const isHere = process.platform === 'linux' && process.arch === 'x64';
if (!isHere) process.stderr.write('package tests: SKIPPED, they are written for Linux on x64.\n');

let folder: string;
let resources: string;
let archive: string;

/** Electron's fuse wire as @electron/fuses finds it: a marker, version 1, nine fuses, all as Electron ships them. */
const FUSE_MARKER = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
function executableWithFuses(): Buffer {
  return Buffer.concat([Buffer.from(`\x7fELF stand-in ${FUSE_MARKER}`), Buffer.from([1, 9]), Buffer.from('101100110')]);
}

beforeAll(async () => {
  if (!isHere) return;
  folder = await mkdtemp(join(tmpdir(), 'faultline-package-'));
  const electronDist = join(folder, 'electron');
  await mkdir(join(electronDist, 'resources'), { recursive: true });
  await writeFile(join(electronDist, 'electron'), executableWithFuses(), { mode: 0o755 });
  await writeFile(join(electronDist, 'LICENSE'), 'stand-in');
  await writeFile(join(electronDist, 'version'), String(packageConfiguration().electronVersion));
  await packageDesktop({ isFolderOnly: true, output: join(folder, 'out'), electronDist });
  resources = join(folder, 'out', 'linux-unpacked', 'resources');
  archive = join(resources, 'app.asar');
}, 240_000);
afterAll(async () => {
  if (folder) await rm(folder, { recursive: true, force: true });
});

describe.runIf(isHere)('the package', () => {
  it('starts the desktop host, and holds everything it loads', () => {
    const files = listPackage(archive, { isPack: false });
    const json = JSON.parse(extractFile(archive, 'package.json').toString()) as { main: string; type: string };
    expect(json).toMatchObject({ main: 'dist/desktop/main.js', type: 'module' });
    for (const file of ['main.js', 'preload.cjs', 'engine.js', 'reader.js', 'worker.js', 'package.json']) {
      expect(files).toContain(`/dist/desktop/${file}`);
    }
    expect(files).toContain('/dist/page/index.html');
    expect(files).toContain('/node_modules/better-sqlite3/lib/index.js');
  });

  it('holds nothing else: no sources, tests, maps or packages that are bundled already', () => {
    const files = listPackage(archive, { isPack: false }).filter((file) => /\.\w+$/.test(file));
    expect(files.filter((file) => /\.(map|ts|tsx|stamp)$/.test(file))).toEqual([]);
    const roots = new Set(files.map((file) => file.split('/').slice(1, 3).join('/')));
    expect([...roots].sort()).toEqual([
      'build/demo',
      'dist/desktop',
      'dist/page',
      'node_modules/better-sqlite3',
      'package.json',
    ]);
    expect(files.filter((file) => file.startsWith('/build/') && !file.includes('/bundle.'))).toEqual([]);
  });

  it('keeps the native binding of this platform as a real file, and no other', async () => {
    const prebuilds = join(resources, 'app.asar.unpacked', 'node_modules', 'better-sqlite3', 'prebuilds');
    expect(await readdir(prebuilds)).toEqual(['linux-x64.node']);
    expect((await stat(join(prebuilds, 'linux-x64.node'))).size).toBeGreaterThan(1_000_000);
  });

  it('has the fuses set in its executable', async () => {
    const executable = join(folder, 'out', 'linux-unpacked', 'faultline');
    expect(existsSync(executable)).toBe(true);
    const wire = await getCurrentFuseWire(executable);
    expect(wire.version).toBe(FuseVersion.V1);
    const on = [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ];
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    expect(on.map((fuse) => wire[fuse])).toEqual(on.map(() => FuseState.ENABLE));
    expect(off.map((fuse) => wire[fuse])).toEqual(off.map(() => FuseState.DISABLE));
  });

  it('asks for nothing electron-builder does not know', async () => {
    const output = join(folder, 'refused');
    const { build, Platform } = await import('electron-builder');
    const config = { ...packageConfiguration({ output }), noSuchOption: true } as never;
    // The real configuration passed this very check in `beforeAll`; one word more does not.
    await expect(build({ config, targets: Platform.LINUX.createTarget('dir') })).rejects.toThrow(/noSuchOption/);
  });

  it('has an icon large enough for every system', async () => {
    const { directories } = packageConfiguration();
    const icon = await readFile(join(directories?.buildResources ?? '', 'icon.png'));
    // PNG: signature, length and name of the first chunk, then width and height.
    expect(icon.subarray(1, 4).toString()).toBe('PNG');
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([1024, 1024]);
  });

  it('opens case files and links of its own', async () => {
    const { fileAssociations, protocols } = packageConfiguration();
    expect(fileAssociations).toMatchObject([{ ext: 'faultline' }]);
    expect(protocols).toMatchObject([{ schemes: ['faultline'] }]);
    // The same words the program listens to.
    const deepLink = await readFile(new URL('../../../electron/main/deep-link.ts', import.meta.url), 'utf8');
    expect(deepLink).toContain("LINK_SCHEME = 'faultline'");
    expect(deepLink).toContain("CASE_EXTENSION = '.faultline'");
  });
});
