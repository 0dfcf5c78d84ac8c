import { describe, expect, it } from 'vitest';
import { closingLine } from '../../../build/launch/run-tests.mjs';

const empty = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

describe('closingLine', () => {
  it('counts what vitest counted', () => {
    expect(closingLine({ ...empty, numPassedTests: 12 }, 0)).toEqual({ text: '12 passed, 0 failed', passed: true });
    expect(closingLine({ ...empty, numPassedTests: 12, numFailedTests: 3 }, 1)).toEqual({
      text: '12 passed, 3 failed',
      passed: false,
    });
  });

  it('names skipped and planned tests together, and only when there are any', () => {
    expect(closingLine({ ...empty, numPassedTests: 5, numPendingTests: 2, numTodoTests: 1 }, 0).text).toBe(
      '5 passed, 0 failed, 3 skipped',
    );
  });

  it('counts a file that did not load as a failure', () => {
    const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }];
    expect(closingLine({ ...empty, numPassedTests: 5, testResults }, 1).text).toBe('5 passed, 1 failed');
  });

  it('fails when the runner ended badly without a failed test, found no test or left no report', () => {
    expect(closingLine({ ...empty, numPassedTests: 5 }, 1)).toEqual({ text: '5 passed, 1 failed', passed: false });
    expect(closingLine(empty, 0).passed).toBe(false);
    expect(closingLine(undefined, 0).passed).toBe(false);
  });
});
