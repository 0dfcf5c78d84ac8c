// Runs vitest once and sums up its JSON result in a line of words that any log reader understands.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../bundle/freshness.mjs';

/**
 * The part of vitest's JSON report that is read here.
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { name: string, status: string, assertionResults: unknown[] }[] }} JsonReport
 */

/**
 * The closing line, and whether the run counts as passed. A test file that did not load counts as one failure, and so
 * does a run that ended badly without a failed test (an error outside tests, a crash).
 * @param {JsonReport | undefined} report
 * @param {number} exitCode of vitest
 */
export function closingLine(report, exitCode) {
  if (!report) return { text: '0 passed, 1 failed', passed: false };
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  let failed = report.numFailedTests + unloaded.length;
  if (failed === 0 && (exitCode !== 0 || report.numPassedTests === 0)) failed = 1;
  const skipped = report.numPendingTests + report.numTodoTests;
  const text = `${report.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return { text, passed: failed === 0 };
}

/**
 * Runs the tests; resolves to the exit code.
 * @param {readonly string[]} args passed on to vitest
 * @returns {Promise<number>}
 */
export async function runTests(args) {
  const work = mkdtempSync(join(tmpdir(), 'faultline-test-'));
  const reportPath = join(work, 'report.json');
  try {
    const { status, error } = spawnSync(
      process.execPath,
      [
        join(repositoryRoot, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${reportPath}`,
        ...args,
      ],
      { cwd: repositoryRoot, stdio: 'inherit', env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' } },
    );
    if (error) throw error;
    /** @type {JsonReport | undefined} */
    const report = existsSync(reportPath) ? JSON.parse(readFileSync(reportPath, 'utf8')) : undefined;
    const { text, passed } = closingLine(report, status ?? 1);
    console.log(`\n${text}`);
    return passed ? 0 : 1;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
