// Runs vitest and Playwright and sums up their JSON results in a line of words that any log reader understands.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../bundle/freshness.mjs';
import { ensureBrowser } from './find-browser.mjs';

/**
 * The part of vitest's JSON report that is read here.
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { name: string, status: string, assertionResults: unknown[] }[] }} VitestReport
 *
 * The part of Playwright's.
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] }} PlaywrightReport
 *
 * What one runner found.
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** A runner that ended without a report. */
const CRASHED = { passed: 0, failed: 1, skipped: 0 };
/** Titles of the specs `npm test` runs. */
const QUICK = '@quick';

/**
 * A test file that did not load counts as one failure, and so does a run that ended badly without a failed test (an
 * error outside tests, a crash).
 * @param {VitestReport | undefined} report
 * @param {number} exitCode
 * @returns {Counts}
 */
export function vitestCounts(report, exitCode) {
  if (!report) return CRASHED;
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return withHiddenFailure(counts, exitCode);
}

/**
 * The same for Playwright. A test that passed only when it was tried again has failed.
 * @param {PlaywrightReport | undefined} report
 * @param {number} exitCode
 * @returns {Counts}
 */
export function playwrightCounts(report, exitCode) {
  if (!report) return CRASHED;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return withHiddenFailure({ passed: expected, failed: unexpected + flaky, skipped }, exitCode);
}

/**
 * @param {Counts} counts
 * @param {number} exitCode
 */
function withHiddenFailure(counts, exitCode) {
  const isHidden = counts.failed === 0 && (exitCode !== 0 || counts.passed === 0);
  return isHidden ? { ...counts, failed: 1 } : counts;
}

/**
 * The closing line over all runners, and whether the run counts as passed.
 * @param {readonly Counts[]} all
 */
export function closingLine(all) {
  const sum = (/** @type {keyof Counts} */ key) => all.reduce((total, counts) => total + counts[key], 0);
  const skipped = sum('skipped');
  const text = `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return { text, passed: sum('failed') === 0 };
}

/**
 * `npm test`; resolves to the exit code.
 * @param {readonly string[]} args passed on to vitest; with any, the page's specs are left out
 * @returns {Promise<number>}
 */
export async function runTests(args) {
  const all = [runVitest(args)];
  if (args.length === 0) all.push(runPlaywright(['--grep', QUICK]));
  return close(all);
}

/**
 * `npm run test:e2e`; resolves to the exit code.
 * @param {readonly string[]} args passed on to Playwright
 * @returns {Promise<number>}
 */
export async function runPageTests(args) {
  return close([runPlaywright(args)]);
}

/** @param {readonly Counts[]} all */
function close(all) {
  const { text, passed } = closingLine(all);
  console.log(`\n${text}`);
  return passed ? 0 : 1;
}

/**
 * @param {readonly string[]} args
 * @returns {Counts}
 */
function runVitest(args) {
  return withReport((reportPath) => {
    const command = [
      join(repositoryRoot, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportPath}`,
      ...args,
    ];
    const status = run(command, repositoryRoot, {});
    /** @type {VitestReport | undefined} */
    const report = readReport(reportPath);
    return vitestCounts(report, status);
  });
}

/**
 * A machine without a browser fails the run and says what to do: a page nobody looked at has not passed.
 * @param {readonly string[]} args
 * @returns {Counts}
 */
function runPlaywright(args) {
  let browser;
  try {
    browser = ensureBrowser(process.env, (line) => console.log(line));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return CRASHED;
  }
  console.log(`\nSpecs of the page, in ${browser}`);
  return withReport((reportPath) => {
    const playwright = join(repositoryRoot, 'node_modules/@playwright/test/cli.js');
    const variables = { FAULTLINE_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath };
    const command = [playwright, 'test', '--reporter=list,json', ...args];
    const status = run(command, join(repositoryRoot, 'test/e2e'), variables);
    /** @type {PlaywrightReport | undefined} */
    const report = readReport(reportPath);
    return playwrightCounts(report, status);
  });
}

/**
 * Runs a runner on this Node, its output shown; answers its exit code.
 * @param {readonly string[]} command
 * @param {string} cwd
 * @param {Readonly<Record<string, string>>} variables
 */
function run(command, cwd, variables) {
  const env = { ...process.env, TZ: 'UTC', LC_ALL: 'C', ...variables };
  const { status, error } = spawnSync(process.execPath, command, { cwd, stdio: 'inherit', env });
  if (error) throw error;
  return status ?? 1;
}

/** What a runner wrote, or undefined when it did not get that far. @param {string} path */
function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/**
 * @param {(reportPath: string) => Counts} work
 * @returns {Counts}
 */
function withReport(work) {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-test-'));
  try {
    return work(join(folder, 'report.json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
