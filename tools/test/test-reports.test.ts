import { describe, expect, it } from 'vitest';
import { sumReports } from '../lib/test-reports.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe('sumReports', () => {
  it('adds up', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [],
    };
    expect(sumReports([report, report])).toEqual({ passed: 6, failed: 2, skipped: 4 });
    expect(sumReports([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });

  it('counts a file that failed before its first test, and not one that failed by its tests', () => {
    const testResults = [file('failed'), file('failed', 'passed', 'failed'), file('passed', 'passed')];
    const report = { numPassedTests: 2, numFailedTests: 1, numPendingTests: 0, testResults };
    expect(sumReports([report])).toEqual({ passed: 2, failed: 2, skipped: 0 });
  });
});
