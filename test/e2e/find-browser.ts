import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

/**
 * The path of a Chromium that can load an extension. A missing one is fetched, after saying so:
 * Playwright's own where it can be downloaded, else the system's package when we may install it.
 *
 * @throws an Error of one line that tells how to get one.
 */
export async function findBrowser(say: (line: string) => void = console.error): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (runs(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, which is not a program that can be run.`);
  }
  const found = installed();
  if (found !== null) return found;

  say('No Chromium found: fetching one (npx playwright-core install chromium) …');
  run(process.execPath, [playwright, 'install', 'chromium']);
  const fetched = installed();
  if (fetched !== null) return fetched;

  if (process.getuid?.() === 0 && run('apt-get', ['--version'], 'ignore')) {
    say('That failed: installing the system package (apt-get install chromium) …');
    if (!run('apt-get', aptInstall)) run('apt-get', ['update']) && run('apt-get', aptInstall);
    const packaged = installed();
    if (packaged !== null) return packaged;
  }
  throw new Error(
    'No Chromium to test with: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to its program.',
  );
}

/** Google Chrome comes last: since version 137 it no longer takes --load-extension. */
const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Chromium\\Application\\chrome.exe',
  '/usr/bin/google-chrome-for-testing',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

const playwright = join(
  dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'cli.js',
);

const aptInstall = ['install', '-y', '--no-install-recommends', 'chromium'];

function installed(): string | null {
  return [chromium.executablePath(), ...systemPaths].find(runs) ?? null;
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function run(program: string, args: readonly string[], output: 'inherit' | 'ignore' = 'inherit') {
  const stdio = output === 'ignore' ? 'ignore' : (['ignore', 2, 2] as const);
  return spawnSync(program, args, { stdio: stdio as never, timeout: minutes(5) }).status === 0;
}

function minutes(count: number): number {
  return count * 60_000;
}
