// Shows one of the demo incidents in build/demo. Each is a folder with `bundle` (a folder or an archive, what a responder
// would be handed) and, beside it and never read here, `truth.json`. The incident is investigated first; then it opens
// in the desktop window, or in the browser where there is none.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../bundle/freshness.mjs';
import { findDesktopRuntime, runDesktop } from './desktop-runtime.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { runCommandLine } from './run-command-line.mjs';

const demoFolder = join(repositoryRoot, 'build', 'demo');
const NO_OPEN = '--no-open';
const EXIT = '--exit';

/** Names of the included demos, sorted. */
function demoNames() {
  if (!existsSync(demoFolder)) return [];
  return readdirSync(demoFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && bundleOf(entry.name) !== undefined)
    .map((entry) => entry.name)
    .sort();
}

/** Path of the demo's bundle, whatever kind of archive it is. */
function bundleOf(/** @type {string} */ name) {
  const file = readdirSync(join(demoFolder, name)).find((entry) => /^bundle(\.|$)/.test(entry));
  return file === undefined ? undefined : join(demoFolder, name, file);
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit code
 */
export async function runDemo(args) {
  const unknown = args.filter((argument) => argument.startsWith('-') && ![NO_OPEN, EXIT].includes(argument));
  const names = demoNames();
  const [name = names[0]] = args.filter((argument) => !argument.startsWith('-'));
  if (unknown.length > 0 || name === undefined || !names.includes(name)) {
    const wrong = unknown.length > 0 ? `${unknown.join(', ')} is not known. ` : `There is no demo ${name ?? ''}. `;
    process.stderr.write(`${wrong}Usage: npm start -- [NAME] [${NO_OPEN}] [${EXIT}]; demos: ${names.join(', ')}\n`);
    return 2;
  }
  // A case of its own each time: two demos at once do not meet, and none is left behind.
  const folder = mkdtempSync(join(tmpdir(), 'faultline-demo-'));
  let isInUse = false;
  try {
    const caseFile = join(folder, `${name}.faultline`);
    const code = await investigate(name, names, caseFile);
    if (code !== 0 || args.includes(EXIT)) return code;
    const shown = await show(caseFile, !args.includes(NO_OPEN));
    isInUse = shown.isHandedOver;
    return shown.code;
  } finally {
    // A window that was open already may only now be reading it.
    if (!isInUse) rmSync(folder, { recursive: true, force: true });
  }
}

/** Prints the answer and writes the report, whatever opens afterwards. */
async function investigate(
  /** @type {string} */ name,
  /** @type {readonly string[]} */ names,
  /** @type {string} */ caseFile,
) {
  const out = join(repositoryRoot, 'out');
  mkdirSync(out, { recursive: true });
  const report = join(out, `faultline-${name}.html`);
  process.stderr.write(`Demo incident "${name}" (others: ${names.filter((other) => other !== name).join(', ')})\n\n`);
  const code = await runCommandLine(['investigate', bundleOf(name) ?? '', '--case', caseFile, '--report', report]);
  if (code === 0) process.stderr.write(`\nReport: ${report}\n`);
  return code;
}

/** Opens the case in the desktop window where that can be, else in the browser; until it is closed. */
async function show(/** @type {string} */ caseFile, /** @type {boolean} */ isOpened) {
  const serve = ['serve', '--case', caseFile];
  if (!isOpened) return { code: await runCommandLine([...serve, NO_OPEN]), isHandedOver: false };
  const runtime = findDesktopRuntime(process.env);
  if ('executable' in runtime) {
    await ensureBuilt('page');
    const ended = await runDesktop(runtime.executable, await ensureBuilt('desktop'), [caseFile]);
    if (ended.couldStart) return ended;
  }
  const reason = 'reason' in runtime ? runtime.reason : 'the Electron runtime could not start here';
  process.stderr.write(`No desktop window: ${reason}. The browser shows the same page.\n`);
  return { code: await runCommandLine(serve), isHandedOver: false };
}
