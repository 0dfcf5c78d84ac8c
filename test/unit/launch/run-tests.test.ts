import { describe, expect, it } from 'vitest';
import { closingLine, playwrightCounts, vitestCounts } from '../../../build/launch/run-tests.mjs';

const empty = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
const noSpecs = { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };

describe('vitestCounts', () => {
  it('counts what vitest counted, skipped and planned tests together', () => {
    const report = { ...empty, numPassedTests: 12, numFailedTests: 3, numPendingTests: 2, numTodoTests: 1 };
    expect(vitestCounts(report, 1)).toEqual({ passed: 12, failed: 3, skipped: 3 });
  });

  it('counts a file that did not load as a failure', () => {
    const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }];
    expect(vitestCounts({ ...empty, numPassedTests: 5, testResults }, 1)).toMatchObject({ passed: 5, failed: 1 });
  });

  it('fails when the runner ended badly without a failed test, found no test or left no report', () => {
    expect(vitestCounts({ ...empty, numPassedTests: 5 }, 1)).toMatchObject({ passed: 5, failed: 1 });
    expect(vitestCounts(empty, 0).failed).toBe(1);
    expect(vitestCounts(undefined, 0).failed).toBe(1);
  });
});

describe('playwrightCounts', () => {
  it('counts a spec that needed a second try as failed', () => {
    const stats = { expected: 7, unexpected: 1, flaky: 2, skipped: 4 };
    expect(playwrightCounts({ stats, errors: [] }, 1)).toEqual({ passed: 7, failed: 3, skipped: 4 });
  });

  it('fails when the runner ended badly without a failed spec, found no spec or left no report', () => {
    expect(playwrightCounts({ ...noSpecs, stats: { ...noSpecs.stats, expected: 5 } }, 1).failed).toBe(1);
    expect(playwrightCounts(noSpecs, 0).failed).toBe(1);
    expect(playwrightCounts(undefined, 0).failed).toBe(1);
  });
});

describe('closingLine', () => {
  it('adds the runners up, and names skipped tests only when there are any', () => {
    const units = { passed: 100, failed: 0, skipped: 0 };
    expect(closingLine([units, { passed: 8, failed: 0, skipped: 0 }])).toEqual({
      text: '108 passed, 0 failed',
      passed: true,
    });
    expect(closingLine([units, { passed: 8, failed: 0, skipped: 2 }]).text).toBe('108 passed, 0 failed, 2 skipped');
  });

  it('fails when one runner failed', () => {
    const failed = { passed: 0, failed: 1, skipped: 0 };
    expect(closingLine([{ passed: 100, failed: 0, skipped: 0 }, failed])).toEqual({
      text: '100 passed, 1 failed',
      passed: false,
    });
  });
});
