import { type BrowserContext, chromium } from 'playwright-core';
import { findBrowser } from './find-browser.ts';

const quiet = [
  '--no-sandbox',
  '--headless=new',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Playwright's own idea of headless, silence and extensions isn't ours. */
const ignoreDefaultArgs = ['--disable-extensions', '--headless', '--mute-audio'];

/** A Chromium on a profile that stays after it, with `args` added to ours. */
export async function launchOn(profile: string, args: readonly string[]): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: await findBrowser(),
    viewport: null,
    args: [...quiet, ...args],
    ignoreDefaultArgs,
  });
}

/** What a Chromium is started with when nobody may be attached to it. */
export function unattendedArgs(profile: string, extension: string): readonly string[] {
  return [...quiet, `--user-data-dir=${profile}`, ...loading(extension)];
}

/** The switches that load an unpacked extension and no other. */
export function loading(folder: string): readonly string[] {
  return [`--load-extension=${folder}`, `--disable-extensions-except=${folder}`];
}

/** A Chromium for customers: no extension, each of them in a context of their own. */
export async function launchForCustomers() {
  return chromium.launch({
    executablePath: await findBrowser(),
    args: quiet,
    ignoreDefaultArgs: ['--headless', '--mute-audio'],
  });
}
