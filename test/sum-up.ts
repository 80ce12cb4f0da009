/** The part of vitest's JSON report that is counted. */
export type Report = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

export type Sums = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
};

/**
 * What a run came to. A file that couldn't even be loaded, a run without a report or without a
 * single test, and an error outside of every test each count as a failure: silence is no success.
 */
export function sumUp(report: Report | null, exitCode: number | null): Sums {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const broken = report.testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + broken;
  const unexplained = failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : 0;
  const skipped = report.numPendingTests + report.numTodoTests;
  return { passed, failed: failed + unexplained, skipped };
}
