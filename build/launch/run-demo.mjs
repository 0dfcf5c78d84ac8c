// Investigates one of the demo incidents in build/demo. Each is a folder with `bundle` (a folder or an archive, what a
// responder would be handed) and, beside it and never read here, `truth.json`.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../bundle/freshness.mjs';
import { runCommandLine } from './run-command-line.mjs';

const demoFolder = join(repositoryRoot, 'build', 'demo');

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

/** Hands a file to whatever the desktop opens it with; a machine without a desktop is no error. */
function openWithDesktop(/** @type {string} */ path) {
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [path]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '', path]]
        : ['xdg-open', [path]];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => process.stderr.write(`Open ${path} in a browser to see the report.\n`));
  child.unref();
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit code
 */
export async function runDemo(args) {
  const known = ['--no-open', '--exit'];
  const unknown = args.filter((argument) => argument.startsWith('-') && !known.includes(argument));
  const names = demoNames();
  const [name = names[0]] = args.filter((argument) => !argument.startsWith('-'));
  if (unknown.length > 0 || name === undefined || !names.includes(name)) {
    const wrong = unknown.length > 0 ? `${unknown.join(', ')} is not known. ` : `There is no demo ${name ?? ''}. `;
    process.stderr.write(`${wrong}Usage: npm start -- [NAME] [--no-open] [--exit]; demos: ${names.join(', ')}\n`);
    return 2;
  }
  const bundle = bundleOf(name) ?? '';
  const out = join(repositoryRoot, 'out');
  mkdirSync(out, { recursive: true });
  const report = join(out, `faultline-${name}.html`);
  process.stderr.write(`Demo incident "${name}" (others: ${names.filter((other) => other !== name).join(', ')})\n\n`);
  const code = await runCommandLine(['investigate', bundle, '--report', report]);
  if (code === 0) {
    process.stderr.write(`\nReport: ${report}\n`);
    if (!args.includes('--no-open')) openWithDesktop(report);
  }
  return code;
}
