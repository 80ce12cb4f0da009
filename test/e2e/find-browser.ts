import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findChromium } from '../../server/commands/find-chromium.ts';

/**
 * The path of a Chromium that can load an extension. A missing one is fetched, after saying so:
 * Playwright's own where it can be downloaded, else the system's package when we may install it.
 *
 * @throws an Error of one line that tells how to get one.
 */
export async function findBrowser(say: (line: string) => void = console.error): Promise<string> {
  const found = findChromium();
  if (found !== null) return found;
  const named = process.env.CHROMIUM_PATH;
  if (named) throw new Error(`CHROMIUM_PATH is ${named}, which is not a program that can be run.`);

  say('No Chromium found: fetching one (npx playwright-core install chromium) …');
  run(process.execPath, [playwright, 'install', 'chromium']);
  const fetched = findChromium();
  if (fetched !== null) return fetched;

  if (process.getuid?.() === 0 && run('apt-get', ['--version'], 'ignore')) {
    say('That failed: installing the system package (apt-get install chromium) …');
    if (!run('apt-get', aptInstall)) run('apt-get', ['update']) && run('apt-get', aptInstall);
    const packaged = findChromium();
    if (packaged !== null) return packaged;
  }
  throw new Error(
    'No Chromium to test with: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to its program.',
  );
}

const playwright = join(
  dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'cli.js',
);

const aptInstall = ['install', '-y', '--no-install-recommends', 'chromium'];

function run(program: string, args: readonly string[], output: 'inherit' | 'ignore' = 'inherit') {
  const stdio = output === 'ignore' ? 'ignore' : (['ignore', 2, 2] as const);
  return spawnSync(program, args, { stdio: stdio as never, timeout: minutes(5) }).status === 0;
}

function minutes(count: number): number {
  return count * 60_000;
}
