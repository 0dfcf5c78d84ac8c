import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from '../../../build/launch/find-browser.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'faultline-find-browser-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function plant(path: string, mode = 0o755): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, '#!/bin/sh\n');
  chmodSync(full, mode);
  return full;
}
/** A machine of which only `root` is known. */
function machine(variables: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: join(root, 'bin'), PLAYWRIGHT_BROWSERS_PATH: join(root, 'cache'), ...variables };
}

describe('findBrowser', () => {
  it('takes the named one before the system and the cache', () => {
    plant('bin/chromium');
    plant('cache/chromium-1300/chrome-linux/chrome');
    const named = plant('elsewhere/my-chrome');
    expect(findBrowser(machine({ FAULTLINE_BROWSER: named }))).toBe(named);
    expect(findBrowser(machine({ PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH: named }))).toBe(named);
  });

  it('says so when the named one is not there or is no program, instead of taking another', () => {
    plant('bin/chromium');
    const missing = join(root, 'no-such-chrome');
    expect(() => findBrowser(machine({ FAULTLINE_BROWSER: missing }))).toThrow(
      `FAULTLINE_BROWSER names ${missing}, and there is no program there.`,
    );
    const text = plant('notes.txt', 0o644);
    expect(() => findBrowser(machine({ FAULTLINE_BROWSER: text }))).toThrow(text);
    expect(() => findBrowser(machine({ FAULTLINE_BROWSER: root }))).toThrow(root);
  });

  it('takes the system’s before the cache, Chromium before Chrome', () => {
    plant('cache/chromium-1300/chrome-linux/chrome');
    const chrome = plant('bin/google-chrome');
    expect(findBrowser(machine())).toBe(chrome);
    const chromium = plant('bin/chromium');
    expect(findBrowser(machine())).toBe(chromium);
  });

  it('takes the newest build of the cache, by number', () => {
    plant('cache/chromium-999/chrome-linux/chrome');
    const newest = plant('cache/chromium-1255/chrome-linux64/chrome');
    plant('cache/firefox-2000/chrome-linux/chrome');
    plant('cache/chromium-1300/INSTALLATION_INCOMPLETE');
    expect(findBrowser(machine())).toBe(newest);
  });

  // Elsewhere the fixed places of other systems count as well.
  it.runIf(process.platform === 'linux')('finds none on an empty machine', () => {
    expect(findBrowser(machine())).toBeUndefined();
  });
});
