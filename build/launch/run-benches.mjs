// Starts the benches of test/perf on the finished bundle and prints one table of their figures against their targets.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../bundle/freshness.mjs';
import { ensureBuilt } from './ensure-built.mjs';

const SUFFIX = '.bench.ts';
/** Busier than this, other programs took part of the machine. */
const QUIET_LOAD = 0.5;

/**
 * @param {readonly string[]} args names of benches (all when empty); what starts with `-` goes to each bench
 * @returns {Promise<number>} exit code: 0 when every bench kept its targets
 */
export async function runBenches(args) {
  await ensureBuilt('engine');
  const folder = join(repositoryRoot, 'test', 'perf');
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .sort();
  const asked = args.filter((argument) => !argument.startsWith('-'));
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length > 0 || names.length === 0) {
    process.stderr.write(`No bench ${unknown.join(', ')} in test/perf; there are: ${names.join(', ') || 'none'}\n`);
    return 2;
  }
  const options = args.filter((argument) => argument.startsWith('-'));
  const loadBefore = loadavg()[0] ?? 0;
  const results = (asked.length > 0 ? asked : names).map((name) => runBench(folder, name, options));
  printTable(results, loadBefore);
  return results.every(({ status }) => status === 0) ? 0 : 1;
}

/**
 * @typedef {{ what: string, figure: string, target: string, isKept: boolean }} Line
 * @typedef {{ name: string, status: number | null, seconds: number, lines: readonly Line[] }} BenchResult
 */

/**
 * @param {string} folder
 * @param {string} name
 * @param {readonly string[]} options
 * @returns {BenchResult}
 */
function runBench(folder, name, options) {
  console.log(`\n== ${name}`);
  const temporary = mkdtempSync(join(tmpdir(), 'faultline-bench-lines-'));
  const linesPath = join(temporary, 'lines.json');
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [join(folder, name + SUFFIX), ...options, `--lines=${linesPath}`], {
    cwd: repositoryRoot,
    stdio: 'inherit',
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' },
  });
  /** @type {readonly Line[]} */
  const lines = existsSync(linesPath) ? JSON.parse(readFileSync(linesPath, 'utf8')) : [];
  rmSync(temporary, { recursive: true, force: true });
  return { name, status, seconds: (performance.now() - started) / 1000, lines };
}

/**
 * @param {readonly BenchResult[]} results
 * @param {number} loadBefore of the last minute before the first bench
 */
function printTable(results, loadBefore) {
  const [cpu] = cpus();
  console.log(`\n${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, Node ${process.version}`);
  console.log(`load average before the run: ${loadBefore.toFixed(1)}${busyNote(loadBefore)}\n`);
  const width = Math.max(0, ...results.flatMap(({ lines }) => lines.map(({ what }) => what.length)));
  console.log(
    `${'bench'.padEnd(10)}${'figure'.padEnd(width)}  ${'measured'.padStart(10)}  ${'target'.padEnd(10)}verdict`,
  );
  for (const { name, lines, status } of results) {
    for (const { what, figure, target, isKept } of lines) {
      const verdict = target === '' ? '' : isKept ? 'ok' : 'MISSED';
      console.log(`${name.padEnd(10)}${what.padEnd(width)}  ${figure.padStart(10)}  ${target.padEnd(10)}${verdict}`);
    }
    if (lines.length === 0 && status !== 0) console.log(`${name.padEnd(10)}did not finish`);
  }
  const missed = results.filter(({ status }) => status !== 0).map(({ name }) => name);
  const seconds = results.reduce((total, result) => total + result.seconds, 0);
  const verdict = missed.length === 0 ? 'every target kept' : `targets missed in: ${missed.join(', ')}`;
  console.log(`\n${verdict} (${seconds.toFixed(0)} s)`);
}

/** @param {number} load */
function busyNote(load) {
  return load > QUIET_LOAD ? ' — other programs were running: figures are lower than those of a quiet machine' : '';
}
