import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDesktopRuntime, runDesktop } from '../../../build/launch/desktop-runtime.mjs';

let root: string;
const screen = { DISPLAY: ':0' };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'faultline-runtime-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function plant(path: string, text = ''): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  chmodSync(full, 0o755);
  return full;
}
const linux = (): { root: string; platform: NodeJS.Platform } => ({ root, platform: 'linux' });

describe('findDesktopRuntime', () => {
  it('does not look for one where no window could be seen', () => {
    plant('node_modules/electron/dist/electron');
    expect(findDesktopRuntime({}, linux())).toEqual({ reason: 'there is no screen here' });
    expect(findDesktopRuntime({ WAYLAND_DISPLAY: 'wayland-0' }, linux())).toHaveProperty('executable');
    expect(findDesktopRuntime({}, { root, platform: 'darwin' })).toEqual({
      reason: 'no Electron runtime is here or can be fetched',
    });
  });

  it('takes the named one, and says so when it is not there', () => {
    plant('node_modules/electron/dist/electron');
    const named = plant('elsewhere/electron');
    const env = { ...screen, ELECTRON_OVERRIDE_DIST_PATH: dirname(named) };
    expect(findDesktopRuntime(env, linux())).toEqual({ executable: named });
    rmSync(named);
    expect(findDesktopRuntime(env, linux())).toEqual({ reason: expect.stringContaining(named) });
  });

  it('takes what the package fetched before, without fetching again', () => {
    const executable = plant('node_modules/electron/dist/electron');
    plant('node_modules/electron/install.js', 'throw new Error("must not run")');
    expect(findDesktopRuntime(screen, linux())).toEqual({ executable });
  });

  it('lets the package fetch one, once', () => {
    const install = [
      "const { mkdirSync, writeFileSync } = require('fs');",
      "mkdirSync(__dirname + '/dist');",
      "writeFileSync(__dirname + '/dist/electron', '');",
      "writeFileSync(__dirname + '/path.txt', 'electron\\n');",
    ];
    plant('node_modules/electron/install.js', install.join('\n'));
    expect(findDesktopRuntime(screen, linux())).toEqual({
      executable: join(root, 'node_modules/electron/dist/electron'),
    });
  });

  it('says why there is none when nothing can be fetched', () => {
    expect(findDesktopRuntime(screen, linux())).toEqual({ reason: 'the package `electron` is not installed' });
    plant('node_modules/electron/install.js', 'process.exit(1)');
    expect(findDesktopRuntime(screen, linux())).toEqual({ reason: 'no Electron runtime is here or can be fetched' });
  });
});

describe('runDesktop', () => {
  it('tells a runtime that cannot start from one that handed its work over', async () => {
    const broken = plant('broken', '#!/bin/sh\nexit 127\n');
    expect(await runDesktop(broken, 'main.js', [])).toMatchObject({ couldStart: false });
    expect(await runDesktop(join(root, 'none'), 'main.js', [])).toMatchObject({ couldStart: false });
    const quick = plant('quick', '#!/bin/sh\ntest "$2" = case.faultline\n');
    expect(await runDesktop(quick, 'main.js', ['case.faultline'])).toEqual({
      couldStart: true,
      isHandedOver: true,
      code: 0,
    });
  });
});
