// The Electron runtime of this clone: one that was named, the one its package fetched earlier, or one it fetches now.
// `npm ci` does not bring it, and many machines cannot get it; what then is the browser host's business.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../bundle/freshness.mjs';

/** About 120 MB come in this time on a line that is worth waiting for. */
const FETCH_TIMEOUT_MS = 120_000;
/**
 * A window that is gone this soon never was one: a library is missing, the sandbox cannot start, or a window that was
 * open already took the work over.
 */
const SHORT_START_MS = 3_000;

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */
/** @typedef {{ executable: string } | { reason: string }} RuntimeAnswer */

/**
 * The runtime's executable, or why there is none, as part of a sentence.
 * @param {Environment} env
 * @param {{ root?: string, platform?: NodeJS.Platform, isFetched?: boolean }} options `isFetched`: ask the package to
 *   fetch one when there is none (default true)
 * @returns {RuntimeAnswer}
 */
export function findDesktopRuntime(env, options = {}) {
  const { root = repositoryRoot, platform = process.platform, isFetched = true } = options;
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return { reason: 'there is no screen here' };
  const named = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (named) {
    const executable = join(named, executableName(root, platform));
    return existsSync(executable) ? { executable } : { reason: `ELECTRON_OVERRIDE_DIST_PATH holds no ${executable}` };
  }
  const folder = join(root, 'node_modules', 'electron');
  if (!existsSync(folder)) return { reason: 'the package `electron` is not installed' };
  const executable = join(folder, 'dist', executableName(root, platform));
  if (existsSync(executable)) return { executable };
  if (isFetched && fetchRuntime(folder) && existsSync(executable)) return { executable };
  return { reason: 'no Electron runtime is here or can be fetched' };
}

/** As the package says once it has fetched one; before, as it always was. */
function executableName(/** @type {string} */ root, /** @type {NodeJS.Platform} */ platform) {
  const written = join(root, 'node_modules', 'electron', 'path.txt');
  if (existsSync(written)) return readFileSync(written, 'utf8').trim();
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** The package's own way to fetch what it is a package of. */
function fetchRuntime(/** @type {string} */ folder) {
  const script = join(folder, 'install.js');
  if (!existsSync(script)) return false;
  const { status } = spawnSync(process.execPath, [script], { stdio: 'ignore', timeout: FETCH_TIMEOUT_MS });
  return status === 0;
}

/**
 * Opens the desktop window and waits until it is closed. `couldStart` is false when it cannot be opened here and the
 * caller should offer something else; `isHandedOver` when a program that was running already shows what was asked.
 * @param {string} executable
 * @param {string} entry dist/desktop/main.js
 * @param {readonly string[]} args
 * @returns {Promise<{ couldStart: boolean, isHandedOver: boolean, code: number }>}
 */
export function runDesktop(executable, entry, args) {
  const started = performance.now();
  const child = spawn(executable, [entry, ...args], { stdio: 'inherit' });
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const passOn = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
  for (const signal of signals) process.on(signal, passOn);
  return new Promise((resolve) => {
    child.on('error', () => resolve({ couldStart: false, isHandedOver: false, code: 1 }));
    child.on('exit', (code) => {
      for (const signal of signals) process.off(signal, passOn);
      const isShort = performance.now() - started < SHORT_START_MS;
      resolve({ couldStart: code === 0 || !isShort, isHandedOver: code === 0 && isShort, code: code ?? 0 });
    });
  });
}
