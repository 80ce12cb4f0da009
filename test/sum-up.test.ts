import { expect, test } from 'vitest';
import { type Report, sumUp } from './sum-up.ts';

const green: Report = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
};

const unloadable = { status: 'failed', assertionResults: [] };
const failing = { status: 'failed', assertionResults: [{ status: 'failed' }] };

test.each<[string, Report | null, number | null, string]>([
  ['all green', green, 0, '3 passed, 0 failed'],
  [
    'one test failed',
    { ...green, numFailedTests: 1, testResults: [failing] },
    1,
    '3 passed, 1 failed',
  ],
  ['a file could not be loaded', { ...green, testResults: [unloadable] }, 1, '3 passed, 1 failed'],
  ['an error outside of every test', green, 1, '3 passed, 1 failed'],
  ['vitest was killed', green, null, '3 passed, 1 failed'],
  ['no report at all', null, 1, '0 passed, 1 failed'],
  ['not a single test', { ...green, numPassedTests: 0 }, 0, '0 passed, 1 failed'],
])('the sum of a test run: %s', (_, report, exitCode, line) => {
  const { passed, failed } = sumUp(report, exitCode);
  expect(`${passed} passed, ${failed} failed`).toBe(line);
});
