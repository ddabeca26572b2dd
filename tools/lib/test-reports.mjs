/**
 * The part of vitest's JSON report that is counted.
 *
 * @typedef {object} TestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} [numTodoTests]
 * @property {readonly { status: string; assertionResults: readonly { status: string }[] }[]} testResults
 */

/**
 * Adds up reports. A file that failed before its first test (an import that throws) counts as one failure: it is in no
 * test's figure.
 *
 * @param {readonly TestReport[]} reports
 */
export function sumReports(reports) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const report of reports) {
    sum.passed += report.numPassedTests;
    sum.failed += report.numFailedTests + report.testResults.filter(failedWithoutTest).length;
    sum.skipped += report.numPendingTests + (report.numTodoTests ?? 0);
  }
  return sum;
}

/** @param {TestReport['testResults'][number]} file */
function failedWithoutTest({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed');
}
