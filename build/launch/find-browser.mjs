// The Chromium that tests of the page drive: one that was named, the system's, Playwright's; otherwise one is installed.
// `node build/launch/find-browser.mjs` prints which.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repositoryRoot } from '../bundle/freshness.mjs';

/** The first that is set decides, and has to be there: a typing mistake must not end in another browser. */
const VARIABLES = ['FAULTLINE_BROWSER', 'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH'];
const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const FIXED_PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
/** Executables inside a folder of Playwright's cache, by platform. */
const CACHED_PLACES = [
  'chrome-linux64/chrome',
  'chrome-linux/chrome',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-win64/chrome.exe',
  'chrome-win/chrome.exe',
];
const INSTALL_TIMEOUT_MS = 300_000;

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/**
 * Path of a browser that is here already, or undefined. Throws when a variable names one that is not.
 * @param {Environment} env
 */
export function findBrowser(env) {
  return namedBrowser(env) ?? systemBrowser(env) ?? cachedBrowser(env);
}

/**
 * Path of a browser, installed first when there is none; throws a sentence that says what to do.
 * @param {Environment} env
 * @param {(line: string) => void} say
 */
export function ensureBrowser(env, say) {
  const found = findBrowser(env);
  if (found) return found;
  for (const { name, steps } of installers()) {
    say(`No Chromium here; installing one (${name}) …`);
    const failed = steps.find((step) => !run(step));
    const installed = failed ? undefined : findBrowser(env);
    if (installed) return installed;
    say(`  ${(failed ?? steps.at(-1) ?? []).slice(0, 3).join(' ')} did not bring one.`);
  }
  throw new Error(
    'Tests of the page need a Chromium, and none could be found or installed. Install Chromium or Chrome ' +
      '(Debian, Ubuntu: apt-get install chromium), or name one: FAULTLINE_BROWSER=/path/to/chromium npm test.',
  );
}

/** @param {Environment} env */
function namedBrowser(env) {
  const variable = VARIABLES.find((name) => (env[name] ?? '') !== '');
  if (variable === undefined) return undefined;
  const path = env[variable] ?? '';
  if (isExecutable(path)) return path;
  throw new Error(`${variable} names ${path}, and there is no program there. Correct it, or unset it.`);
}

/** @param {Environment} env */
function systemBrowser(env) {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const named = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...named, ...FIXED_PLACES].find(isExecutable);
}

/** The newest of Playwright's cache, whichever version of Playwright put it there. @param {Environment} env */
function cachedBrowser(env) {
  const cache = env['PLAYWRIGHT_BROWSERS_PATH'] || defaultCache(env);
  if (!existsSync(cache)) return undefined;
  const builds = readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.split('-')[1]) - Number(a.split('-')[1]));
  return builds.flatMap((build) => CACHED_PLACES.map((place) => join(cache, build, place))).find(isExecutable);
}

/** @param {Environment} env */
function defaultCache(env) {
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? homedir(), 'ms-playwright');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'ms-playwright');
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'ms-playwright');
}

/** Ways to install one here, the one that changes least first. @returns {{ name: string, steps: string[][] }[]} */
function installers() {
  const playwright = join(repositoryRoot, 'node_modules', 'playwright-core', 'cli.js');
  const ways = [{ name: "Playwright's download", steps: [[process.execPath, playwright, 'install', 'chromium']] }];
  const isRoot = process.getuid?.() === 0;
  if (isRoot && isExecutable('/usr/bin/apt-get')) {
    const install = ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'];
    ways.push({ name: "Debian's package", steps: [['apt-get', 'update'], install] });
  }
  return ways;
}

/** @param {readonly string[]} command */
function run([program = '', ...args]) {
  const { status } = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: INSTALL_TIMEOUT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
  });
  return status === 0;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(ensureBrowser(process.env, (line) => console.error(line)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
