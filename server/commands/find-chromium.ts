import { accessSync, constants } from 'node:fs';
import { chromium } from 'playwright-core';

/** Google Chrome is not among them: since version 137 it doesn't take --load-extension. */
const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Chromium\\Application\\chrome.exe',
  '/usr/bin/google-chrome-for-testing',
];

/** The program of a Chromium that can load an extension, or null. CHROMIUM_PATH goes first. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  const named = env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') return isProgram(named) ? named : null;
  return [chromium.executablePath(), ...systemPaths].find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
