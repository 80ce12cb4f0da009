/** `npm test`: a browser, a build, every test, and at the very end one line with the sums. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './e2e/find-browser.ts';
import { type Report, sumUp } from './sum-up.ts';

const resolve = createRequire(import.meta.url).resolve;
const env = { ...process.env, CHROMIUM_PATH: await browserOrExit() };

const build = spawnSync('npm run --silent build', {
  stdio: 'inherit',
  env,
  shell: true,
});
if (build.status !== 0) fail('The build failed, so no test was run.');

const results = mkdtempSync(join(tmpdir(), 'deskside-test-'));
const outputFile = join(results, 'report.json');
const vitest = spawnSync(
  process.execPath,
  [
    join(resolve('vitest/package.json'), '..', 'vitest.mjs'),
    'run',
    '--config=test/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${outputFile}`,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', env },
);
const sums = sumUp(readReport(), vitest.status);
rmSync(results, { recursive: true, force: true });
if (sums.skipped > 0) console.log(`${sums.skipped} skipped`);
console.log(`${sums.passed} passed, ${sums.failed} failed`);
process.exitCode = sums.failed === 0 ? 0 : 1;

function readReport(): Report | null {
  try {
    return JSON.parse(readFileSync(outputFile, 'utf8')) as Report;
  } catch {
    return null;
  }
}

async function browserOrExit(): Promise<string> {
  try {
    return await findBrowser();
  } catch (error) {
    fail((error as Error).message);
  }
}

function fail(line: string): never {
  console.error(line);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
