/** `npm test`: a browser, a build, every test, and at the very end one line with the sums. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './e2e/find-browser.ts';
import { type Report, type Sums, sumUp } from './sum-up.ts';

const resolve = createRequire(import.meta.url).resolve;
const env = { ...process.env, CHROMIUM_PATH: await browserOrExit() };

const build = spawnSync('npm run --silent build', {
  stdio: 'inherit',
  env,
  shell: true,
});
if (build.status !== 0) fail('The build failed, so no test was run.');

const results = mkdtempSync(join(tmpdir(), 'deskside-test-'));
const words = process.argv.slice(2);
const runs =
  words.length > 0
    ? [vitest(words)]
    : // The simulation takes what the others leave of the processors, and journeys mostly wait.
      [vitest(['--project=unit', '--project=e2e']), vitest(['--project=simulation'], 'behind')];
const sums = (await Promise.all(runs)).reduce((all, one) => ({
  passed: all.passed + one.passed,
  failed: all.failed + one.failed,
  skipped: all.skipped + one.skipped,
}));
rmSync(results, { recursive: true, force: true });
if (sums.skipped > 0) console.log(`${sums.skipped} skipped`);
console.log(`${sums.passed} passed, ${sums.failed} failed`);
process.exitCode = sums.failed === 0 ? 0 : 1;

/** Runs it; `behind` the other runs it yields to them, and what it says is shown when it is over. */
async function vitest(words: readonly string[], place?: 'behind'): Promise<Sums> {
  const outputFile = join(results, `report-${place ?? 'first'}.json`);
  const args = [
    join(resolve('vitest/package.json'), '..', 'vitest.mjs'),
    'run',
    '--config=test/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${outputFile}`,
    ...words,
  ];
  const child = spawn(process.execPath, args, {
    stdio: ['inherit', ...(place === 'behind' ? (['pipe', 'pipe'] as const) : [1, 2])],
    env,
  });
  if (place === 'behind' && child.pid !== undefined)
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => said.push(data));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  process.stdout.write(Buffer.concat(said));
  return sumUp(readReport(outputFile), exitCode);
}

function readReport(file: string): Report | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
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
